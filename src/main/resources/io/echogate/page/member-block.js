// A few rows of a long table, drawn only while they are near what is seen; elsewhere a gap of the same height. So a
// thousand members cost what a screenful costs.

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import './member-row.js';

/** Rows this far above and below the window are drawn, so that scrolling and the keyboard meet no gap. */
const MARGIN = '300px 0px';

const watcher = new IntersectionObserver((seen) => seen.forEach((e) => e.target.seen(e.isIntersecting)), { rootMargin: MARGIN });

class MemberBlock extends LitElement {
  static properties = {
    members: { attribute: false },
    model: { attribute: false },
    second: { attribute: false },
    /** Places of its rows begin behind this one. */
    behind: { attribute: false },
    /** Height of a row that was never drawn, in pixels; 0: always drawn. */
    estimate: { attribute: false },
    near: { state: true },
  };

  #height = 0;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.near ??= false;
    watcher.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    watcher.unobserve(this);
  }

  seen(near) {
    const used = this.contains(document.activeElement) || this.querySelector('[aria-expanded=true]') !== null;
    if (!near && this.near && !used) {
      this.#height = this.offsetHeight;
      this.near = false;
    } else if (near) {
      this.near = true;
    }
  }

  get #drawn() {
    return this.near || this.estimate === 0;
  }

  shouldUpdate(changed) {
    return this.#drawn || changed.has('near') || changed.has('estimate') || changed.get('members')?.length !== this.members.length;
  }

  render() {
    const height = this.#drawn ? '' : `${this.#height || this.members.length * this.estimate}px`;
    if (this.style.height !== height) {
      this.style.height = height;
    }
    if (!this.#drawn) {
      return nothing;
    }
    return repeat(
      this.members,
      (m) => m.name,
      (m, i) =>
        html`<eg-member role="rowgroup" .member=${m} .model=${this.model} .second=${this.second} .place=${this.behind + i + 1}></eg-member>`,
    );
  }
}

customElements.define('eg-block', MemberBlock);
