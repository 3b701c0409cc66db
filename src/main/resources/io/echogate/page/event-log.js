// What happened, newest first. A log for readers, not an announcer: the verdict line is what is read out.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { SHAPES, STATES } from './words.js';
import { moment } from './time.js';

const SHOWN = 200;

export function eventLog(model, now) {
  const events = model.events.slice(0, SHOWN);
  return html`<section class="log" aria-labelledby="log-title">
    <h2 id="log-title">What happened</h2>
    ${events.length === 0
      ? html`<p class="nothing">Nothing yet. Changes of state appear here, each with its reason.</p>`
      : html`<div class="log-lines" role="log" aria-live="off" tabindex="0" aria-labelledby="log-title">
          <ol>
            ${repeat(events, (e) => `${e.seq}/${e.member}/${e.type}`, (e) => line(e, now))}
          </ol>
        </div>`}
  </section>`;
}

function line(e, now) {
  const head = html`<time datetime=${e.at}>${moment(Date.parse(e.at), now)}</time>
    <span class="who">${e.member || 'monitor'}</span> ${change(e)}
    <span class="why"
      >${e.why}${e.evidence.length === 0 ? nothing : html` <span class="more">evidence</span>`}</span
    >`;
  return html`<li class="event tone-${STATES[e.to]}">
    ${e.evidence.length === 0
      ? html`<div class="event-head">${head}</div>`
      : html`<details>
          <summary class="event-head">${head}</summary>
          <ul class="evidence">
            ${e.evidence.map((fact) => html`<li>${fact}</li>`)}
          </ul>
        </details>`}
  </li>`;
}

function change(e) {
  if (!e.member) {
    return html`<span class="change">${e.type.replaceAll('_', ' ')}</span>`;
  }
  return html`<span class="change"
    >${e.from === e.to ? nothing : html`${e.from} <span aria-label="to">→</span> `}<span class="to"
      ><span aria-hidden="true">${SHAPES[e.to]}</span> ${e.to}</span
    ></span
  >`;
}
