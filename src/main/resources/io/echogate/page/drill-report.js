// What a drill has shown, where it was begun: fetched each second while it lasts and until its member is back.

import { html, nothing } from 'lit';
import { get } from './api.js';
import { t } from './i18n.js';
import { CAUSES, DRILLS } from './words.js';
import { took } from './time.js';

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
  return (await get('drill')).body?.report ?? null;
}

export function drillReport(report) {
  const r = report.requests;
  return html`<div class="drill-report">
    <h5>${t('act.reportTitle', { mode: DRILLS[report.mode] ?? report.mode })}</h5>
    <dl class="facts">
      ${fact(t('act.left'), after(report.leftAfterMillis))} ${fact(t('act.named'), named(report))} ${fact(t('act.met'), met(r))}
      ${fact(t('act.lost'), r.wouldHaveFailed === 0 ? t('act.noneLost') : t('act.wouldLose', { n: r.wouldHaveFailed, member: report.member }))}
      ${fact(t('act.ran'), t('act.couldFinish', { n: report.runningAtStart }))}
      ${report.ended === null ? nothing : fact(t('act.ended'), report.end ? html`<span lang="en">${report.end}</span>` : t('act.yes'))}
      ${report.ended === null ? nothing : fact(t('act.back'), back(report.backAfterMillis))}
    </dl>
  </div>`;
}

function fact(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function named(report) {
  return report.downAfterMillis === null ? t('act.notYet') : `${CAUSES[report.cause] ?? t('act.down')}, ${after(report.downAfterMillis)}`;
}

function met(r) {
  const counts = t('act.requests', { n: r.met, elsewhere: r.elsewhere, failed: r.failed });
  return r.met === 0 ? counts : `${counts}; ${t('act.times', { p99: took(r.p99Millis), worst: took(r.worstMillis) })}`;
}

function after(millis) {
  return millis === null ? t('act.notYet') : t('act.after', { time: took(millis) });
}

function back(millis) {
  return millis === null ? t('act.notYet') : t('act.afterEnd', { time: took(millis) });
}
