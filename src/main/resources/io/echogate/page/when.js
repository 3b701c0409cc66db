// Moments and spans of the past, in the reader's zone and language.

import { locale, number } from './i18n.js';

const FULL = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const MINUTE = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const SHORT_DAY = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const EXACT = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});
const CLOCK = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' });

/** The reader's time zone by its name. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "26 Nov 2026, 12:31:04". */
export const full = (at) => FULL.format(at);
/** "26 Nov, 12:31". */
export const minute = (at) => MINUTE.format(at);
/** "26 Nov 2026". */
export const day = (at) => DAY.format(at);
/** "26 Nov". */
export const shortDay = (at) => SHORT_DAY.format(at);
/** "12:31:04.120". */
export const exact = (at) => EXACT.format(at);
/** "12:31:04". */
export const clock = (at) => CLOCK.format(at);
/** RFC 3339 in UTC, as addresses and questions have it. */
export const iso = (at) => new Date(at).toISOString();

/** Milliseconds, or null of what is none. */
export function millis(text) {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}

/** "0.91 s", "95.2 s", "12 min 5 s", "26 h 3 min", "4 d 2 h": two units at most. */
export function span(of) {
  if (of < 120_000) {
    return `${number(of / 1000, of < 100 ? 3 : of < 10_000 ? 2 : 1)} s`;
  }
  const [big, small, ...units] = of < 7_200_000 ? [60_000, 1000, 'min', 's'] : of < 172_800_000 ? [3_600_000, 60_000, 'h', 'min'] : [86_400_000, 3_600_000, 'd', 'h'];
  const rest = Math.floor((of % big) / small);
  return `${Math.floor(of / big)} ${units[0]}${rest ? ` ${rest} ${units[1]}` : ''}`;
}

/** What a field of type datetime-local holds for that moment, in the reader's zone. */
export function local(at) {
  const shifted = at - new Date(at).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 19);
}
