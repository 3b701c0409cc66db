// An answer of the API that is asked for again and again, for as long as somebody looks at it.

import { get } from './api.js';

/** So seldom where the answer is that there is none. */
const SELDOM_MILLIS = 15_000;

export class Followed {
  /** { status, body }; status 0: nobody answered. Null: not asked yet. */
  answer = null;
  #path;
  #every;
  #told;
  #timer = null;
  #ended = false;

  /**
   * @param path below /-/api/v1/
   * @param every milliseconds between two askings
   * @param told called after each answer
   */
  constructor(path, every, told) {
    this.#path = path;
    this.#every = every;
    this.#told = told;
    this.#look();
  }

  /** Its body, or null while there is none to be had; the newest good one where the network fails. */
  get body() {
    return this.answer?.body ?? null;
  }

  stop() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  async #look() {
    if (!document.hidden) {
      await this.#ask();
    }
    if (!this.#ended) {
      const refused = this.answer !== null && this.answer.status >= 400;
      this.#timer = setTimeout(() => this.#look(), refused ? SELDOM_MILLIS : this.#every);
    }
  }

  async #ask() {
    const answer = await get(this.#path);
    if (!this.#ended) {
      this.answer = answer.status === 0 ? { status: 0, body: this.body } : answer;
      this.#told();
    }
  }
}
