// One member, or one who is only watched: a row when there is room, a card when there is not. Redrawn when its member or
// the second changes.

import { LitElement, html, nothing } from 'lit';
import { number, t } from './i18n.js';
import { BRIEFLY, INTENTS, KINDS, SHAPES, STATES, STATE_WORDS, causeWords, ordered, rate } from './words.js';
import { age, lasting, moment, trip, trips } from './time.js';
import { newest, strip } from './strip.js';
import { details } from './member-details.js';
import { condition } from './verdict.js';

class MemberRow extends LitElement {
  static properties = {
    member: { attribute: false },
    model: { attribute: false },
    /** The monitor's time, in whole seconds, so that ages tick and nothing else does. */
    second: { attribute: false },
    /** Its place in the table as it is shown, 1 for the first. */
    place: { attribute: false },
    open: { state: true },
  };

  #age = '';

  createRenderRoot() {
    return this;
  }

  /** One more second alone changes little about who is well. */
  shouldUpdate(changed) {
    const m = this.member;
    const told = age(this.second - m.sinceMillis);
    const same = told === this.#age && m.state === 'UP' && !isOverdue(m, this.model, this.second);
    this.#age = told;
    return this.open || !same || changed.size > 1 || !changed.has('second');
  }

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener('close', this.#close);
  }

