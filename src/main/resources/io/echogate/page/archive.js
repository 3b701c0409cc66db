// Questions about what is remembered: the newest one wins, and when there is no answer there is something to be said.

import { html, nothing } from 'lit';
import { t } from './i18n.js';

const ROOT = '/-/api/v1/';
const AGAIN_MILLIS = 2_000;

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
   * @returns {Promise<{ body?: object, status?: number, why?: string } | null>} null when it was void before it was
   *     answered; without a body: the status (0: no answer) and what the monitor wrote, in English
   */
  async ask(path, params = {}) {
    this.stop();
    const asked = (this.#running = new AbortController());
    const answer = await answered(path, params, asked.signal);
    return asked.signal.aborted ? null : answer;
  }

  stop() {
    this.#running?.abort();
  }
}

async function answered(path, params, signal) {
  const given = Object.entries(params)
    .flatMap(([name, values]) => [values].flat().map((value) => [name, value]))
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
  const query = new URLSearchParams(given).toString();
  try {
    const answer = await fetch(`${ROOT}${path}${query ? `?${query}` : ''}`, { signal });
    return answer.ok ? { body: await answer.json() } : { status: answer.status, why: await reason(answer) };
  } catch {
    return { status: 0, why: '' };
  }
}

async function reason(answer) {
  try {
    return (await answer.json()).error ?? '';
  } catch {
    return '';
  }
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

/** When to ask again. What is stored comes a little later than what happened, so each change is asked for twice. */
export class Refresh {
  #seen = null;
  #left = 0;
  #at = -Infinity;

  /** True when it is time: never twice within two seconds, and never while nobody looks. */
  due(model, monotonic) {
    const stamp = `${model.epoch}/${model.events[0]?.seq}/${JSON.stringify(model.incidents ?? '')}`;
    if (stamp !== this.#seen) {
      this.#left = this.#seen === null ? 1 : 2;
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
