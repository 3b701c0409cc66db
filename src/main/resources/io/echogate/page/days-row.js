// Somebody's days as a row of bars, by height, shape and colour. One stop for the keyboard: its arrows walk from day to day.

import { LitElement, html, nothing, svg } from 'lit';

export const HEIGHT = 28;
const WIDTH = 10;
const WEEK = 7;

class Row extends LitElement {
  static properties = {
    name: { attribute: false },
    /** Columns: what was of each day. */
    track: { attribute: false },
    /** Percent. */
    objective: { attribute: false },
    /** (index) => what that day was, in words. */
    words: { attribute: false },
    /** The day that is looked at, when it is one of this row; null otherwise. */
    seen: { attribute: false },
  };

  createRenderRoot() {
    return this;
  }

  get #last() {
    return this.track.downMillis.length - 1;
  }

  render() {
    const index = this.seen ?? this.#last;
    return html`<div
      class="days-bars"
      role="slider"
      tabindex="0"
      aria-label=${this.name}
      aria-valuemin="0"
      aria-valuemax=${this.#last}
      aria-valuenow=${index}
      aria-valuetext=${this.words(index)}
      @focus=${() => this.#look(index)}
      @pointermove=${this.#point}
      @pointerdown=${this.#point}
      @keydown=${this.#key}
      @click=${() => this.#tell('enter', this.seen ?? index)}
    >
      <svg viewBox=${`0 0 ${(this.#last + 1) * WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        ${this.track.downMillis.map((down, i) => bar(i, kind(this.track, i, this.objective), down))}
        ${this.seen === null ? nothing : svg`<rect class="day-here" x=${index * WIDTH} y="0" width=${WIDTH} height=${HEIGHT} />`}
      </svg>
    </div>`;
  }

  #look(index) {
    if (this.seen !== index) {
      this.#tell('look', Math.min(this.#last, Math.max(0, index)));
    }
  }

  #tell(what, index) {
    this.dispatchEvent(new CustomEvent(what, { detail: index }));
  }

  #point(event) {
    const box = event.currentTarget.getBoundingClientRect();
    this.#look(Math.min(this.#last, Math.floor(((event.clientX - box.left) / box.width) * (this.#last + 1))));
  }

  #key(event) {
    const index = this.seen ?? this.#last;
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -WEEK, PageUp: WEEK, Home: -index, End: this.#last - index };
    if (event.key === 'Enter') {
      this.#tell('enter', index);
    } else if (event.key in steps) {
      event.preventDefault();
      this.#look(index + steps[event.key]);
    }
  }
}

function kind(track, i, objective) {
  if (track.downMillis[i] > 0) {
    return track.availabilityPercent[i] !== null && track.availabilityPercent[i] >= objective ? 'some' : 'down';
  }
  return track.plannedMillis[i] > 0 ? 'planned' : track.availabilityPercent[i] === null ? 'unseen' : 'up';
}

/** The longer it was down, the deeper the notch, by orders of magnitude: seconds are seen, and hours differ from minutes. */
export function bar(i, kind, downMillis) {
  const x = i * WIDTH + 1.2;
  switch (kind) {
    case 'unseen':
      return svg`<rect class="day-unseen" x=${x} y=${HEIGHT - 9} width="7.6" height="7" />`;
    case 'planned':
      return [2, 9, 16, 23].map((y) => svg`<rect class="day-planned" x=${x} y=${y} width="7.6" height="4" />`);
    default: {
      const notch = kind === 'up' ? 0 : 7 + 11 * Math.min(1, Math.log10(1 + downMillis / 60_000) / 3);
      return svg`<rect class=${`day-${kind}`} x=${x} y=${2 + notch} width="7.6" height=${HEIGHT - 4 - notch} />`;
    }
  }
}

customElements.define('eg-days-row', Row);
