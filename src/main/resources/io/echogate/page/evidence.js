// The chain of evidence: what was heard, what was concluded from it, and what is heard now, oldest first.

import { html, nothing } from 'lit';
import { number, t } from './i18n.js';
import { OUTCOMES, STATE_WORDS } from './words.js';
import { age, moment, trip } from './time.js';

/** As the monitor writes it: "12:00:01.250Z HTTP #812 SILENT: connected in 0.2 ms, ...". */
const LINE = /^(\d\d:\d\d:\d\d(?:\.\d+)?Z) (\w+) #(\d+) (\w+): (.*)$/s;
const DAY_MILLIS = 86_400_000;
const NEWEST = 60;

export function chain(m, event, now) {
  const troubled = m.state !== 'UP';
  const heard = troubled ? (event?.evidence ?? []) : [];
  return html`<ol class="why-chain">
    ${heard.map((text) => evidence(text, Date.parse(event.at), now))} ${concluded(m, event, now)} ${service(m)} ${machine(m, now)}
  </ol>`;
}

/** One line of evidence, its time in the reader's zone; as it is where it is written in another way. */
function evidence(text, before, now) {
  const [, time, kind, question, outcome, detail] = LINE.exec(text) ?? [];
  if (time === undefined) {
    return html`<li><span lang="en">${text}</span></li>`;
  }
  return html`<li>
    <time>${moment(onDay(time, before), now)}</time> ${kind} #${question}: ${OUTCOMES[outcome] ?? outcome}
    <span class="why-detail" lang="en">${detail}</span>
  </li>`;
}

/** The newest such time of day that is not after the event. */
function onDay(time, before) {
  const at = Date.parse(`${new Date(before).toISOString().slice(0, 11)}${time}`);
  return at > before + 1_000 ? at - DAY_MILLIS : at;
}

function concluded(m, event, now) {
  const from = event && event.from !== event.to ? `${STATE_WORDS[event.from]} → ` : '';
  const why = m.why && m.why !== event?.why ? html`<span class="why-detail" lang="en">${m.why}</span>` : nothing;
  return html`<li class="why-concluded">
    <time>${moment(m.sinceMillis, now)}</time> ${t('why.concluded', { state: `${from}${STATE_WORDS[m.state]}` })}
    ${event ? html`<span class="why-detail" lang="en">${event.why}</span>` : nothing} ${why}
  </li>`;
}

function service(m) {
  if (m.service === null) {
    return nothing;
  }
  const asked = m.serviceBeats.filter((b) => b.outcome !== 'OVERDUE' && b.outcome !== 'UNSENT').slice(-NEWEST);
  if (asked.length === 0) {
    return html`<li>${t('why.serviceUnasked')}</li>`;
  }
  const answered = asked.filter((b) => b.outcome === 'ANSWERED').length;
  const newest = asked.at(-1).outcome === 'ANSWERED' ? t('why.newestIn', { trip: trip(m.service.rttMillis) }) : OUTCOMES[asked.at(-1).outcome];
  return html`<li>
    ${t('why.serviceNow', { answered, of: asked.length, newest })}
    ${m.service.detail ? html`<span class="why-detail" lang="en">${m.service.detail}</span>` : nothing}
  </li>`;
}

function machine(m, now) {
  if (m.host.lastEchoAt === null) {
    return html`<li>${t('why.noIcmp')}</li>`;
  }
  const ago = age(now - Date.parse(m.host.lastEchoAt));
  const lost = number(m.host.lossPercent, 1);
  const answers = m.host.state === 'UP' || m.host.state === 'RECOVERING';
  return html`<li>
    ${answers ? t('why.machineAnswers', { lost, trip: trip(m.host.rttMillis), ago }) : t('why.machineSilent', { lost, ago })}
  </li>`;
}
