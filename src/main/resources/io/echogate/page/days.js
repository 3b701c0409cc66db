// Availability per day: a row of bars for each; what a day was in words where the pointer or the keyboard is; and the same as
// a table.

import { LitElement, html, nothing } from 'lit';
import { number, t } from './i18n.js';
import { go, link } from './route.js';
import { HEIGHT, bar } from './days-row.js';
import { day, iso, shortDay, span } from './when.js';

const DAY_MILLIS = 86_400_000;
const LEGEND = { up: 'record.legendUp', some: 'record.legendSome', down: 'record.legendDown', planned: 'record.legendPlanned', unseen: 'record.legendUnseen' };

class Days extends LitElement {
  static properties = {
    /** What the monitor says of each day. */
    days: { attribute: false },
    /** Who is shown, in that order, each with what it was over all days; the pool has no name. */
    shares: { attribute: false },
    /** Percent. */
    objective: { attribute: false },
    /** { who, index } of the day that is looked at. */
    seen: { state: true },
    table: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('days')) {
      this.tracks = new Map([['', this.days.pool], ...this.days.members.map((m) => [m.member, m])]);
      this.words = new Map([...this.tracks].map(([who, track]) => [who, (i) => `${this.#date(i)}: ${words(track, i)}`]));
    }
  }

  render() {
    const shown = this.shares.filter((s) => this.tracks.has(s.member));
    return html`<div class="days">${shown.map((share) => this.#row(share))}</div>
      <div class="days-foot">
        <p class="days-said">${this.seen ? this.#said(this.seen) : legend()}</p>
        <details @toggle=${(e) => (this.table = e.target.open)}>
          <summary>${t('record.asTable')}</summary>
          ${this.table ? this.#table(shown) : nothing}
        </details>
      </div>`;
  }

  #row(share) {
    const who = share.member;
    const name = who || t('record.pool');
    return html`<div class="days-row ${who ? '' : 'is-pool'}">
      <span class="days-name">${name}</span>
      <eg-days-row
        .name=${t('record.daysOf', { name })}
        .track=${this.tracks.get(who)}
        .objective=${this.objective}
        .words=${this.words.get(who)}
        .seen=${this.seen?.who === who ? this.seen.index : null}
        @look=${(e) => (this.seen = { who, index: e.detail })}
        @enter=${(e) => this.#enter(who, e.detail)}
      ></eg-days-row>
      <span class="days-percent ${share.availabilityPercent !== null && share.availabilityPercent < this.objective ? 'bad' : ''}"
        >${share.availabilityPercent === null ? '–' : percent(share.availabilityPercent)}</span
      >
    </div>`;
  }

  /** To the incidents of a day that had some, else to its charts. */
  #enter(who, index) {
    const bounds = this.#bounds(index);
    if (this.tracks.get(who).downMillis[index] > 0) {
      go('incidents', bounds);
    } else {
      go('charts', { ...(who ? { member: who } : {}), ...bounds });
    }
  }

  #start(index) {
    return Date.parse(`${this.days.days[index]}T00:00:00Z`) + new Date().getTimezoneOffset() * 60_000;
  }

  #bounds(index) {
    return { from: iso(this.#start(index)), to: iso(this.#start(index) + DAY_MILLIS) };
  }

  #date(index) {
    return day(this.#start(index) + DAY_MILLIS / 2);
  }

  #said({ who, index }) {
    const bounds = this.#bounds(index);
    return html`<strong>${who || t('record.pool')}</strong> · ${this.#date(index)} · ${words(this.tracks.get(who), index)}
      <a href=${link('incidents', bounds)}>${t('record.itsIncidents')}</a> <a href=${link('charts', { member: who, ...bounds })}>${t('record.itsCharts')}</a>`;
  }

  #table(shown) {
    const order = this.days.days.map((_, i) => i).reverse();
    return html`<div class="scroll tall" role="region" tabindex="0" aria-label=${t('record.asTable')}>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">${t('record.day')}</th>
            ${shown.map((s) => html`<th scope="col">${s.member || t('record.pool')}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${order.map(
            (i) => html`<tr>
              <th scope="row"><a href=${link('incidents', this.#bounds(i))}>${shortDay(this.#start(i) + DAY_MILLIS / 2)}</a></th>
              ${shown.map((s) => html`<td>${words(this.tracks.get(s.member), i)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

function words(track, index) {
  const served = track.availabilityPercent[index];
  const down = track.downMillis[index];
  const planned = track.plannedMillis[index];
  const said = [served === null ? t('record.unseen') : percent(served)];
  if (down > 0) {
    said.push(t('record.down', { span: span(down) }));
  }
  if (planned > 0) {
    said.push(t('record.planned', { span: span(planned) }));
  }
  return said.join(' · ');
}

function percent(value) {
  return `${number(value, value > 99.9 && value < 100 ? 3 : 2)} %`;
}

function legend() {
  return html`<span class="days-legend">
    ${Object.entries(LEGEND).map(
      ([kind, key]) => html`<span><svg viewBox=${`0 0 10 ${HEIGHT}`} aria-hidden="true">${bar(0, kind, kind === 'some' ? 60_000 : 3_600_000)}</svg> ${t(key)}</span>`,
    )}
  </span>`;
}

customElements.define('eg-days', Days);
