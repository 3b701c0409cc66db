// From one event to the next one, and back.

import { iso, millis } from './when.js';

const FIRST_MILLIS = 60_000;
const WIDER = 8;
const MOST = 500;
const EVENTS = 'history/events';

/** @returns {Promise<number | null | undefined>} of the newest event before; null: none, undefined: no answer, or void */
export async function preceding(question, at) {
  const answer = await question.ask(EVENTS, { from: iso(0), to: iso(at), limit: 1 });
  return answer?.body ? millis(answer.body.events[0]?.at) : undefined;
}

/** Of the oldest event after. Answers have the newest first, so ever longer ranges are asked for until one has some. */
export async function following(question, at, now) {
  let from = at + 1;
  let length = FIRST_MILLIS;
  while (from < now) {
    const to = Math.min(now, from + length);
    const answer = await question.ask(EVENTS, { from: iso(from), to: iso(to), limit: MOST });
    if (!answer?.body) {
      return undefined;
    }
    const { events, next } = answer.body;
    if (next !== null && length > 1) {
      length = Math.ceil(length / 2);
    } else if (events.length > 0) {
      return millis(events.at(-1).at);
    } else {
      from = to;
      length *= WIDER;
    }
  }
  return null;
}
