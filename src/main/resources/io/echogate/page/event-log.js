// What happened, newest first, filtered; each line leads to its moment. A log for readers, not an announcer: the verdict
// line is what is read out.

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from './i18n.js';
import { link } from './route.js';
import { SHAPES, STATES, STATE_WORDS, eventWord } from './words.js';
import { moment } from './time.js';

const SHOWN = 200;
/** So many lines, and there is something to find. */
const MANY = 6;

const ORDERED = new Set(['intent_changed', 'drill_begins', 'drill_ends', 'incident_acknowledged', 'incident_noted', 'requests_cut']);
const KINDS = {
  all: () => true,
  failures: (e) => !ORDERED.has(e.type) && (e.to === 'DOWN' || e.to === 'SUSPECT' || e.type === 'isolated' || e.type === 'nobody_serves'),
  orders: (e) => ORDERED.has(e.type),
  monitor: (e) => e.member === '',
};

class EventLog extends LitElement {
  static properties = {
    events: { attribute: false },
    now: { attribute: false },
    kind: { state: true },
    who: { state: true },
  };

  constructor() {
    super();
    this.kind = 'all';
    this.who = '';
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const events = this.events.filter((e) => KINDS[this.kind](e) && (this.who === '' || e.member === this.who)).slice(0, SHOWN);
    return html`<section class="log" aria-labelledby="log-title">
      <h2 id="log-title">${t('log.title')}</h2>
      ${this.events.length > MANY ? this.#tools() : nothing}
      ${events.length === 0
        ? html`<p class="nothing">${this.events.length === 0 ? t('log.nothing') : t('log.noneFound')}</p>`
        : html`<div class="log-lines" role="log" aria-live="off" tabindex="0" aria-labelledby="log-title">
            <ol>
              ${repeat(events, (e) => `${e.seq}/${e.member}/${e.type}`, (e) => line(e, this.now))}
            </ol>
          </div>`}
    </section>`;
  }

  #tools() {
    const names = [...new Set(this.events.map((e) => e.member))].filter(Boolean).sort();
    return html`<div class="tools">
      <label class="tool"
        ><span>${t('log.kind')}</span
        ><select @change=${(e) => (this.kind = e.target.value)}>
          ${Object.keys(KINDS).map((k) => html`<option value=${k} ?selected=${k === this.kind}>${t(`logKind.${k}`)}</option>`)}
        </select></label
      >
      <label class="tool"
        ><span>${t('log.who')}</span
        ><select @change=${(e) => (this.who = e.target.value)}>
          <option value="" ?selected=${this.who === ''}>${t('log.everybody')}</option>
          ${names.map((name) => html`<option value=${name} ?selected=${name === this.who}>${name}</option>`)}
        </select></label
      >
    </div>`;
  }
}

function line(e, now) {
  return html`<li class="event tone-${STATES[e.to]} ${e.evidence.length > 0 ? 'proven' : ''}">
    <div class="event-head">
      <a class="when" href=${link('past', { at: e.at })} title=${t('log.moment')}><time datetime=${e.at}>${moment(Date.parse(e.at), now)}</time></a>
      <span class="who">${e.member || t('log.theMonitor')}</span> ${change(e)}
      <span class="why" lang="en">${e.why}</span>
    </div>
    ${e.evidence.length === 0
      ? nothing
      : html`<details>
          <summary>${t('log.evidence', { n: e.evidence.length })}</summary>
          <ul class="evidence" lang="en">
            ${e.evidence.map((fact) => html`<li>${fact}</li>`)}
          </ul>
        </details>`}
  </li>`;
}

function change(e) {
  if (!e.member || e.from === e.to) {
    return html`<span class="change">${eventWord(e.type)}</span>`;
  }
  return html`<span class="change"
    >${STATE_WORDS[e.from]} <span aria-label=${t('log.to')}>→</span> <span class="to"
      ><span aria-hidden="true">${SHAPES[e.to]}</span> ${STATE_WORDS[e.to]}</span
    ></span
  >`;
}

customElements.define('eg-log', EventLog);
