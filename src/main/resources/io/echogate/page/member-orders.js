// What an operator can want of a member: out of service and back, with a reason and a second thought. The token is asked
// for once and kept for the browser's session only.

import { LitElement, html, nothing } from 'lit';
import { t } from './i18n.js';
import { MOST_NAME, act, operator, readOnly } from './operator.js';
import { DRILLS } from './words.js';
import { DrillFollower, drillReport } from './drill-report.js';

const MOST_WHY = 200;
const MOST_TOKEN = 4096;
/** How long a drill may last. */
const LASTING = ['10s', '30s', '1m', '5m', '10m'];
const USUAL_LASTING = '30s';
const ACTS = ['drain', 'maintenance', 'ready', 'drill', 'end'];

class MemberOrders extends LitElement {
  static properties = {
    name: { attribute: false },
    intent: { attribute: false },
    /** The drill in which its failure is played, or null. */
    drill: { attribute: false },
    /** What the drill that was given here has shown. */
    report: { state: true },
    /** The act that waits for its confirmation. */
    wanted: { state: true },
    /** What the monitor said to the last one. */
    said: { state: true },
    failed: { state: true },
    busy: { state: true },
  };

  #follower = new DrillFollower((report) => (this.report = report));

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#follower.stop();
  }

  /** Whoever has given an order here is told of a drill, too; others have not asked. */
  updated(changed) {
    if (this.drill && operator.known) {
      this.#follower.follow(this.drill);
    }
    if (changed.has('wanted') && this.wanted) {
      this.querySelector('.confirmation input, .confirmation select')?.focus();
    }
  }

  render() {
    if (readOnly) {
      return html`<h4>${t('act.orders')}</h4>
        <p class="said">${t('act.elsewhere')}</p>`;
    }
    const without = this.drill ? 'drill' : 'end';
    const acts = ACTS.filter((one) => one.toUpperCase() !== this.intent && one !== without);
    return html`<h4>${t('act.orders')}</h4>
      <div class="orders">
        ${acts.map(
          (one) =>
            html`<button type="button" aria-expanded=${this.wanted === one ? 'true' : 'false'} @click=${() => this.#want(one)}>
              ${t(`act.${`name_${one}`}`)}
            </button>`,
        )}
      </div>
      ${this.wanted ? this.#confirmation() : nothing} ${this.report ? drillReport(this.report) : nothing}
      <p class="said ${this.failed ? 'failed' : ''}" role="status">${this.said ?? ''}</p>`;
  }

  #want(one) {
    this.wanted = this.wanted === one ? undefined : one;
    this.said = undefined;
  }

  #confirmation() {
    const one = this.wanted;
    return html`<div class="confirmation" @keydown=${this.#key}>
      <p>${t(`act.${`then_${one}`}`, { name: this.name })}</p>
      ${one === 'drill' ? this.#particulars() : nothing} ${one === 'end' ? nothing : this.#field('why', t('act.why'), '', MOST_WHY)}
      ${this.#field('by', t('act.by'), operator.name, MOST_NAME)}
      ${operator.known
        ? nothing
        : html`${this.#field('token', t('act.token'), '', MOST_TOKEN, 'password')} <p class="hint">${t('act.tokenHint')}</p>`}
      <div class="orders">
        <button type="button" class="confirm" ?disabled=${this.busy} @click=${this.#send}>
          ${t(`act.${`now_${one}`}`, { name: this.name })}
        </button>
        <button type="button" @click=${() => (this.wanted = undefined)}>${t('act.leave')}</button>
      </div>
    </div>`;
  }

  #particulars() {
    const lasting = Object.fromEntries(LASTING.map((one) => [one, one.replace(/(s|m)$/, (unit) => (unit === 's' ? ' s' : ' min'))]));
    return html`${this.#choice('mode', t('act.mode'), DRILLS)} ${this.#choice('for', t('act.for'), lasting, USUAL_LASTING)}`;
  }

  #field(key, label, value, most, type = 'text') {
    return html`<label
      ><span>${label}</span><input data-field=${key} type=${type} maxlength=${most} .value=${value} autocomplete="off" spellcheck="false"
    /></label>`;
  }

  #choice(key, label, choices, usual) {
    return html`<label
      ><span>${label}</span
      ><select data-field=${key}>
        ${Object.entries(choices).map(([value, words]) => html`<option value=${value} ?selected=${value === usual}>${words}</option>`)}
      </select></label
    >`;
  }

  #key(event) {
    if (event.key === 'Enter' && event.target.tagName === 'INPUT') {
      this.#send();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.wanted = undefined;
    }
  }

  #value(key) {
    return this.querySelector(`[data-field=${key}]`)?.value.trim() ?? '';
  }

  #order() {
    switch (this.wanted) {
      case 'end':
        return { mode: 'end' };
      case 'drill':
        return { mode: this.#value('mode'), for: this.#value('for'), why: this.#value('why') };
      default:
        return { why: this.#value('why') };
    }
  }

  async #send() {
    const path = `members/${encodeURIComponent(this.name)}/${this.wanted === 'end' ? 'drill' : this.wanted}`;
    this.busy = true;
    const { done, said } = await act(path, this.#order(), this.#value('by'), this.#value('token'));
    this.busy = false;
    this.said = said;
    this.failed = !done;
    if (done) {
      this.wanted = undefined;
    }
  }
}

customElements.define('eg-orders', MemberOrders);
