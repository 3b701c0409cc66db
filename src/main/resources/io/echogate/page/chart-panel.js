// One chart as a panel: its name, the whole of it in a sentence, the picture, a legend with figures, and the same as a table.

import { LitElement, html, nothing } from 'lit';
import { t } from './i18n.js';
import { moment, UNITS } from './chart-words.js';
import { Plot, drawing } from './chart-plot.js';
import { chartTable } from './chart-table.js';

/** A table of more rows is not read; then steps are longer. */
export const MOST_ROWS = 200;
const PAGE = 10;

class Chart extends LitElement {
  static properties = {
    /** As chart-build.js makes it. */
    chart: { attribute: false },
    /** Of the view: range, scale and incidents that are drawn behind. */
    look: { attribute: false },
    /** `{at: seconds or null, keyed: true when uPlot does not know it yet}` */
    cursor: { attribute: false },
    /** The same chart in at most MOST_ROWS steps, when the table is open and has its figures. */
    rows: { attribute: false },
    open: { type: Boolean },
    failed: { state: true },
  };

  #plot = null;
  #drawn = '';
  #room = new ResizeObserver(() => this.#plot?.resize());

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#room.disconnect();
    this.#forget();
  }

  connectedCallback() {
    super.connectedCallback();
    this.requestUpdate();
  }

  render() {
    const { chart } = this;
    const name = t(`charts.${chart.id}`);
    return html`<section class="panel chart" aria-labelledby="chart-${chart.id}">
      <div class="chart-head">
        <h3 id="chart-${chart.id}">${name}</h3>
        <p class="chart-sum" id="sum-${chart.id}">${chart.summary}</p>
        ${chart.empty ? nothing : this.#toggle(name)}
      </div>
      ${chart.empty ? nothing : html`${this.#picture(name)} ${this.#legend()}`}
      ${this.open && !chart.empty ? chartTable(this.rows, name) : nothing}
    </section>`;
  }

  #toggle(name) {
    return html`<button type="button" class="chart-toggle" aria-expanded=${this.open ? 'true' : 'false'} aria-label=${t('charts.tableOf', { name })} @click=${() => this.#tell('chart-table', { id: this.chart.id, open: !this.open })}>
      ${t('charts.table')}
    </button>`;
  }

  #picture(name) {
    return html`<div
        class="chart-plot"
        tabindex="0"
        role="slider"
        aria-label=${t('charts.cursorOf', { name })}
        aria-describedby="sum-${this.chart.id}"
        aria-valuemin="1"
        aria-valuemax=${this.#steps}
        aria-valuenow=${this.#index + 1}
        aria-valuetext=${this.#said()}
        @keydown=${this.#key}
      ></div>
      ${this.failed ? html`<p class="chart-failed">${t('charts.noDrawing')}</p>` : nothing}`;
  }

  /** The highest is drawn first, and told last. */
  #legend() {
    const { chart } = this;
    const measure = UNITS[chart.unit];
    return html`<dl class="chart-legend" aria-hidden="true">
      <div class="chart-at ${this.cursor.at === null ? 'chart-newest' : ''}"><dt>${this.cursor.at === null ? t('charts.newest') : t('charts.at')}</dt><dd>${moment(chart.start + this.#index * chart.step, chart.step)}</dd></div>
      ${chart.lines.toReversed().map((line) => {
        const value = line.values[this.#index];
        return html`<div><dt><span class="swatch swatch-${line.tone} ${swatch(line)}"></span>${line.name}</dt><dd>${value === null ? '–' : measure(value)}</dd></div>`;
      })}
    </dl>`;
  }

  get #steps() {
    return this.chart.lines[0].values.length;
  }

  /** Where the cursor is; without one the newest step of which something is known. */
  get #index() {
    const { chart, cursor } = this;
    if (cursor.at !== null) {
      return Math.max(0, Math.min(this.#steps - 1, Math.floor((cursor.at - chart.start) / chart.step)));
    }
    return Math.max(0, ...chart.lines.map((line) => line.values.findLastIndex((v) => v !== null)));
  }

  #said() {
    const { chart } = this;
    const measure = UNITS[chart.unit];
    const figures = chart.lines.toReversed().map((line) => `${line.name} ${line.values[this.#index] === null ? t('charts.unknown') : measure(line.values[this.#index])}`);
    return `${moment(chart.start + this.#index * chart.step, chart.step)}: ${figures.join(', ')}`;
  }

  #key = (e) => {
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageUp: PAGE, PageDown: -PAGE, Home: -Infinity, End: Infinity };
    if (e.key in moves) {
      const index = Math.max(0, Math.min(this.#steps - 1, this.#index + moves[e.key]));
      this.#tell('chart-cursor', { at: this.#middle(index), keyed: true });
    } else if (e.key === 'Escape') {
      this.#tell('chart-cursor', { at: null, keyed: true });
    } else if (e.key === '+' || e.key === '-') {
      this.#tell('chart-zoom', { around: this.#middle(this.#index), closer: e.key === '+' });
    } else {
      return;
    }
    e.preventDefault();
  };

  #middle(index) {
    return this.chart.start + (index + 0.5) * this.chart.step;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  updated(changed) {
    if (this.chart.empty) {
      this.#forget();
    } else if (changed.has('chart') || changed.has('look') || this.#plot === null) {
      this.#draw();
    }
    if (changed.has('cursor') && this.cursor.keyed) {
      this.#plot?.point(this.cursor.at);
    }
  }

  async #draw() {
    let UPlot;
    try {
      UPlot = await drawing();
      this.failed = false;
    } catch {
      this.failed = true;
      return;
    }
    const host = this.querySelector('.chart-plot');
    if (!this.isConnected || host === null) {
      return;
    }
    const form = JSON.stringify([this.look.log, this.look.theme, this.look.rem, this.chart.step, this.chart.lines.map((l) => [l.name, l.tone])]);
    if (this.#plot !== null && form === this.#drawn) {
      this.#plot.show(this.chart, this.look);
      return;
    }
    this.#forget();
    this.#drawn = form;
    this.#plot = new Plot(UPlot, host, this.#hears, this.chart, this.look);
    this.#room.observe(host);
    if (this.cursor.at !== null) {
      this.#plot.point(this.cursor.at);
    }
  }

  #hears = {
    cursor: (at) => this.#tell('chart-cursor', { at, keyed: false }),
    select: (from, to) => this.#tell('chart-select', { from, to }),
  };

  #forget() {
    this.#plot?.remove();
    this.#plot = null;
    this.#drawn = '';
  }
}

/** How a line looks beside its name: told by form as well as by colour. */
function swatch(line) {
  return line.dots ? 'swatch-dots' : line.drawn ? 'swatch-area' : line.dash ? 'swatch-dash' : 'swatch-line';
}

customElements.define('eg-chart', Chart);