  #toggle() {
    this.open = !this.open;
  }

  #close() {
    if (this.open) {
      this.open = false;
      this.querySelector('.member-toggle').focus();
    }
  }

  render() {
    const m = this.member;
    const id = m.kind ? `watched-${this.model.watched.indexOf(m)}` : `details-${this.model.members.indexOf(m)}`;
    const drill = !m.kind && this.model.drill?.member === m.name ? this.model.drill : null;
    const looks = `member tone-${STATES[m.state]}${m.chosen ? ' is-chosen' : ''}`;
    if (this.className !== looks) {
      this.className = looks;
    }
    return html`<div class="member-row" role="row" aria-rowindex=${this.place + 1}>
        <div class="member-state" role="cell">${state(m)}${drill ? badge() : nothing}</div>
        <div class="member-name" role="cell">
          <button
            type="button"
            class="member-toggle"
            aria-expanded=${this.open ? 'true' : 'false'}
            aria-controls=${id}
            @click=${this.#toggle}
            @keydown=${(e) => e.key === 'Escape' && this.#close()}
          >
            <span class="name" title=${m.name}>${m.name}</span><span class="chevron" aria-hidden="true"></span>
          </button>
          <span class="url">${m.url.replace(/^http:\/\//, '')}</span>
          <span class="cause">${cause(m, this.second)}</span>
          ${m.intent === 'READY' ? nothing : html`<span class="order">${this.#ordered(m)}</span>`}
        </div>
        <div class="member-echoes" role="cell">${this.#echoes(m)}</div>
        <div class="member-traffic" role="cell">${m.kind ? html`<span class="kind">${KINDS[m.kind]}</span>` : this.#traffic(m)}</div>
      </div>
      <div class="member-details" id=${id} role="row" ?hidden=${!this.open}>
        ${this.open ? html`<div role="cell" aria-colspan="4">${details(m, this.model, this.second, drill)}</div>` : nothing}
      </div>`;
  }

  #echoes(m) {
    const poll = this.model.pollMillis;
    const end = newest(m, poll);
    return html`<div class="echo">
        <span class="echo-label">${t('look.machine')}</span>${strip(t('look.Machine'), m.hostBeats, end, poll)}
        ${newestTrip(m.hostBeats, m.host.rttMillis)} ${spread(m.host)} ${lost(m.host.lastEchoAt === null ? null : m.host.lossPercent)}
      </div>
      ${m.service === null
        ? nothing
        : html`<div class="echo">
            <span class="echo-label">${t('look.service')}</span>${strip(t('look.Service'), m.serviceBeats, end, poll)}
            ${newestTrip(m.serviceBeats, m.service.rttMillis)} ${spread(m.service)}
            ${overdue(m, this.model, this.second) ?? lost(failedPercent(m.serviceBeats))}
          </div>`}`;
  }

  #ordered(m) {
    return ordered(m, this.model.running[m.name], (at) => moment(at, this.second));
  }

  #traffic(m) {
    const { total, members } = this.model.rates;
    const perSecond = total === null ? undefined : (members[m.name] ?? 0);
    const share = perSecond > 0 ? html`<span class="share">${number((100 * perSecond) / total, 0)} %</span>` : nothing;
    return html`<span class="rate">${perSecond === undefined ? '–' : rate(perSecond)}<span class="unit"> ${t('look.perSecond')}</span>${share}</span>
      ${m.chosen ? html`<span class="badge">${t('look.servesNow')}</span>` : standby(m)}
      ${m.serving && m.servingSince
        ? html`<span class="rotation" title=${moment(Date.parse(m.servingSince), this.second)}
            >${t('look.inRotation', { age: age(this.second - Date.parse(m.servingSince)) })}</span
          >`
        : nothing}`;
  }
}

function state(m) {
  return html`<span class="pill"><span class="shape" aria-hidden="true">${SHAPES[m.state]}</span>${STATE_WORDS[m.state]}</span>
    ${m.intent === 'READY' ? nothing : html`<span class="intent">${INTENTS[m.intent]}</span>`}`;
}

/** Beside the state: a failure of it may be a played one. */
function badge() {
  return html`<span class="drill-badge"><span class="shape" aria-hidden="true">◇</span>${t('drill.badge')}</span>`;
}

function standby(m) {
  return html`<span class="standby">${m.serving ? t('look.standsBy') : t('look.getsNone')}</span>`;
}

/** How long the newest question took, or how it failed. */
function newestTrip(beats, millis) {
  const failed = BRIEFLY[beats.at(-1)?.outcome];
  return failed
    ? html`<span class="echo-trip failed">${failed}</span>`
    : html`<span class="echo-trip">${beats.length === 0 ? '–' : trip(millis)}</span>`;
}

function spread(part) {
  return part.p50Millis === null
    ? html`<span class="echo-spread"></span>`
    : html`<span class="echo-spread"
        ><span class="unit">${t('look.spread')}</span> ${trips(part.p50Millis, part.p95Millis, part.p99Millis)}<span class="unit"> ms</span></span
      >`;
}

/** @param percent of the newest questions, or null when there were none */
function lost(percent) {
  return html`<span class="echo-loss ${percent > 0 ? 'some' : ''}"
    >${percent === null ? '' : html`${number(percent, 0)} %<span class="unit"> ${t('look.lost')}</span>`}</span
  >`;
}

/** Of the newest sixty: what has failed; an interim word is no end. */
function failedPercent(beats) {
  const ended = beats.slice(-60).filter((b) => b.outcome !== 'OVERDUE' && b.outcome !== 'UNSENT');
  return ended.length === 0 ? null : (100 * ended.filter((b) => b.outcome !== 'ANSWERED').length) / ended.length;
}

function cause(m, now) {
  const told = `${condition(m)} ${lasting(now - m.sinceMillis)}`;
  switch (m.state) {
    case 'UP':
      return told;
    case 'UNKNOWN':
      return m.kind ? html`<span lang="en">${m.why}</span>` : condition(m);
    case 'RECOVERING':
      return html`<strong>${told}</strong>: ${t('look.notTrusted')}${next(m, now)}`;
    default:
      return html`<strong>${told}</strong>${m.cause === 'NONE' ? nothing : `: ${causeWords(m)}`}${next(m, now)}`;
  }
}

/** When it is asked again, once that is seconds ahead: only who is DOWN is asked so seldom. */
function next(m, now) {
  const seconds = Math.ceil(((m.nextAt ?? 0) - now) / 1000);
  return seconds > 1 ? html`<span class="next"> · ${t('look.askedIn', { n: seconds })}</span>` : nothing;
}

/** Nobody is silent for longer than that without being asked again; if so, the figure is old and says so. */
function isOverdue(m, model, now) {
  return m.service?.lastEchoAt != null && now - Date.parse(m.service.lastEchoAt) > model.staleAfterMillis;
}

function overdue(m, model, now) {
  return isOverdue(m, model, now)
    ? html`<span class="echo-loss"><span class="old">${t('look.old', { age: age(now - Date.parse(m.service.lastEchoAt)) })}</span></span>`
    : null;
}

customElements.define('eg-member', MemberRow);
