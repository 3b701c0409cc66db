// What a drill has shown, where it was begun: fetched each second while it lasts and until its member is back.

import { html, nothing } from 'lit';
import { CAUSES, DRILLS } from './words.js';
import { age, trip } from './time.js';

const EVERY_MILLIS = 1_000;
/** So long after its end a member that is not back is no longer waited for. */
const MOST_AFTERWARDS_MILLIS = 60_000;

export class DrillFollower {
  #told;
  #timer = null;
  #since = null;

  /** @param told called with each report */
  constructor(told) {
    this.#told = told;
  }

  follow(drill) {
    if (this.#since !== drill.since) {
      this.stop();
      this.#since = drill.since;
      this.#look();
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#since = null;
  }

  async #look() {
    const since = this.#since;
    const report = await fetched();
    if (since !== this.#since || report === null) {
      return;
    }
    if (report.since === since) {
      this.#told(report);
    }
    const awaited = report.ended === null || (report.backAfterMillis === null && Date.now() - Date.parse(report.ended) < MOST_AFTERWARDS_MILLIS);
    if (report.since === since && awaited) {
      this.#timer = setTimeout(() => this.#look(), EVERY_MILLIS);
    }
  }
}

/** Null when there is none, or none to be had here. */
async function fetched() {
  try {
    const answer = await fetch('/-/api/v1/drill');
    return answer.ok ? (await answer.json()).report : null;
  } catch {
    return null;
  }
}

export function drillReport(report) {
  const r = report.requests;
  const times = r.met === 0 ? '' : `; 99 % within ${time(r.p99Millis)}, the longest ${time(r.worstMillis)}`;
  return html`<div class="drill-report">
    <h3>Drill: as if it was ${DRILLS[report.mode] ?? report.mode}</h3>
    <dl class="facts">
      ${fact('New requests went elsewhere', after(report.leftAfterMillis))}
      ${fact('Named', report.downAfterMillis === null ? 'not yet' : `${CAUSES[report.cause] ?? 'down'}, ${after(report.downAfterMillis)}`)}
      ${fact('Requests that met it', `${r.met}: ${r.elsewhere} answered elsewhere, ${r.failed} failed${times}`)}
      ${fact('Would have been lost', r.wouldHaveFailed === 0 ? 'none' : `${r.wouldHaveFailed}, which nobody else could have answered: ${report.member} was asked after all`)}
      ${fact('Ran there when it began', `${report.runningAtStart}, which could finish there`)}
      ${report.ended === null ? nothing : fact('Ended', report.end || 'yes')}
      ${report.ended === null ? nothing : fact('Up again', report.backAfterMillis === null ? 'not yet' : `${time(report.backAfterMillis)} after the end`)}
    </dl>
  </div>`;
}

function fact(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function after(millis) {
  return millis === null ? 'not yet' : `after ${time(millis)}`;
}

function time(millis) {
  return millis < 1_000 ? trip(millis) : millis < 60_000 ? `${(millis / 1_000).toFixed(1)} s` : age(millis);
}
