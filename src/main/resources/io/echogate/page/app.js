// The page: puts the parts together, ticks once a second, and redraws at most once per frame.

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Live } from './live.js';
import { Model } from './model.js';
import { age, second } from './time.js';
import { verdict } from './verdict.js';
import { pathPicture } from './path-picture.js';
import { eventLog } from './event-log.js';
import { drilled } from './words.js';
import { remembering } from './remembering.js';
import { watched } from './watched.js';
import './member-row.js';

const MARKS = { well: '●', doubt: '◐', down: '✕', nobody: '✕', stale: '!', isolated: '⊘', waiting: '○' };
const ICON_COLOURS = {
  well: '#2fa56b',
  doubt: '#e0a020',
  down: '#d8432f',
  nobody: '#d8432f',
  stale: '#8b96a0',
  isolated: '#9a6bd6',
  waiting: '#8b96a0',
};
/** More members than that, and rows are lower. */
const DENSE = 8;
/** The verdict is read out when it changes, but not more often than this. */
const DIGEST_MILLIS = 5_000;

class Page extends LitElement {
  static properties = { digest: { state: true }, width: { state: true } };

  #model = new Model();
  #live = new Live(this.#model, () => this.requestUpdate());
  #digestAt = -Infinity;
  #icon = '';

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.digest = '';
    this.width = 0;
    this.#live.start();
    setInterval(() => this.requestUpdate(), 250);
    this.addEventListener('keydown', walk);
  }

  firstUpdated() {
    const room = this.querySelector('.path-room');
    new ResizeObserver(() => {
      this.scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 15;
      this.width = Math.floor(room.clientWidth);
    }).observe(room);
  }

  render() {
    const monotonic = performance.now();
    const model = this.#model;
    const now = Math.floor(model.now(monotonic) / 1000) * 1000 + 500;
    const said = verdict(model, monotonic, now);
    this.#tell(said, monotonic);
    return html`${this.#top(said, monotonic)}
      <main class=${said.tone === 'stale' ? 'is-stale' : ''}>
        ${this.#verdict(said)} ${this.#drill()} ${this.#icmp()} ${remembering(model.history, now)}
        <div class="columns">
          <div class="left">
            <div class="panel path-panel">
              <div class="path-room">
                ${model.begun && this.width > 0 ? pathPicture(model, this.width, this.scale) : nothing}
              </div>
            </div>
            ${this.#members(model, now)} ${watched(model, now, DENSE)}
          </div>
          <div class="panel right">${eventLog(model, now)}</div>
        </div>
      </main>
      <p class="sr-only" role="status">${this.digest}</p>`;
  }

  #top(said, monotonic) {
    const model = this.#model;
    const fresh = model.begun && said.tone !== 'stale';
    return html`<header>
      <span class="brand">${logo()}<span>Echogate</span></span>
      <span class="where">${model.listen ? html`clients come in at <span class="mono">${model.listen}</span>` : nothing}</span>
      <span class="freshness ${fresh ? 'fresh' : 'old'}"
        ><span class="dot" aria-hidden="true"></span>${fresh ? 'live' : this.#live.status === 'open' ? 'waiting' : 'reconnecting'}${model.begun
          ? html` · data <span class="figure">${age(model.dataAge(monotonic))}</span> old`
          : nothing}</span
      >
      <button type="button" data-theme-toggle aria-label="Switch between dark and light" title="Dark or light">
        <span aria-hidden="true">◑</span>
      </button>
    </header>`;
  }

  #verdict(said) {
    return html`<section class="verdict verdict-${said.tone}" aria-label="Verdict">
      <span class="mark" aria-hidden="true">${MARKS[said.tone]}</span>
      <h1>
        <span class="lead">${said.lead}</span>${said.rest.map((part) => html`<span class="sep"> · </span><span class="rest">${part}</span>`)}
      </h1>
    </section>`;
  }

  #drill() {
    const drill = this.#model.drill;
    return drill === null
      ? nothing
      : html`<section class="drill" aria-label="Drill">
          <span class="mark" aria-hidden="true">◇</span>
          <p><strong>Drill:</strong> ${drilled(drill, second)}</p>
        </section>`;
  }

  #icmp() {
    const icmp = this.#model.icmp;
    if (icmp.mode !== 'NONE') {
      return nothing;
    }
    return html`<section class="notice" aria-label="Notice">
      <p><strong>Machines cannot be pinged from here:</strong> this host allows no ICMP socket. Causes come from TCP and HTTP alone.</p>
      ${icmp.remedy ? html`<p>To open it: <code>${icmp.remedy}</code></p>` : nothing}
    </section>`;
  }

  #members(model, now) {
    const rates = model.rates;
    return html`<section class="panel members" aria-labelledby="members-title">
      <h2 id="members-title" class="sr-only">Members</h2>
      <div role="table" aria-labelledby="members-title" class=${model.members.length > DENSE ? 'dense' : ''}>
        <div class="members-head" role="row">
          <span role="columnheader">State</span><span role="columnheader">Member</span
          ><span role="columnheader">Echoes of the last minute</span><span role="columnheader">Requests/s</span>
        </div>
        ${repeat(
          model.members,
          (m) => m.name,
          (m) => html`<eg-member
            role="rowgroup"
            .member=${m}
            .model=${model}
            .second=${now}
            .drill=${model.drill?.member === m.name ? model.drill : null}
            .rate=${rates.total === null ? undefined : (rates.members[m.name] ?? 0)}
          ></eg-member>`,
        )}
      </div>
    </section>`;
  }

  /** Title and icon at once, the read-out with restraint. */
  #tell(said, monotonic) {
    const drill = this.#model.drill;
    const condition = said.tone === 'well' ? 'Echogate' : `${MARKS[said.tone]} ${said.digest.split(' · ')[0].split(':')[0]} · Echogate`;
    document.title = drill === null ? condition : `◇ Drill · ${condition}`;
    if (this.#icon !== said.tone) {
      this.#icon = said.tone;
      document.querySelector('link[rel=icon]').href = icon(said.tone);
    }
    const digest = drill === null ? said.digest : `Drill: ${drilled(drill, second)}. ${said.digest}`;
    if (this.#model.begun && digest !== this.digest && monotonic - this.#digestAt > DIGEST_MILLIS) {
      this.#digestAt = monotonic;
      queueMicrotask(() => (this.digest = digest));
    }
  }
}

