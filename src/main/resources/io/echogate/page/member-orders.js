// What an operator can want of a member: out of service and back, with a reason and a second thought. The token is asked
// for once and kept for the browser's session only.

import { LitElement, html, nothing } from 'lit';
import { DRILLS } from './words.js';
import { DrillFollower, drillReport } from './drill-report.js';

const TOKEN = 'echogate-token';
const NAME = 'echogate-operator';
const MOST_WHY = 200;
const MOST_NAME = 64;
/** How long a drill may last. */
const LASTING = { '10s': '10 s', '30s': '30 s', '1m': '1 min', '5m': '5 min', '10m': '10 min' };
const USUAL_LASTING = '30s';
const ACTS = {
  drain: { name: 'Drain', then: 'running requests finish, new ones go elsewhere' },
  maintenance: { name: 'Maintenance', then: 'running requests have a few seconds to finish, new ones go elsewhere' },
  ready: { name: 'Ready', then: 'it gets requests again' },
  drill: { name: 'Drill', then: 'it is treated as if it failed, without being touched, and what clients would have seen is told' },
  end: { name: 'End drill', of: 'End drill of', then: 'it is treated as what it is again' },
};

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
  updated() {
    if (this.drill && sessionStorage.getItem(TOKEN)) {
      this.#follower.follow(this.drill);
    }
  }

  render() {
    const without = this.drill ? 'drill' : 'end';
    const acts = Object.keys(ACTS).filter((act) => act.toUpperCase() !== this.intent && act !== without);
    return html`<h3>Orders</h3>
      <div class="orders">
        ${acts.map(
          (act) =>
            html`<button type="button" aria-expanded=${this.wanted === act ? 'true' : 'false'} @click=${() => this.#want(act)}>
              ${ACTS[act].name}
            </button>`,
        )}
      </div>
      ${this.wanted ? this.#confirmation() : nothing}
      ${this.report ? drillReport(this.report) : nothing}
      <p class="said ${this.failed ? 'failed' : ''}" role="status">${this.said ?? ''}</p>`;
  }

  #want(act) {
    this.wanted = this.wanted === act ? undefined : act;
    this.said = undefined;
  }

  #confirmation() {
    const act = ACTS[this.wanted];
    return html`<div class="confirmation" @keydown=${this.#key}>
      <p>${act.of ?? act.name} ${this.name}: ${act.then}.</p>
      ${this.wanted === 'drill' ? html`${this.#choice('mode', 'As if it was', DRILLS)} ${this.#choice('for', 'For', LASTING, USUAL_LASTING)}` : nothing}
      ${this.wanted === 'end' ? nothing : this.#field('why', 'Why', '', MOST_WHY)}
      ${this.#field('by', 'Your name', sessionStorage.getItem(NAME) ?? '', MOST_NAME)}
      ${sessionStorage.getItem(TOKEN)
        ? nothing
        : html`${this.#field('token', 'Token', '', 4096, 'password')}
            <p class="hint">It stands in the file that the monitor names when it starts (<code>operators_token</code>).</p>`}
      <div class="orders">
        <button type="button" class="confirm" ?disabled=${this.busy} @click=${this.#send}>${act.of ?? act.name} ${this.name} now</button>
        <button type="button" @click=${() => (this.wanted = undefined)}>Leave it as it is</button>
      </div>
    </div>`;
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
      this.wanted = undefined;
    }
  }

  #value(key) {
    return this.querySelector(`[data-field=${key}]`)?.value.trim() ?? '';
  }

  #particular() {
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
    const token = this.#value('token') || sessionStorage.getItem(TOKEN) || '';
    const by = this.#value('by');
    const order = { ...this.#particular(), ...(by ? { by } : {}) };
    sessionStorage.setItem(NAME, by);
    this.busy = true;
    try {
      const answer = await fetch(`/-/api/v1/members/${encodeURIComponent(this.name)}/${this.wanted === 'end' ? 'drill' : this.wanted}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(order),
      });
      await this.#heard(answer, token);
    } catch {
      this.#say('The monitor does not answer.', true);
    } finally {
      this.busy = false;
    }
  }

  async #heard(answer, token) {
    if (answer.ok) {
      sessionStorage.setItem(TOKEN, token);
      this.wanted = undefined;
      this.#say('Done.', false);
      return;
    }
    if (answer.status === 401) {
      sessionStorage.removeItem(TOKEN);
    }
    const why = answer.status === 405 ? 'this address is read-only; orders are taken on the admin listener' : await reason(answer);
    this.#say(`Not done: ${why}`, true);
  }

  #say(text, failed) {
    this.said = text;
    this.failed = failed;
  }
}

async function reason(answer) {
  try {
    return (await answer.json()).error;
  } catch {
    return `status ${answer.status}`;
  }
}

customElements.define('eg-orders', MemberOrders);
