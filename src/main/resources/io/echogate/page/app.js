// The page: puts the parts together, ticks once a second, and redraws at most once per frame.

import { LitElement, html, nothing } from 'lit';
import { parts, t } from './i18n.js';
import { Live } from './live.js';
import { Model } from './model.js';
import { go, route } from './route.js';
import { second } from './time.js';
import { verdict } from './verdict.js';
import { pathPicture } from './path-picture.js';
import { drilled } from './words.js';
import { remembering } from './remembering.js';
import { MARKS, header, icon } from './shell.js';
import { DENSE } from './member-list.js';
import './event-log.js';

/** The verdict is read out when it changes, but not more often than this. */
const DIGEST_MILLIS = 5_000;
/** News is drawn when it comes; this is for ages, and for noticing that none comes. */
const TICK_MILLIS = 500;
/** Views that are asked for when somebody first goes there. */
const VIEWS = {
  past: { load: () => import('./past.js'), draw: (v) => html`<eg-past .model=${v.model} .now=${v.now} .route=${v.route}></eg-past>` },
  charts: { load: () => import('./charts.js'), draw: (v) => html`<eg-charts .model=${v.model} .now=${v.now} .route=${v.route}></eg-charts>` },
  incidents: {
    load: () => import('./incidents.js'),
    draw: (v) => html`<eg-incidents .model=${v.model} .now=${v.now} .route=${v.route}></eg-incidents>`,
  },
  record: { load: () => import('./record.js'), draw: (v) => html`<eg-record .model=${v.model} .now=${v.now} .route=${v.route}></eg-record>` },
};

class Page extends LitElement {
  static properties = { digest: { state: true }, width: { state: true }, route: { state: true }, loaded: { state: true } };

  #model = new Model();
  #live = new Live(this.#model, () => this.requestUpdate());
  #digestAt = -Infinity;
  #icon = '';
  #awake = null;
  #rooms = new ResizeObserver(([entry]) => this.#measure(entry.target));
  #room = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.digest = '';
    this.width = 0;
    this.loaded = {};
    this.#arrive();
    this.#live.start();
    setInterval(() => this.requestUpdate(), TICK_MILLIS);
    this.addEventListener('keydown', walk);
    addEventListener('hashchange', () => this.#arrive());
    addEventListener('keydown', (e) => e.key === 'Escape' && this.route.view === 'wall' && go('now'));
    document.addEventListener('visibilitychange', () => this.#wake());
  }

  /** Another view, or the same one elsewhere. */
  async #arrive() {
    const before = this.route?.view;
    this.route = route();
    const { view } = this.route;
    document.documentElement.classList.toggle('wall', view === 'wall');
    this.#wake();
    if (before !== undefined && before !== view) {
      scrollTo(0, 0);
    }
    if (VIEWS[view] && this.loaded[view] !== true) {
      const had = await VIEWS[view].load().then(
        () => true,
        () => false,
      );
      this.loaded = { ...this.loaded, [view]: had };
    }
  }

  /** A screen on the wall does not go to sleep, where the browser allows to ask for that. */
  async #wake() {
    const wanted = this.route.view === 'wall' && document.visibilityState === 'visible';
    if (wanted && !this.#awake) {
      this.#awake = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null;
      this.#awake?.addEventListener('release', () => (this.#awake = null));
    } else if (!wanted) {
      await this.#awake?.release();
    }
  }

  updated() {
    const room = this.querySelector('.path-room');
    if (room !== this.#room) {
      this.#rooms.disconnect();
      this.#room = room;
      if (room) {
        this.#rooms.observe(room);
      }
    }
  }

  #measure(room) {
    this.scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 15;
    this.width = Math.floor(room.clientWidth);
  }

  render() {
    const monotonic = performance.now();
    const model = this.#model;
    const now = Math.floor(model.now(monotonic) / 1000) * 1000 + 500;
    const said = verdict(model, monotonic, now);
    const fresh = model.begun && said.tone !== 'stale';
    this.#tell(said, monotonic);
    return html`${header(model, this.route.view, fresh, this.#live.status === 'open', monotonic)}
      <main id="main" tabindex="-1" class=${said.tone === 'stale' ? 'is-stale' : ''}>
        ${this.#verdict(said)} ${this.#drill()} ${this.#icmp()} ${remembering(model.history, now)} ${this.#view(model, now)}
      </main>
      <p class="sr-only" role="status">${this.digest}</p>`;
  }

  #view(model, now) {
    const { view } = this.route;
    if (!VIEWS[view]) {
      return this.#now(model, now);
    }
    if (this.loaded[view] === false) {
      return cannotBeHad();
    }
    return this.loaded[view] && model.begun ? VIEWS[view].draw({ model, now, route: this.route }) : nothing;
  }

  #now(model, now) {
    return html`<div class="columns ${model.members.length > DENSE ? 'many' : ''}">
      <div class="left">
        <div class="panel path-panel">
          <div class="path-room">${model.begun && this.width > 0 ? pathPicture(model, this.width, this.scale) : nothing}</div>
        </div>
        ${model.begun ? html`<eg-members .members=${model.members} .model=${model} .second=${now}></eg-members>` : nothing}
        ${model.watched.length > 0
          ? html`<eg-members watched .members=${model.watched} .model=${model} .second=${now}></eg-members>`
          : nothing}
      </div>
      <div class="panel right"><eg-log .events=${model.events} .now=${now}></eg-log></div>
    </div>`;
  }

  #verdict(said) {
    return html`<section class="verdict verdict-${said.tone}" aria-label=${t('look.verdict')}>
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
      : html`<section class="drill" aria-label=${t('drill.title')}>
          <span class="mark" aria-hidden="true">◇</span>
          <p><strong>${t('drill.title')}:</strong> ${drilled(drill, second)}</p>
        </section>`;
  }

  #icmp() {
    const icmp = this.#model.icmp;
    if (icmp.mode !== 'NONE') {
      return nothing;
    }
    return html`<section class="notice" aria-label=${t('look.notice')}>
      <p><strong>${t('look.noIcmp')}</strong> ${t('look.noIcmpWhy')}</p>
      ${icmp.remedy ? html`<p>${parts('look.noIcmpRemedy', { command: html`<code>${icmp.remedy}</code>` })}</p>` : nothing}
    </section>`;
  }

  /** Title and icon at once, the read-out with restraint. */
  #tell(said, monotonic) {
    const drill = this.#model.drill;
    const condition = said.tone === 'well' ? 'Echogate' : `${MARKS[said.tone]} ${said.digest.split(' · ')[0].split(':')[0]} · Echogate`;
    document.title = drill === null ? condition : `◇ ${t('drill.title')} · ${condition}`;
    if (this.#icon !== said.tone) {
      this.#icon = said.tone;
      document.querySelector('link[rel=icon]').href = icon(said.tone);
    }
    const digest = drill === null ? said.digest : `${t('drill.title')}: ${drilled(drill, second)}. ${said.digest}`;
    if (this.#model.begun && digest !== this.digest && monotonic - this.#digestAt > DIGEST_MILLIS) {
      this.#digestAt = monotonic;
      queueMicrotask(() => (this.digest = digest));
    }
  }
}

/** A monitor that was replaced by a newer one no longer has this page's files. */
function cannotBeHad() {
  return html`<section class="notice" aria-label=${t('look.notice')}>
    <p>
      <strong>${t('look.noView')}</strong> ${t('look.noViewWhy')}
      <button type="button" class="tool-button reload" @click=${() => location.reload()}>${t('look.reload')}</button>
    </p>
  </section>`;
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
