// Questions about what is remembered: the newest one wins, and when there is no answer there is something to be said.

import { html, nothing } from 'lit';
import { get } from './api.js';
import { t } from './i18n.js';

const AGAIN_MILLIS = 2_000;
/** Storing may take a few seconds. */
const TIMES = 5;

/**
 * One question at a time: a newer one makes an older one void.
 */
export class Question {
  #running = null;

  /**
   * Never throws.
   *
   * @param path below /-/api/v1/
   * @param params those without a value are left out; of a list each is one
   * @returns as `get`, or null when it was void before it was answered
   */
  async ask(path, params = {}) {
    this.stop();
    const asked = (this.#running = new AbortController());
    const answer = await get(path, given(params), asked.signal);
    return asked.signal.aborted ? null : answer;
  }

  stop() {
    this.#running?.abort();
  }
}

/** Those with a value, by pairs; of a list each is one. */
function given(params) {
  return Object.entries(params)
    .flatMap(([name, values]) => [values].flat().map((value) => [name, value]))
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
}

/** What to say when there was no answer. */
export function silence(answer) {
  switch (answer.status) {
    case 404:
      return html`<p class="calm">${t('past.off')}</p>`;
    case 503:
      return html`<p class="calm">${t('past.waits')} ${english(answer.why)}</p>`;
    case 0:
      return html`<p class="calm">${t('past.silent')}</p>`;
    default:
      return html`<p class="calm">${t('past.refused')} ${english(answer.why)}</p>`;
  }
}

/** What the monitor wrote, as it is. */
export function english(text) {
  return text ? html`<span lang="en">${text}</span>` : nothing;
}

/** When to ask again. What is stored comes a little later than what happened, so each change is asked for several times. */
export class Refresh {
  #seen = null;
  #left = 0;
  #at = -Infinity;

  /** True when it is time: never twice within two seconds, and never while nobody looks. */
  due(model, monotonic) {
    const stamp = `${model.epoch}/${model.events[0]?.seq}/${JSON.stringify(model.incidents ?? '')}`;
    if (stamp !== this.#seen) {
      this.#left = this.#seen === null ? 1 : TIMES;
      this.#seen = stamp;
    }
    if (this.#left === 0 || document.hidden || monotonic - this.#at < AGAIN_MILLIS) {
      return false;
    }
    this.#left--;
    this.#at = monotonic;
    return true;
  }

  /** As if all had changed. */
  reset() {
    this.#seen = null;
    this.#at = -Infinity;
  }
}
