// What the page knows: one snapshot, moved on by numbered changes. No network and no document in here.

/** Strips keep a little more than they show, so that a burst of questions does not push out the minute before. */
const KEPT_MILLIS = 150_000;
const KEPT_EVENTS = 300;
/** Beats that are too old are let go so many at a time. */
const TRIMMED = 64;
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
  /** Who did not change stays the same object; who did is another one, whose beats may be the same array. */
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
  /** Where a member of that name stands; those who are only watched go on behind the pool. */
  #places = new Map();
  #chosen = { of: null, those: [] };

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
    const all = [...message.members, ...(message.watched ?? [])];
    this.#places = new Map(all.map((m, i) => [m.name, i]));
    const begun = all.map((m, i) => this.#whole(m, null, this.#asked(message.next?.[i] ?? -1)));
    this.members = begun.slice(0, message.members.length);
    this.watched = begun.slice(message.members.length);
    this.events = message.events.slice().reverse();
  }

  #move(message) {
    this.seq = message.seq;
    this.at = Date.parse(message.at);
    this.isolated = message.isolated;
    this.icmp = message.icmp ?? this.icmp;
    this.drill = message.drill === undefined ? this.drill : message.drill;
    if (message.events.length > 0) {
      this.events = [...message.events.slice().reverse(), ...this.events].slice(0, KEPT_EVENTS);
    }
    this.#moveMembers(message);
  }

  /** Each that changed becomes another object, once. */
  #moveMembers(message) {
    const moved = new Map();
    for (const m of [...message.members, ...(message.watched ?? [])]) {
      const i = this.#places.get(m.name);
      const before = this.#member(i);
      moved.set(i, this.#whole(m, before, before.nextAt));
    }
    const another = (i) => {
      if (!moved.has(i)) {
        moved.set(i, { ...this.#member(i) });
      }
      return moved.get(i);
    };
    this.#figures(message.figures ?? {}, another);
    message.next?.i.forEach((i, n) => (another(i).nextAt = this.#asked(message.next.millis[n])));
    if (moved.size > 0) {
      this.#replace(moved);
    }
  }

  #member(i) {
    return i < this.members.length ? this.members[i] : this.watched[i - this.members.length];
  }

  #replace(moved) {
    const pool = this.members.length;
    const members = this.members.slice();
    const watched = this.watched.slice();
    moved.forEach((m, i) => (i < pool ? (members[i] = m) : (watched[i - pool] = m)));
    this.members = members;
    this.watched = watched;
  }

  /** When the next question is due by the monitor's clock, or null. */
  #asked(millis) {
    return millis < 0 ? null : this.#serverMillis + millis;
  }

  #whole({ strips, ...now }, before, nextAt) {
    return {
      ...now,
      nextAt,
      sinceMillis: Date.parse(now.since),
      hostBeats: this.#beats(strips.host, before?.hostBeats),
      serviceBeats: this.#beats(strips.service, before?.serviceBeats),
    };
  }

  #beats(columns, before) {
    const beats = columns.whole || !before ? [] : before;
    let at = 0;
    for (let i = 0; i < columns.t.length; i++) {
      at += columns.t[i];
      this.#beat(beats, at, columns.o[i], columns.r[i]);
    }
    return trimmed(beats);
  }

  #beat(beats, at, letter, micros) {
    beats.push({ at, outcome: this.outcomes[letter] ?? 'UNSENT', millis: millis(micros) });
  }

  #figures({ host, service, detail }, another) {
    this.#columns(host, another, 'hostBeats', (m, k, common) => {
      m.host = { ...m.host, ...common, lossPercent: host.loss[k] / 10 };
    });
    this.#columns(service, another, 'serviceBeats', (m, k, common) => {
      const timing = timed(service, k);
      m.service = { ...m.service, ...common, timing };
    });
    for (const [i, text] of Object.entries(detail ?? {})) {
      const m = another(Number(i));
      m.service = { ...m.service, detail: text };
    }
  }

  #columns(columns, another, beats, take) {
    let b = 0;
    for (let k = 0; k < (columns?.i.length ?? 0); k++) {
      const m = another(columns.i[k]);
      take(m, k, this.#common(columns, k));
      for (const end = b + columns.n[k]; b < end; b++) {
        this.#beat(m[beats], this.at - columns.t[b], columns.o[b], columns.r[b]);
      }
      trimmed(m[beats]);
    }
  }

  #common(columns, k) {
    return {
      rttMillis: millis(columns.rtt[k]),
      lastEchoAt: columns.last[k] === null ? null : new Date(this.at - columns.last[k]).toISOString(),
      jitterMillis: millis(columns.jitter[k]),
      p50Millis: millis(columns.p50[k]),
      p95Millis: millis(columns.p95[k]),
      p99Millis: millis(columns.p99[k]),
    };
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

  get begun() {
    return this.epoch !== null;
  }

  /** Those that the next request may go to: one, or all who share the requests. */
  get chosen() {
    if (this.#chosen.of !== this.members) {
      this.#chosen = { of: this.members, those: this.members.filter((m) => m.chosen) };
    }
    return this.#chosen.those;
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

function millis(micros) {
  return micros < 0 ? null : micros / 1000;
}

function timed(columns, k) {
  return columns.total[k] < 0 && columns.connect[k] < 0
    ? null
    : {
        connectMillis: millis(columns.connect[k]),
        firstByteMillis: millis(columns.firstByte[k]),
        totalMillis: millis(columns.total[k]),
      };
}

/** Lets go of what is too old, in place, and not for each beat anew. */
function trimmed(beats) {
  const oldest = (beats.at(-1)?.at ?? 0) - KEPT_MILLIS;
  if (beats.length > TRIMMED && beats[TRIMMED].at <= oldest) {
    const kept = beats.findIndex((b) => b.at > oldest);
    beats.splice(0, kept);
  }
  return beats;
}
