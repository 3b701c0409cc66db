// Why a member, or one who is only watched, is judged as it is: the conclusion, its evidence, how fast it was noticed, where
// the time of its questions went, and which requests it touched. Opened under its row.

import { LitElement, html, nothing } from 'lit';
import { number, parts, t } from './i18n.js';
import { KINDS, SHAPES, STATES, STATE_WORDS, ordered, rate } from './words.js';
import { age, moment, since, took, trip } from './time.js';
import { link } from './route.js';
import { Followed } from './followed.js';
import { readOnly } from './operator.js';
import { chain } from './evidence.js';
import { incidentOf, noticed, promises } from './noticed.js';
import { LOOKED_THROUGH, proofs } from './proofs.js';
import { waterfall } from './waterfall.js';
import './member-orders.js';

const SOONEST_MILLIS = 1_000;
const PROOFS_MILLIS = 2_000;
const EVENTS = 5;
/** Commands that advice may name. */
const COMMANDS = { unpause: 'docker unpause', status: 'systemctl status', lookUp: 'getent hosts', timeout: 'ping.timeout' };
let panels = 0;

class Why extends LitElement {
  static properties = {
    member: { attribute: false },
    model: { attribute: false },
    /** The monitor's time, in milliseconds. */
    now: { attribute: false },
    /** The drill in which its failure is played, or null. */
    drill: { attribute: false },
    allEchoes: { state: true },
    allRequests: { state: true },
  };

  #id = `why-${++panels}`;
  #name = null;
  #echoes = null;
  #requests = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener('keydown', this.#key);
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#key);
    this.#unfollow();
  }

  #key(event) {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      this.dispatchEvent(new CustomEvent('close', { bubbles: true }));
    }
  }

  willUpdate() {
    if (this.isConnected && this.#name !== this.member.name) {
      this.#unfollow();
      this.#follow(this.member);
    }
  }

  #follow(m) {
    const told = () => this.requestUpdate();
    const every = Math.max(SOONEST_MILLIS, this.model.pollMillis);
    this.#name = m.name;
    this.#echoes = new Followed(`members/${encodeURIComponent(m.name)}/echoes`, every, told);
    this.#requests = m.kind || readOnly ? null : new Followed(`requests?member=${encodeURIComponent(m.name)}&limit=${LOOKED_THROUGH}`, PROOFS_MILLIS, told);
  }

  #unfollow() {
    this.#echoes?.stop();
    this.#requests?.stop();
    this.#name = null;
  }

  render() {
    const m = this.member;
    const events = this.model.events.filter((e) => e.member === m.name);
    const newest = events.find((e) => e.to === m.state && e.from !== e.to);
    return html`<div class="why">
      ${headline(m, this.model, this.now)}
      ${this.#halves(m, newest)}
      <section><h4>${t('why.waterfall')}</h4>${this.#waterfall(m)}</section>
      ${m.kind
        ? nothing
        : html`<section>
            <h4>${t('why.requests')}</h4>
            ${proofs(this.#requests, m.name, this.now, this.allRequests, () => (this.allRequests = !this.allRequests))}
          </section>`}
      <div class="why-halves">
        ${m.kind ? nothing : html`<section><eg-orders .name=${m.name} .intent=${m.intent} .drill=${this.drill}></eg-orders></section>`}
        ${happened(events.slice(0, EVENTS), this.now)}
      </div>
      <p class="why-links">
        <a href=${link('charts', { member: m.name, last: '1h' })}>${t('why.toCharts')}</a>
        <a href=${link('incidents')}>${t('why.toIncidents')}</a>
      </p>
    </div>`;
  }

  /** A short chain leaves room for the figures under it. */
  #halves(m, newest) {
    const short = m.state === 'UP';
    const figures = facts(m, this.model, this.now);
    return html`<div class="why-halves">
      <section><h4>${t('why.chain')}</h4>${chain(m, newest, this.now)} ${short ? figures : nothing}</section>
      <section>${this.#noticed(m)} ${short ? nothing : figures}</section>
    </div>`;
  }

  #noticed(m) {
    const incident = m.state === 'UP' ? undefined : incidentOf(this.model, m.name);
    const promise = this.#echoes.body?.promise;
    if (incident) {
      return html`<h4>${t('why.noticedTitle')}</h4>${noticed(incident, promise)}`;
    }
    return promise ? html`<h4>${t('why.promisedTitle')}</h4>${promises(promise)}` : nothing;
  }

  #waterfall(m) {
    const { answer, body } = this.#echoes;
    if (body === null) {
      return html`<p class="why-quiet why-room">${answer === null ? t('why.asking') : t('why.noEchoes', { status: String(answer.status) })}</p>`;
    }
    const service = body.service !== null;
    const more = () => (this.allEchoes = !this.allEchoes);
    return html`${waterfall(service ? body.service : body.host, service, this.allEchoes, this.#id, more)}
      ${service ? lookUp(m, body.lookUp, this.now) : nothing}`;
  }
}

