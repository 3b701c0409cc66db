// Incidents: all of a range, those that last on top; or one of them, when the address names it.

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { parts, t } from './i18n.js';
import { link } from './route.js';
import { Question, Refresh, silence } from './archive.js';
import { chosen, lasting, ranges } from './ranges.js';
import { day, millis, minute, span } from './when.js';
import { headline, late, marks, noticed, toll } from './incident-words.js';
import './incident.js';

const USUAL = '30d';
const COLUMNS = ['incidents.colState', 'incidents.colWhat', 'incidents.colWhen', 'incidents.colLasted', 'incidents.colNoticed', 'incidents.colRequests'];
const PAGE = 25;
/** As many as the monitor answers at once. */
const MOST = 500;

class Incidents extends LitElement {
  static properties = {
    model: { attribute: false },
    /** Milliseconds by the monitor's clock. */
    now: { attribute: false },
    route: { attribute: false },
    /** Undefined until there was an answer. */
    found: { state: true },
    next: { state: true },
    answer: { state: true },
  };

  #list = new Question();
  #open = new Question();
  #refresh = new Refresh();
  #asked = '';

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#list.stop();
    this.#open.stop();
  }

  get #params() {
    return this.route?.params ?? new URLSearchParams();
  }

  updated() {
    if (!this.model?.begun || this.#params.get('id')) {
      return;
    }
    const asked = JSON.stringify(this.#range());
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.found = undefined;
      this.#refresh.reset();
    }
    if (this.#refresh.due(this.model, performance.now())) {
      this.#look(Math.min(MOST, Math.max(PAGE, this.found?.length ?? 0)));
    }
  }

  #range() {
    const { from, to } = Object.fromEntries(this.#params);
    return from ? { from, to } : { last: chosen(this.#params, USUAL) };
  }

  get #onlyOpen() {
    return this.#params.get('open') === 'true';
  }

  /** Those that last are asked for on their own: the oldest of them may be far down. */
  async #look(limit) {
    const range = this.#range();
    const [all, open] = await Promise.all([
      this.#list.ask('incidents', { ...range, limit }),
      this.#open.ask('incidents', { ...range, open: true, limit: MOST }),
    ]);
    if (all !== null && open !== null) {
      this.answer = all;
      if (all.body && open.body) {
        this.found = merged(open.body.incidents, all.body.incidents);
        this.next = all.body.next;
      }
    }
  }

  async #more() {
    const answer = await this.#list.ask('incidents', { ...this.#range(), before: this.next, limit: PAGE });
    if (answer?.body) {
      this.found = merged(this.found, answer.body.incidents);
      this.next = answer.body.next;
    } else if (answer !== null) {
      this.#look(PAGE);
    }
  }

  render() {
    const id = this.#params.get('id');
    if (id) {
      return html`<eg-incident .model=${this.model} .now=${this.now} .name=${id}></eg-incident>`;
    }
    return html`<section class="panel inc" aria-labelledby="inc-title">
      <div class="view-head">
        <h2 id="inc-title">${t('incidents.title')}</h2>
        ${this.#filters()}
      </div>
      ${this.#body()}
    </section>`;
  }

  #filters() {
    const { last, from, to } = Object.fromEntries(this.#params);
    const open = this.#onlyOpen ? {} : { open: true };
    const day1 = millis(from);
    return html`<div class="view-filters">
      ${day1 === null
        ? nothing
        : html`<a class="chip" href=${link('incidents')}
            >${t('incidents.of', { day: day(day1) })} <span aria-hidden="true">✕</span><span class="sr-only">${t('incidents.all')}</span></a
          >`}
      ${ranges('incidents', day1 === null ? chosen(this.#params, USUAL) : '', this.#onlyOpen ? { open: true } : {})}
      <a class="chip" href=${link('incidents', { last, from, to, ...open })} aria-current=${this.#onlyOpen ? 'true' : 'false'}
        ><span aria-hidden="true">${this.#onlyOpen ? '✓' : '○'}</span> ${t('incidents.onlyOpen')}</a
      >
    </div>`;
  }

  #body() {
    if (this.answer && !this.answer.body) {
      return silence(this.answer);
    }
    if (this.found === undefined) {
      return html`<p class="calm">${t('past.asking')}</p>`;
    }
    const shown = this.#onlyOpen ? this.found.filter((i) => i.open) : this.found;
    if (shown.length === 0) {
      return this.#none();
    }
    return html`<div role="table" aria-labelledby="inc-title" class="inc-table">
        <div role="rowgroup">
          <div role="row" class="inc-row inc-head">
            ${COLUMNS.map((key) => html`<span role="columnheader">${t(key)}</span>`)}
          </div>
        </div>
        <div role="rowgroup">${repeat(shown, (i) => i.id, (i) => line(i, this.now))}</div>
      </div>
      ${this.next && !this.#onlyOpen
        ? html`<p class="more-row"><button type="button" class="plain" @click=${this.#more}>${t('incidents.older')}</button></p>`
        : nothing}`;
  }

  #none() {
    const range = this.#range();
    const where = range.from ? day(millis(range.from) ?? this.now) : lasting(range.last);
    return html`<p class="calm well"><span aria-hidden="true">●</span> ${
      this.#onlyOpen ? t('incidents.noneOpen') : range.from ? t('incidents.noneOn', { day: where }) : t('incidents.none', { range: where })
    }</p>`;
  }
}

/** Each once, those that last first, then the newest first. */
function merged(...lists) {
  const all = new Map(lists.flat().map((i) => [i.id, i]));
  return [...all.values()].sort((a, b) => b.open - a.open || millis(b.namedAt) - millis(a.namedAt));
}

function line(i, now) {
  const named = millis(i.namedAt);
  const lasted = (millis(i.endedAt) ?? now) - named;
  return html`<div role="row" class="inc-row ${i.open ? 'is-open' : ''}">
    <span role="cell" class="inc-state">${marks(i)}</span>
    <span role="cell" class="inc-what"
      ><a href=${link('incidents', { id: i.id })}>${headline(i)}</a>
      ${i.kind === 'machine' ? html`<span class="soft">${i.members.join(', ')}</span>` : nothing}
      ${i.times > 1 ? html`<span class="soft">${t('incidents.times', { n: i.times })}</span>` : nothing}
      ${i.outageAt ? html`<span class="bad">${t('incidents.outage')}</span>` : nothing}
    </span>
    <span role="cell"><time datetime=${i.namedAt}>${minute(named)}</time></span>
    <span role="cell">${i.open ? parts('incidents.lasting', { span: span(lasted) }) : span(lasted)}</span>
    <span role="cell" class="inc-noticed ${late(i) ? 'bad' : ''}"
      >${noticed(i)} ${i.reroutingMillis === null ? nothing : html`<span class="soft">${t('incidents.rerouted', { span: span(i.reroutingMillis) })}</span>`}</span
    >
    <span role="cell" class="inc-toll">${toll(i)} ${care(i)}</span>
  </div>`;
}

function care(i) {
  if (!i.acknowledged) {
    return nothing;
  }
  return html`<span class="soft"><span aria-hidden="true">✓</span> ${i.acknowledgedBy ? t('incidents.careOf', { name: i.acknowledgedBy }) : t('incidents.care')}</span>`;
}

customElements.define('eg-incidents', Incidents);
