// An answer of the API that is asked for again and again, for as long as somebody looks at it.

/** So seldom where the answer is that there is none. */
const SELDOM_MILLIS = 15_000;
/** Who is not asked for that long is not waited for. */
const LONGEST_MILLIS = 10_000;

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
    const answer = await asked(`/-/api/v1/${this.#path}`);
    if (!this.#ended) {
      this.answer = answer.status === 0 ? { status: 0, body: this.body } : answer;
      this.#told();
    }
  }
}

/** Never throws. */
async function asked(path) {
  try {
    const answer = await fetch(path, { signal: AbortSignal.timeout(LONGEST_MILLIS) });
    return { status: answer.status, body: answer.ok ? await answer.json() : null };
  } catch {
    return { status: 0, body: null };
  }
}