/** What is the matter in one sentence, and what to look at. */
function headline(m, model, now) {
  const code = model.isolated ? 'ISOLATED' : m.state === 'DOWN' ? m.cause : m.state;
  const told = t(`why.${`head_${code}`}`, { name: m.name, age: age(now - m.sinceMillis) });
  const advised = model.isolated || m.state !== 'UP';
  return html`<div><h3 class="tone-${STATES[m.state]}"><span class="why-shape" aria-hidden="true">${SHAPES[m.state]}</span> ${told}</h3>
    ${advised ? html`<p class="why-advice">${parts(`why.${`advice_${code}`}`, commands())}</p>` : nothing}</div>`;
}

function commands() {
  return Object.fromEntries(Object.entries(COMMANDS).map(([key, text]) => [key, html`<code>${text}</code>`]));
}

function facts(m, model, now) {
  return html`<h4>${t('why.figures')}</h4>
    <dl class="facts">
      ${fact(t('why.address'), m.address ?? t('why.noAddress'))}
      ${m.service === null ? nothing : fact(t('why.serviceTrips'), spread(m.service))} ${fact(t('why.machineTrips'), spread(m.host))}
      ${m.kind ? fact(t('why.asked'), t('why.watchedOnly', { kind: KINDS[m.kind] })) : pool(m, model, now)}
      ${m.nextAt > now ? fact(t('why.next'), t('why.nextIn', { time: took(m.nextAt - now) })) : nothing}
    </dl>`;
}

function pool(m, model, now) {
  const { total, members } = model.rates;
  const own = members[m.name] ?? 0;
  return html`${total === null ? nothing : fact(t('why.traffic'), share(own, total))}
    ${m.servingSince ? fact(t('why.inRotation'), t('why.since', { time: since(Date.parse(m.servingSince), now) })) : nothing}
    ${fact(t('why.standing'), t('why.weight', { weight: m.weight, priority: m.priority }))}
    ${fact(t('why.wanted'), ordered(m, model.running[m.name], (at) => moment(at, now)))}`;
}

function share(own, total) {
  const perSecond = t('why.perSecond', { rate: rate(own) });
  return total === 0 ? perSecond : t('why.share', { rate: perSecond, percent: number((100 * own) / total, 0) });
}

function fact(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function spread(part) {
  if (part.p50Millis === null) {
    return t('why.noTrips');
  }
  return t('why.trips', { p50: trip(part.p50Millis), p95: trip(part.p95Millis), p99: trip(part.p99Millis) });
}

/** Names are looked up beside the questions, so that is told beside them. */
function lookUp(m, newest, now) {
  if (newest === null) {
    return m.address === null ? nothing : html`<p class="why-quiet">${t('why.noName')}</p>`;
  }
  const ago = age(now - Date.parse(newest.at));
  const told = newest.failure === '' ? t('why.lookedUp', { took: took(newest.tookMillis), ago }) : t('why.lookUpFailed', { took: took(newest.tookMillis), ago });
  return html`<p class="why-quiet">${told} ${newest.failure === '' ? nothing : html`<span lang="en">${newest.failure}</span>`}</p>`;
}

function happened(events, now) {
  return html`<section>
    <h4>${t('why.happened')}</h4>
    ${events.length === 0
      ? html`<p class="why-quiet">${t('why.nothingHappened')}</p>`
      : html`<ul class="recent">
          ${events.map(
            (e) => html`<li>
              <a href=${link('past', { at: e.at })}><time datetime=${e.at}>${moment(Date.parse(e.at), now)}</time></a>
              ${e.from === e.to ? nothing : `${STATE_WORDS[e.from]} → ${STATE_WORDS[e.to]}: `}<span lang="en">${e.why}</span>
            </li>`,
          )}
        </ul>`}
  </section>`;
}

customElements.define('eg-why', Why);
