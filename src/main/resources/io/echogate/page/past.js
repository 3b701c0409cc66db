// The fleet at any past moment: a slider over a window of time, and what was known then. Never to be mistaken for now.

import { LitElement, html, nothing } from 'lit';
import { t } from './i18n.js';
import { go, link } from './route.js';
import { Question, silence } from './archive.js';
import { following, preceding } from './past-steps.js';
import { around, fleetThen, openThen, verdictThen } from './past-fleet.js';
import { slider } from './past-slider.js';
import { clock, day, full, iso, local, millis, zone } from './when.js';

const PATIENCE_MILLIS = 150;
const AROUND_MILLIS = 120_000;
/** How long each window is, and by how much its slider moves. */
const WINDOWS = {
  '1h': { millis: 3_600_000, step: 1_000 },
  '24h': { millis: 86_400_000, step: 10_000 },
  '7d': { millis: 604_800_000, step: 60_000 },
  '30d': { millis: 2_592_000_000, step: 300_000 },
};
const USUAL = '1h';
/** Where one begins who names no moment. */
const BEGIN_MILLIS = 60_000;

class Past extends LitElement {
  static properties = {
    model: { attribute: false },
    now: { attribute: false },
    route: { attribute: false },
    /** The moment that is chosen, in milliseconds. */
    at: { state: true },
    /** { answer, at }: the fleet, and the moment it is of. */
    fleet: { state: true },
    open: { state: true },
    events: { state: true },
    marks: { state: true },
    /** Said when there is no event before or after. */
    said: { state: true },
  };

  #questions = { fleet: new Question(), open: new Question(), events: new Question(), marks: new Question(), step: new Question() };
  #timer = null;
  #end = 0;
  #window = '';
  #asked = null;

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    Object.values(this.#questions).forEach((q) => q.stop());
  }

  get #params() {
    return this.route?.params ?? new URLSearchParams();
  }

  get #span() {
    const named = this.#params.get('window');
    return named in WINDOWS ? named : USUAL;
  }

  willUpdate(changed) {
    if (!this.model?.begun) {
      return;
    }
    if (changed.has('route') || this.at === undefined) {
      const at = millis(this.#params.get('at'));
      this.at = Math.min(this.now, at ?? this.at ?? this.now - BEGIN_MILLIS);
    }
    this.#place();
    if (this.#asked === null) {
      this.#look();
    }
  }

  /** The window stands still while one moves within it; it follows a moment that is outside. */
  #place() {
    const length = WINDOWS[this.#span].millis;
    const outside = this.at > this.#end || this.at < this.#end - length;
    if (this.#window === this.#span && !outside) {
      return;
    }
    this.#window = this.#span;
    this.#end = Math.ceil((this.at > this.now - length ? this.now : Math.min(this.now, this.at + length / 2)) / 1000) * 1000;
    this.#ask('marks', 'incidents', { from: iso(this.#end - length), to: iso(this.#end), limit: 500 });
  }

  #move(at) {
    this.at = Math.min(this.now, Math.max(0, at));
    this.said = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#look();
      go('past', { at: iso(this.at), window: this.#params.get('window') }, true);
    }, PATIENCE_MILLIS);
  }

  updated(changed) {
    if (changed.has('route') && this.at !== undefined && this.at !== this.#asked) {
      this.#look();
    }
  }

  #look() {
    const at = (this.#asked = this.at);
    this.#ask('fleet', 'fleet', { at: iso(at) }, at);
    this.#ask('open', 'incidents', { from: iso(at), to: iso(at + 1), limit: 50 });
    this.#ask('events', 'history/events', { from: iso(at - AROUND_MILLIS), to: iso(at + AROUND_MILLIS), limit: 200 });
  }

  async #ask(what, path, params, at) {
    const answer = await this.#questions[what].ask(path, params);
    if (answer !== null) {
      this[what] = at === undefined ? answer : { answer, at };
    }
  }

  async #jump(find, none) {
    const at = await find(this.#questions.step, this.at, this.now);
    if (at === null) {
      this.said = t(none);
    } else if (at !== undefined) {
      this.#move(at);
    }
  }

  render() {
    if (this.at === undefined) {
      return html`<section class="panel"><p class="calm">${t('past.asking')}</p></section>`;
    }
    return html`<section class="panel then" aria-labelledby="then-title">
      <div class="then-banner">
        <span class="mark" aria-hidden="true">↶</span>
        <div>
          <h2 id="then-title">${t('past.title', { time: clock(this.at), day: day(this.at) })}</h2>
          <p class="soft">${t('past.zone', { zone })}</p>
        </div>
        <a class="plain" href=${link('now')}>${t('past.backToNow')}</a>
      </div>
      ${this.#controls()} ${this.#then()}
    </section>`;
  }

  #controls() {
    const { millis: length, step } = WINDOWS[this.#span];
    return html`<div class="then-controls">
      ${slider({ at: this.at, from: this.#end - length, to: this.#end, step, incidents: this.marks?.body?.incidents ?? [], move: (at) => this.#move(at) })}
      <div class="then-buttons">
        <button type="button" class="plain" @click=${() => this.#jump(preceding, 'past.noneBefore')}><span aria-hidden="true">⇤</span> ${t('past.previous')}</button>
        ${[-60, -10, 10, 60].map(
          (s) =>
            html`<button type="button" class="plain" aria-label=${s < 0 ? t('past.backBy', { n: -s }) : t('past.onBy', { n: s })} @click=${() => this.#move(this.at + s * 1000)}>
              ${s < 0 ? '−' : '+'}${Math.abs(s) === 60 ? '1 min' : '10 s'}
            </button>`,
        )}
        <button type="button" class="plain" @click=${() => this.#jump(following, 'past.noneAfter')}>${t('past.following')} <span aria-hidden="true">⇥</span></button>
        <label class="then-field"
          ><span>${t('past.moment')}</span
          ><input type="datetime-local" step="1" .value=${local(this.at)} max=${local(this.now)} @change=${this.#typed}
        /></label>
        <div class="seg" role="group" aria-label=${t('past.window')}>
          ${Object.keys(WINDOWS).map(
            (window) => html`<a href=${link('past', { at: iso(this.at), window })} aria-current=${window === this.#span ? 'true' : 'false'}>${name(window)}</a>`,
          )}
        </div>
      </div>
      <p class="said" role="status">${this.said ?? ''}</p>
    </div>`;
  }

  #typed(event) {
    const at = new Date(event.target.value).getTime();
    if (!Number.isNaN(at)) {
      this.#move(at);
    }
  }

  #then() {
    if (!this.fleet) {
      return html`<p class="calm">${t('past.asking')}</p>`;
    }
    const { answer, at } = this.fleet;
    if (!answer.body) {
      return silence(answer);
    }
    const fleet = answer.body;
    return html`<div class="then-frame ${at === this.at ? '' : 'is-behind'}">
      ${verdictThen(fleet, at, this.model)} ${this.open?.body ? openThen(this.open.body.incidents, at) : nothing}
      ${fleet.known ? fleetThen(fleet, at, this.model) : nothing} ${this.events?.body ? around(this.events.body, at) : nothing}
      <p class="sr-only" role="status">${t('past.shown', { at: full(at) })}</p>
    </div>`;
  }
}

function name(window) {
  const n = parseInt(window, 10);
  return window.endsWith('h') ? t('past.hours', { n }) : t('past.days', { n });
}

customElements.define('eg-past', Past);
