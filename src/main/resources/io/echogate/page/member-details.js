// Why a member is judged as it is: what was concluded, from what, and where the time of its newest answer went.

import { html, svg, nothing } from 'lit';
import { KINDS, STATES, ordered } from './words.js';
import './member-orders.js';
import { age, moment, trip } from './time.js';

export function details(m, model, now, drill) {
  const events = model.events.filter((e) => e.member === m.name).slice(0, 5);
  return html`<dl class="facts">
      ${fact('Why', m.why)} ${fact('Since', `${moment(m.sinceMillis, now)} (${age(now - m.sinceMillis)} ago)`)}
      ${m.service === null ? nothing : fact('Newest answer of the service', answer(m))} ${fact('Machine', host(m, now))}
      ${m.service === null ? nothing : fact('Round trips of the service', spread(m.service))}
      ${fact('Round trips of the machine', spread(m.host))} ${fact('Address', m.address ?? 'not resolved yet')}
      ${m.kind
        ? fact('Asked', `${KINDS[m.kind]}; gets no requests`)
        : fact('Wanted', ordered(m, model.running[m.name], (at) => moment(at, now)))}
    </dl>
    ${m.service?.timing ? waterfall(m.service.timing) : nothing}
    ${m.kind ? nothing : html`<eg-orders .name=${m.name} .intent=${m.intent} .drill=${drill}></eg-orders>`}
    ${events.length === 0
      ? nothing
      : html`<h3>What happened to it</h3>
          <ul class="recent">
            ${events.map(
              (e) => html`<li>
                <time>${moment(Date.parse(e.at), now)}</time> ${STATES[e.from]} → ${STATES[e.to]}: ${e.why}
              </li>`,
            )}
          </ul>`}`;
}

function fact(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function answer(m) {
  const status = m.service.status === null ? '' : `status ${m.service.status}, `;
  return m.service.lastEchoAt === null ? 'not asked yet' : `${status}${m.service.detail || 'no detail'}`;
}

function host(m, now) {
  if (m.host.lastEchoAt === null) {
    return 'not asked by ICMP';
  }
  const seen = age(now - Date.parse(m.host.lastEchoAt));
  return `${STATES[m.host.state]}, ${m.host.lossPercent} % lost of the last 60, asked ${seen} ago`;
}

function spread(part) {
  if (part.p50Millis === null) {
    return 'no answer among the last 60';
  }
  const jitter = part.jitterMillis === null ? '' : `, jitter ${trip(part.jitterMillis)}`;
  return `half within ${trip(part.p50Millis)}, 95 % within ${trip(part.p95Millis)}, 99 % within ${trip(part.p99Millis)}${jitter}`;
}

/** Phases of the newest question, one after the other; what was not reached is not drawn. */
function waterfall(timing) {
  const total = timing.totalMillis ?? 0;
  if (total <= 0) {
    return nothing;
  }
  const phases = [
    ['connect', 0, timing.connectMillis],
    ['first byte', timing.connectMillis, timing.firstByteMillis],
    ['rest', timing.firstByteMillis ?? timing.connectMillis ?? 0, total],
  ].filter(([, from, to]) => from !== null && to !== null && to >= from);
  return html`<div class="waterfall">
    <h3>Where its newest question spent ${trip(total)}</h3>
    ${phases.map(
      ([name, from, to], i) => html`<div class="phase">
        <span>${name}</span>
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          ${svg`<rect class="track" width="100" height="8" /><rect class="phase-${i}" x=${(from / total) * 100} width=${Math.max(0.5, ((to - from) / total) * 100)} height="8" />`}
        </svg>
        <span class="phase-trip">${trip(to - from)}</span>
      </div>`,
    )}
  </div>`;
}
