// What was known at a past moment: the verdict of then, who stood how, which incidents lasted, and what happened around it.

import { html, nothing } from 'lit';
import { number, t } from './i18n.js';
import { link } from './route.js';
import { CAUSES, INTENTS, SHAPES, STATES, STATE_WORDS } from './words.js';
import { exact, full, iso, millis, span } from './when.js';
import { headline } from './incident-words.js';

/** Who is only watched does not serve; the past does not tell, so the address and the present do. */
function pool(fleet, model) {
  const watched = new Set(model.watched.map((m) => m.name));
  return fleet.members.filter((m) => !watched.has(m.name) && /^https?:/.test(m.url));
}

const isUp = (m) => m.state === 'UP' || m.state === 'SUSPECT';

/** In one sentence, as the line at the top of the page. */
export function verdictThen(fleet, at, model) {
  const { tone, lead, rest } = said(fleet, at, pool(fleet, model));
  return html`<p class="then-verdict tone-${tone}">
    <span class="mark" aria-hidden="true">${MARKS[tone]}</span>
    <span><strong>${lead}</strong>${rest.map((part) => html`<span class="soft"> · ${part}</span>`)}</span>
  </p>`;
}

const MARKS = { well: '●', down: '✕', isolated: '⊘', unknown: '○' };

function said(fleet, at, members) {
  if (!fleet.known) {
    return { tone: 'unknown', lead: t('past.unknown'), rest: [t('past.unknownWhy')] };
  }
  if (members.length === 0) {
    return { tone: 'unknown', lead: t('past.nobodyYet'), rest: [] };
  }
  const up = members.filter(isUp).length;
  const rest = members.filter((m) => !isUp(m)).map((m) => ill(m, at));
  const few = rest.length > 3 ? [...rest.slice(0, 2), t('words.more', { n: rest.length - 2 })] : rest;
  if (fleet.isolated) {
    return { tone: 'isolated', lead: t('past.isolated'), rest: few };
  }
  const lead = up === members.length ? t('past.allUp', { n: up }) : up === 0 ? t('past.noneUp') : t('past.someUp', { n: members.length, up });
  return { tone: up === members.length ? 'well' : 'down', lead, rest: few };
}

function ill(m, at) {
  const how = m.state === 'DOWN' ? (CAUSES[m.cause] ?? STATE_WORDS[m.state]) : STATE_WORDS[m.state];
  return t('past.ill', { name: m.name, how, span: span(Math.max(0, at - millis(m.since))) });
}

/** Incidents that lasted then. */
export function openThen(incidents, at) {
  if (incidents.length === 0) {
    return nothing;
  }
  return html`<ul class="then-open" aria-label=${t('past.openThen')}>
    ${incidents.map(
      (i) => html`<li>
        <a href=${link('incidents', { id: i.id })}>${headline(i)}</a>
        <span class="soft">${i.endedAt === null ? t('incidents.open') : t('past.overIn', { span: span(Math.max(0, millis(i.endedAt) - at)) })}</span>
      </li>`,
    )}
  </ul>`;
}

export function fleetThen(fleet, at, model) {
  const members = new Set(pool(fleet, model));
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${t('past.members')}>
    <table class="plain-table then-table">
      <thead>
        <tr>
          ${['past.state', 'past.member', 'past.why', 'past.since', 'past.traffic', 'past.machine', 'past.service'].map((key) => html`<th scope="col">${t(key)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${fleet.members.map((m) => row(m, at, members.has(m)))}
      </tbody>
    </table>
  </div>`;
}

function row(m, at, serves) {
  const since = millis(m.since);
  return html`<tr class="tone-${STATES[m.state]}">
    <td><span class="pill"><span class="shape" aria-hidden="true">${SHAPES[m.state]}</span>${STATE_WORDS[m.state]}</span></td>
    <th scope="row">${m.name}<span class="url">${m.url}</span></th>
    <td class="then-why">
      ${m.cause === 'NONE' ? nothing : html`<strong>${CAUSES[m.cause] ?? m.causeWords}</strong> `}<span lang="en">${m.why}</span>
    </td>
    <td><time datetime=${m.since} title=${full(since)}>${span(Math.max(0, at - since))}</time></td>
    <td>${serves ? html`${m.serving ? t('past.serving') : t('past.standby')}${m.intent === 'READY' ? nothing : html`<span class="soft"> · ${INTENTS[m.intent]}</span>`}` : t('past.watched')}</td>
    <td>${part(m.host)}</td>
    <td>${m.url.startsWith('icmp:') ? '–' : part(m.service)}</td>
  </tr>`;
}

function part({ state, rttMillis }) {
  return html`<span aria-hidden="true">${SHAPES[state]}</span> ${STATE_WORDS[state]}${rttMillis === null ? nothing : html` <span class="soft">${number(rttMillis, 2)} ms</span>`}`;
}

/** The oldest first, with the moment itself among them. */
export function around({ events, next }, at) {
  const all = events.slice().reverse();
  const after = all.findIndex((e) => millis(e.at) > at);
  const cut = after < 0 ? all.length : after;
  return html`<section class="one-part" aria-labelledby="around-title">
    <h3 id="around-title">${t('past.around')}</h3>
    ${next === null ? nothing : html`<p class="soft">${t('past.cut', { n: events.length })}</p>`}
    <ol class="timeline">
      ${all.slice(0, cut).map(event)}
      <li class="this-moment"><time datetime=${iso(at)}>${exact(at)}</time><span>${t('past.thisMoment')}</span></li>
      ${all.slice(cut).map(event)}
    </ol>
  </section>`;
}

function event(e) {
  const moved = e.member && e.from !== e.to;
  return html`<li>
    <a href=${link('past', { at: e.at })}><time datetime=${e.at}>${exact(millis(e.at))}</time></a>
    <div>
      <p>
        <b>${e.member || t('incidents.monitor')}</b>
        ${moved ? html`<span class="moved tone-${STATES[e.to]}">${STATE_WORDS[e.from]} → <span aria-hidden="true">${SHAPES[e.to]}</span> ${STATE_WORDS[e.to]}</span>` : nothing}
        <span lang="en">${e.why}</span>
      </p>
    </div>
  </li>`;
}
