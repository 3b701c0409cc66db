// One member, or one who is only watched: a row when there is room, a card when there is not. Redrawn when its member or
// the second changes.

import { LitElement, html, nothing } from 'lit';
import { BRIEFLY, KINDS, SHAPES, STATES, ordered, rate } from './words.js';
import { age, lasting, moment, trip } from './time.js';
import { newest, strip } from './strip.js';
import { details } from './member-details.js';
import { condition } from './verdict.js';

export class MemberRow extends LitElement {
  static properties = {
    member: { attribute: false },
    model: { attribute: false },
    /** The monitor's time, in whole seconds, so that ages tick and nothing else does. */
    second: { attribute: false },
    /** Requests per second that it answers, or undefined when not known yet. */
    rate: { attribute: false },
    /** The drill in which its failure is played, or null. */
    drill: { attribute: false },
    open: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  #toggle() {
    this.open = !this.open;
  }

  render() {
    const m = this.member;
    const id = m.kind ? `watched-${this.model.watched.indexOf(m)}` : `details-${this.model.members.indexOf(m)}`;
    this.className = `member tone-${STATES[m.state]}${m.chosen ? ' is-chosen' : ''}`;
    return html`<div class="member-row" role="row">
        <div class="member-state" role="cell">${state(m)}${this.drill ? badge() : nothing}</div>
        <div class="member-name" role="cell">
          <button
            type="button"
            class="member-toggle"
            aria-expanded=${this.open ? 'true' : 'false'}
            aria-controls=${id}
            @click=${this.#toggle}
          >
            <span class="name">${m.name}</span><span class="chevron" aria-hidden="true"></span>
          </button>
          <span class="url">${m.url}</span>
          <span class="cause">${cause(m, this.second)}</span>
          ${m.intent === 'READY' ? nothing : html`<span class="order">${this.#ordered(m)}</span>`}
        </div>
        <div class="member-echoes" role="cell">${this.#echoes(m)}</div>
        <div class="member-traffic" role="cell">${m.kind ? html`<span class="kind">${KINDS[m.kind]}</span>` : this.#traffic(m)}</div>
      </div>
      <div class="member-details" id=${id} role="row" ?hidden=${!this.open}>
        ${this.open ? html`<div role="cell" aria-colspan="4">${details(m, this.model, this.second, this.drill)}</div>` : nothing}
      </div>`;
  }

  #echoes(m) {
    const poll = this.model.pollMillis;
    const end = newest(m, poll);
    const noIcmp = m.host.lastEchoAt === null;
    return html`<div class="echo">
        <span class="echo-label">machine</span>${strip('Machine', m.hostBeats, end, poll)}
        ${newestTrip(m.hostBeats, m.host.rttMillis)}
        <span class="echo-loss ${m.host.lossPercent > 0 ? 'some' : ''}"
          >${noIcmp ? '' : html`${Math.round(m.host.lossPercent)} %<span class="unit"> lost</span>`}</span
        >
      </div>
      ${m.service === null
        ? nothing
        : html`<div class="echo">
            <span class="echo-label">service</span>${strip('Service', m.serviceBeats, end, poll)}
            ${newestTrip(m.serviceBeats, m.service.rttMillis)}
            <span class="echo-loss">${overdue(m, this.model, this.second)}</span>
          </div>`}`;
  }

  #ordered(m) {
    return ordered(m, this.model.running[m.name], (at) => moment(at, this.second));
  }

  #traffic(m) {
    const perSecond = this.rate;
    return html`<span class="rate"
        >${perSecond === undefined ? '–' : rate(perSecond)}<span class="unit"> requests/s</span></span
      >
      ${m.chosen ? html`<span class="badge">serves now</span>` : standby(m)}`;
  }
}

function state(m) {
  return html`<span class="pill"><span class="shape" aria-hidden="true">${SHAPES[m.state]}</span>${m.state}</span>
    ${m.intent === 'READY' ? nothing : html`<span class="intent">${m.intent.toLowerCase()}</span>`}`;
}

/** Beside the state: a failure of it may be a played one. */
function badge() {
  return html`<span class="drill-badge"><span class="shape" aria-hidden="true">◇</span>drill</span>`;
}

function standby(m) {
  return html`<span class="standby">${m.serving ? 'stands by' : 'gets none'}</span>`;
}

/** How long the newest question took, or how it failed. */
function newestTrip(beats, millis) {
  const failed = BRIEFLY[beats.at(-1)?.outcome];
  return failed
    ? html`<span class="echo-trip failed">${failed}</span>`
    : html`<span class="echo-trip">${beats.length === 0 ? '–' : trip(millis)}</span>`;
}

function cause(m, now) {
  const told = `${condition(m)} ${lasting(now - m.sinceMillis)}`;
  switch (m.state) {
    case 'UP':
      return told;
    case 'UNKNOWN':
      return m.kind ? m.why : condition(m);
    case 'RECOVERING':
      return html`<strong>${told}</strong>: answers again, not yet trusted`;
    default:
      return m.cause === 'NONE' ? html`<strong>${told}</strong>` : html`<strong>${told}</strong>: ${m.causeWords}`;
  }
}

/** Nobody is silent for longer than that without being asked again; if so, the figure is old and says so. */
function overdue(m, model, now) {
  const last = m.service.lastEchoAt === null ? null : Date.parse(m.service.lastEchoAt);
  return last !== null && now - last > model.staleAfterMillis ? html`<span class="old">${age(now - last)} old</span>` : '';
}

customElements.define('eg-member', MemberRow);
