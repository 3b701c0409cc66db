// The live stream: connects, resumes, asks once for a snapshot when something is missing, comes back by itself.

import { SILENCE_MILLIS } from './model.js';

const FIRST_WAIT_MILLIS = 250;
const LONGEST_WAIT_MILLIS = 5_000;
/** An open stream that says nothing for so long is dead: beats come each second. */
const DEAD_MILLIS = 3 * SILENCE_MILLIS;
const CHECK_MILLIS = 1_000;

export class Live {
  #model;
  #changed;
  #socket = null;
  #heardAt = 0;
  #resyncing = false;
  #failures = 0;
  #telling = false;

  /** @param changed called after messages and changes of the connection, at most once per frame while somebody can see it */
  constructor(model, changed) {
    this.#model = model;
    this.#changed = changed;
  }

  /** "connecting", "open" or "waiting" (to try again). */
  status = 'connecting';

  start() {
    this.#connect();
    setInterval(() => this.#check(), CHECK_MILLIS);
  }

  #url() {
    const url = new URL('api/v1/live', location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    url.search = this.#model.begun ? `?epoch=${this.#model.epoch}&after=${this.#model.seq}` : '';
    url.hash = '';
    return url;
  }

  #connect() {
    this.status = 'connecting';
    this.#resyncing = false;
    this.#heardAt = performance.now();
    const socket = new WebSocket(this.#url());
    this.#socket = socket;
    socket.onmessage = (event) => this.#heard(socket, event.data);
    socket.onclose = () => this.#lost(socket);
    this.#tell();
  }

  #heard(socket, data) {
    if (socket !== this.#socket) {
      return;
    }
    this.#heardAt = performance.now();
    this.#failures = 0;
    this.status = 'open';
    const message = JSON.parse(data);
    if (message.type === 'snapshot') {
      this.#resyncing = false;
    }
    if (!this.#resyncing && !this.#model.take(message, this.#heardAt)) {
      this.#resyncing = true;
      socket.send('resync');
    }
    this.#tell();
  }

  #check() {
    if (this.status !== 'waiting' && performance.now() - this.#heardAt > DEAD_MILLIS) {
      const socket = this.#socket;
      this.#lost(socket);
      socket.close();
    }
  }

  #lost(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    this.status = 'waiting';
    const most = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** this.#failures++);
    setTimeout(() => this.#connect(), most * (0.5 + Math.random() / 2));
    this.#tell();
  }

  /** Many messages in one frame are one change to the eye; what nobody sees has no frames. */
  #tell() {
    if (document.hidden) {
      this.#changed();
    } else if (!this.#telling) {
      this.#telling = true;
      requestAnimationFrame(() => {
        this.#telling = false;
        this.#changed();
      });
    }
  }
}
