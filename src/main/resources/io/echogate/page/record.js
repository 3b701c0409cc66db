// Reliability: each of the last 90 days, what is left of the error budget, and how fast failures were noticed.

import { LitElement, html, nothing } from 'lit';
import { t } from './i18n.js';
import { Question, silence } from './archive.js';
import { budgets } from './budget.js';
import { detections } from './detections.js';
import { chosen } from './ranges.js';
import './days.js';

const USUAL = '90d';
const DAYS = 90;
const AGAIN_MILLIS = 60_000;
/** Rows at first: of many members only the worst are of interest. */
const FEW = 25;

class Reliability extends LitElement {
  static properties = {
    model: { attribute: false },
    now: { attribute: false },
    route: { attribute: false },
    days: { state: true },
    quarter: { state: true },
    month: { state: true },
    record: { state: true },
    /** All rows, not the worst ones only. */
    all: { state: true },
  };

  #questions = { days: new Question(), quarter: new Question(), month: new Question(), record: new Question() };
  #askedAt = -Infinity;
  #last = '';

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    Object.values(this.#questions).forEach((q) => q.stop());
  }

  get #range() {
    return chosen(this.route?.params ?? new URLSearchParams(), USUAL);
  }

  /** Time alone changes nothing here but whether it is time to ask again. */
  shouldUpdate(changed) {
    this.#look();
    changed.delete('now');
    return changed.size > 0 || !this.hasUpdated;
  }

  #look() {
    if (this.#last !== this.#range) {
      this.#last = this.#range;
      this.record = undefined;
      this.#ask('record', 'record', { last: this.#range });
    }
    if (document.hidden || performance.now() - this.#askedAt < AGAIN_MILLIS) {
      return;
    }
    this.#askedAt = performance.now();
    this.#ask('quarter', 'availability', { last: `${DAYS}d` }).then(() => this.#askDays());
    this.#ask('month', 'availability', { last: '30d' });
    this.#ask('record', 'record', { last: this.#range });
  }

  /** Of those who are shown only: each day of everybody would be much. */
  #askDays() {
    const members = this.quarter?.body?.members ?? [];
    const few = members.length > FEW && !this.all ? this.#few(members).map((m) => m.member) : [];
    this.#ask('days', 'availability/days', { days: DAYS, offset: -new Date().getTimezoneOffset(), member: few });
  }

  #toggle() {
    this.all = !this.all;
    this.#askDays();
  }

  async #ask(what, path, params) {
    const answer = await this.#questions[what].ask(path, params);
    if (answer !== null) {
      this[what] = answer;
    }
  }

  render() {
    return html`<div class="rec">
      <section class="panel rec-days" aria-labelledby="rec-days-title">
        <div class="view-head"><h2 id="rec-days-title">${t('record.daysTitle', { n: DAYS })}</h2></div>
        ${this.#part(this.quarter, (quarter) => this.#availability(quarter))}
      </section>
      <section class="panel" aria-labelledby="rec-budget-title">
        <div class="view-head"><h2 id="rec-budget-title">${t('record.budgetTitle')}</h2></div>
        ${this.#part(this.month, (month) => html`${budgets(month, this.#few(month.members))} ${this.#more(month.members)}`)}
      </section>
      <section class="panel" aria-labelledby="rec-record-title">
        ${detections(this.record?.body, this.#range, this.#part(this.record, () => nothing))}
      </section>
    </div>`;
  }

  #part(answer, show) {
    return answer === undefined ? html`<p class="calm">${t('past.asking')}</p>` : answer.body ? show(answer.body) : silence(answer);
  }

  #availability(quarter) {
    return this.#part(
      this.days,
      (days) => html`<eg-days .days=${days} .shares=${[{ ...quarter.pool, member: '' }, ...this.#few(quarter.members)]} .objective=${quarter.objectivePercent}></eg-days>
        ${this.#more(quarter.members)}`,
    );
  }

  #few(members) {
    const sorted = worstFirst(members);
    return this.all ? sorted : sorted.slice(0, FEW);
  }

  #more(members) {
    return members.length <= FEW
      ? nothing
      : html`<p class="more-row">
          <button type="button" class="plain" aria-pressed=${this.all ? 'true' : 'false'} @click=${this.#toggle}>
            ${this.all ? t('record.worstOnly', { n: FEW }) : t('record.showAll', { n: members.length })}
          </button>
        </p>`;
  }
}

/** Those of whom nothing is known come last. */
function worstFirst(members) {
  const rank = (m) => m.availabilityPercent ?? 101;
  return members.slice().sort((a, b) => rank(a) - rank(b) || a.budgetLeftMillis - b.budgetLeftMillis || a.member.localeCompare(b.member));
}

customElements.define('eg-record', Reliability);
