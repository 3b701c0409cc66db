// Figures and times of charts in words, for axes, legends, tables and summaries.

import { locale, number, t } from './i18n.js';

const HOUR = 3_600;
const DAY = 24 * HOUR;

function clock(options) {
  return new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options });
}

const SECONDS = clock({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const MINUTES = clock({ hour: '2-digit', minute: '2-digit' });
const DAYS = clock({ day: 'numeric', month: 'short' });
const MONTHS = clock({ month: 'short' });
const YEARS = clock({ year: 'numeric' });
const LONG = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
const LONGEST = { ...LONG, second: '2-digit' };
/** With the year, and without where it is this one. */
const DATED = [LONG, LONGEST].map((options) => [clock({ ...options, year: 'numeric' }), clock(options)]);

/** @param seconds since 1970 @param step seconds: what is finer is not said */
export function moment(seconds, step) {
  const thisYear = new Date(seconds * 1000).getFullYear() === new Date().getFullYear();
  return DATED[step < 60 ? 1 : 0][thisYear ? 1 : 0].format(seconds * 1000);
}

/** What stands at the marks of a time axis; the day below the first one of each day. */
export function timeMarks(seconds, increment) {
  const [main, below] = increment < 60 ? [SECONDS, DAYS] : increment < DAY ? [MINUTES, DAYS] : increment < 28 * DAY ? [DAYS, YEARS] : [MONTHS, YEARS];
  let before = '';
  return seconds.map((at) => {
    const day = below.format(at * 1000);
    const text = day === before ? main.format(at * 1000) : `${main.format(at * 1000)}\n${day}`;
    before = day;
    return text;
  });
}

/** Three digits that say something. */
function digits(value) {
  return value >= 100 || value === 0 ? 0 : value >= 10 ? 1 : 2;
}

/** "850 µs", "1.25 ms", "2.5 s". */
function duration(millis) {
  if (millis < 1) {
    return `${number(millis * 1000, digits(millis * 1000))} µs`;
  }
  return millis < 1000 ? `${number(millis, digits(millis))} ms` : `${number(millis / 1000, digits(millis / 1000))} s`;
}

export const UNITS = {
  time: duration,
  percent: (value) => `${number(value, value < 1 ? 2 : 1)} %`,
  rate: (value) => `${number(value, digits(value))}/s`,
};

/** How long a step is: "10 s", "5 min", "1 h", "1 d". */
export function stepWords(seconds) {
  const [amount, unit] = seconds < 60 ? [seconds, 's'] : seconds < HOUR ? [seconds / 60, 'min'] : seconds < DAY ? [seconds / HOUR, 'h'] : [seconds / DAY, 'd'];
  return `${number(amount, 1)} ${unit}`;
}

function extremes(values, start, step) {
  let low = Infinity;
  let high = -Infinity;
  let at = null;
  values.forEach((value, i) => {
    if (value !== null) {
      low = Math.min(low, value);
      if (value > high) {
        high = value;
        at = start + i * step;
      }
    }
  });
  return { low, high, at };
}

/** The whole of a chart in a sentence. */
export function summary(chart) {
  const measure = UNITS[chart.unit];
  const of = (line) => extremes(line.drawn ?? line.values, chart.start, chart.step);
  const middle = chart.lines.find((line) => line.told) ?? chart.lines[0];
  const span = of(middle);
  const worst = chart.lines.map((line) => ({ line, ...of(line) })).reduce((a, b) => (b.high > a.high ? b : a));
  const values = {
    name: middle.name,
    low: measure(span.low),
    high: measure(span.high),
    worst: measure(worst.high),
    of: worst.line.name,
    at: worst.at === null ? '' : moment(worst.at, chart.step),
  };
  if (chart.unit === 'percent' && worst.high === 0) {
    return t('charts.noLoss');
  }
  if (chart.total) {
    return t('charts.sumRequests', { ...values, ...chart.total });
  }
  return middle.told ? t('charts.sumTimes', values) : t('charts.sumWorst', values);
}

/** datetime-local's own way of writing, in the reader's zone. */
export function forField(millis) {
  const date = new Date(millis);
  return new Date(millis - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
