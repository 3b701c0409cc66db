// What the page knows: one snapshot, moved on by numbered changes. No network and no document in here.

/** Strips keep a little more than they show, so that a burst of questions does not push out the minute before. */
const KEPT_MILLIS = 150_000;
const KEPT_EVENTS = 300;
/** So long without a word from the monitor, and what is shown is called stale. */
export const SILENCE_MILLIS = 2_500;

export class Model {
  epoch = null;
  seq = -1;
  at = 0;
  isolated = false;
  icmp = { mode: 'UNKNOWN', remedy: '' };
  /** The failure that is played, or null. */
  drill = null;
  listen = '';
  pollMillis = 1000;
  staleAfterMillis = 10_000;
  members = [];
  /** Who is only watched: as members, with the kind of asking, and without what requests need. */
  watched = [];
  events = [];
  /** Those that last and those that ended lately, newest first, each with what it did to requests where that is known. */
  incidents = [];
  rates = { total: null, members: {}, classes: {}, p50Millis: null, p99Millis: null };
  /** Requests that still run, by the name of a member that an operator wants to be without. */
  running = {};
  /** How remembering goes. */
  history = { state: 'OPENING' };
  outcomes = {};
  #serverMillis = 0;
  #heardAt = -Infinity;

  /** Takes a message; false when something is missing before it and a snapshot must be asked for. */
  take(message, monotonic) {
    if (message.type === 'change' && message.epoch === this.epoch && message.seq <= this.seq) {
      return true;
    }
    if (message.type !== 'snapshot' && !this.#follows(message)) {
      return false;
    }
    this.#heardAt = monotonic;
    this.#serverMillis = Date.parse(message.now);
    this.rates = message.rates;
    this.running = message.running ?? this.running;
    this.history = message.history ?? this.history;
    if (message.type === 'snapshot') {
      this.#begin(message);
    } else if (message.type === 'change') {
      this.#move(message);
    }
    this.#told(message);
    return true;
  }

  #follows(message) {
    const expected = message.type === 'change' ? message.prev : message.seq;
    return message.epoch === this.epoch && expected === this.seq;
  }

  #begin(message) {
    this.epoch = message.epoch;
    this.seq = message.seq;
    this.at = Date.parse(message.at);
    this.isolated = message.isolated;
    this.icmp = message.icmp;
    this.drill = message.drill ?? null;
    this.listen = message.listen;
    this.pollMillis = message.pollFreqMillis;
    this.staleAfterMillis = message.staleAfterMillis;
    this.outcomes = message.outcomes;
    this.members = message.members.map((m) => this.#member(m, null));
    this.watched = (message.watched ?? []).map((m) => this.#member(m, null));
    this.events = message.events.slice().reverse();
  }

  #move(message) {
    this.seq = message.seq;
    this.at = Date.parse(message.at);
    this.isolated = message.isolated;
    this.icmp = message.icmp ?? this.icmp;
    this.drill = message.drill === undefined ? this.drill : message.drill;
    this.members = this.#moved(this.members, message.members);
    this.watched = this.#moved(this.watched, message.watched ?? []);
    if (message.events.length > 0) {
      this.events = [...message.events.slice().reverse(), ...this.events].slice(0, KEPT_EVENTS);
    }
  }

  /** Incidents that are others than before, and what they have done to requests since. */
  #told(message) {
    const tolls = message.tolls ?? {};
    if (message.incidents || Object.keys(tolls).length > 0) {
      const known = new Map(this.incidents.map((i) => [i.id, i.requests]));
      this.incidents = (message.incidents ?? this.incidents).map((i) => ({
        ...i,
        requests: tolls[i.id] ?? known.get(i.id) ?? null,
      }));
    }
  }

  #moved(known, changes) {
    const changed = new Map(changes.map((m) => [m.name, m]));
    return known.map((m) => (changed.has(m.name) ? this.#member(changed.get(m.name), m) : m));
  }

  #member(now, before) {
    return {
      ...now,
      sinceMillis: Date.parse(now.since),
      hostBeats: this.#beats(now.strips.host, before?.hostBeats),
      serviceBeats: this.#beats(now.strips.service, before?.serviceBeats),
    };
  }

  #beats(columns, before) {
    const beats = columns.whole || !before ? [] : before.slice();
    let at = 0;
    for (let i = 0; i < columns.t.length; i++) {
      at += columns.t[i];
      beats.push({
        at,
        outcome: this.outcomes[columns.o[i]] ?? 'UNSENT',
        millis: columns.r[i] < 0 ? null : columns.r[i] / 1000,
      });
    }
    const oldest = (beats.at(-1)?.at ?? 0) - KEPT_MILLIS;
    return beats.filter((b) => b.at > oldest);
  }

  get begun() {
    return this.epoch !== null;
  }

  /** Those that the next request may go to: one, or all who share the requests. */
  get chosen() {
    return this.members.filter((m) => m.chosen);
  }

  /** The monitor's time now, as far as it can be known here. */
  now(monotonic) {
    return this.#serverMillis + (this.begun ? monotonic - this.#heardAt : 0);
  }

  /** How old the picture is, in milliseconds. */
  dataAge(monotonic) {
    return Math.max(0, this.now(monotonic) - this.at);
  }

  /** Milliseconds without data when that is too long, else null. */
  stale(monotonic) {
    if (!this.begun) {
      return null;
    }
    const silence = monotonic - this.#heardAt;
    if (silence > SILENCE_MILLIS) {
      return silence;
    }
    const old = this.dataAge(monotonic);
    return old > this.staleAfterMillis ? old : null;
  }
}