function logo() {
  return html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
    <circle cx="8" cy="16" r="4" stroke="none" />
    <path d="M15.5 8.5a10.5 10.5 0 0 1 0 15M21 4a17 17 0 0 1 0 24" fill="none" stroke-width="3" stroke-linecap="round" />
  </svg>`;
}

/** Drawn here and not fetched: the icon must be able to say that nothing can be fetched. */
function icon(tone) {
  const colour = ICON_COLOURS[tone];
  const mark = {
    well: `<circle cx="16" cy="16" r="8" fill="${colour}"/>`,
    doubt: `<circle cx="16" cy="16" r="7" fill="none" stroke="${colour}" stroke-width="3"/><path d="M16 9a7 7 0 0 1 0 14z" fill="${colour}"/>`,
    waiting: `<circle cx="16" cy="16" r="7" fill="none" stroke="${colour}" stroke-width="3"/>`,
    stale: `<path d="M10 8h12l-12 16h12z" fill="${colour}"/>`,
  };
  const cross = `<path d="M10 10l12 12M22 10l-12 12" stroke="${colour}" stroke-width="5" stroke-linecap="round"/>`;
  const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#16212a"/>${mark[tone] ?? cross}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(image)}`;
}

/** Arrow keys walk from row to row. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const toggles = [...document.querySelectorAll('.member-toggle')];
  const here = toggles.indexOf(document.activeElement);
  if (step && here >= 0 && toggles[here + step]) {
    event.preventDefault();
    toggles[here + step].focus();
  }
}

customElements.define('eg-page', Page);
