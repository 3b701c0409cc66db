// Times and durations in words, in the reader's time zone and way of writing. All take milliseconds.

import { locale, number, t } from './i18n.js';

const CLOCK = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});
const SHORT_CLOCK = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });

/** "4 s", "3 min", "2 h 5 min", "6 d": never more than an operator needs. */
export function age(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) {
    return t('time.seconds', { n: seconds });
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return t('time.minutes', { n: minutes });
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    const whole = t('time.hours', { n: hours });
    return hours < 6 && minutes % 60 ? `${whole} ${t('time.minutes', { n: minutes % 60 })}` : whole;
  }
  return t('time.days', { n: Math.floor(hours / 24) });
}

/** "for 4 s", or "just now". */
export function lasting(millis) {
  return millis < 1000 ? t('time.justNow') : t('time.lasting', { age: age(millis) });
}

/** Time of day with milliseconds; with the day before it when that is not today. */
export function moment(at, now) {
  const time = CLOCK.format(at);
  return DAY.format(at) === DAY.format(now) ? time : `${DAY.format(at)} ${time}`;
}

/** Time of day; with the day before it when that is not today. */
export function since(at, now) {
  const time = SHORT_CLOCK.format(at);
  return DAY.format(at) === DAY.format(now) ? time : `${DAY.format(at)} ${time}`;
}

export function second(at) {
  return SHORT_CLOCK.format(at);
}

/** Round trips: "0.16 ms", "1.2 ms", "23 ms"; a dash without one. */
export function trip(millis) {
  return millis === null || millis === undefined ? '–' : `${figure(millis)} ms`;
}

/** Several of them, told with one unit: "0.16 · 0.4 · 1.2". */
export function trips(...millis) {
  return millis.map((m) => (m === null || m === undefined ? '–' : figure(m))).join(' · ');
}

/** By how many digits there are behind the point. Made once: making one costs more than all else in a row. */
const FIGURES = [0, 1, 2].map((n) => new Intl.NumberFormat(locale, { minimumFractionDigits: n, maximumFractionDigits: n }));

function figure(millis) {
  return FIGURES[millis < 1 ? 2 : millis < 10 ? 1 : 0].format(millis);
}

/** How long something took, from milliseconds to days: "410 ms", "1.48 s", "12 s", "3 min". */
export function took(millis) {
  if (millis < 1_000) {
    return trip(millis);
  }
  return millis < 10_000 ? t('time.seconds', { n: number(millis / 1_000, 2) }) : age(millis);
}
