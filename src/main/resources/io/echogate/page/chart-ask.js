// What the charts are asked to show, read from the address, and the asking for it.

import { get } from './api.js';
import { t } from './i18n.js';
import { link } from './route.js';

export const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const LASTS = {
  '15m': 15 * MINUTE,
  '1h': HOUR,
  '6h': 6 * HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
  '90d': 90 * DAY,
  '1y': 365 * DAY,
};
export const USUAL_LAST = '1h';
/** Lines of more members than that are a tangle. */
export const MOST_LINES = 12;
/** As many as there are pixels to tell them apart by. */
const USUAL_STEPS = 500;
/** The newest seconds are still on their way into the database. */
const STORED_AFTER_MILLIS = 3_000;
const LEAST_PACE_MILLIS = 5 * SECOND;
const LEAST_RANGE_MILLIS = 2 * SECOND;
const LONGEST_RANGE_MILLIS = 3650 * DAY;
const WORST_FIRST = ['DOWN', 'SUSPECT', 'RECOVERING', 'UNKNOWN', 'UP'];

/** A moment in the address, or null when it is none. */
function moment(text) {
  const at = text === null ? NaN : Date.parse(text);
  return Number.isFinite(at) ? Math.floor(at / SECOND) * SECOND : null;
}

function range(params, now) {
  const from = moment(params.get('from'));
  const to = moment(params.get('to'));
  if (from !== null && to !== null && to - from >= LEAST_RANGE_MILLIS) {
    return { from: Math.max(0, from, to - LONGEST_RANGE_MILLIS), to, last: null };
  }
  const last = params.get('last') in LASTS ? params.get('last') : USUAL_LAST;
  const end = Math.floor((now - STORED_AFTER_MILLIS) / SECOND) * SECOND;
  return { from: end - LASTS[last], to: end, last };
}

/** Those who are not well first: of many, these are the ones to look at. */
function drawn(model) {
  const all = [...model.members, ...model.watched];
  const ranked = all.toSorted((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state));
  return (all.length > MOST_LINES ? ranked.slice(0, MOST_LINES) : all).map((m) => m.name);
}

/**
 * @param now milliseconds by the monitor's clock
 * @returns what to show: `members` by name, `one` of them or null, how many there are in `all`, the range in milliseconds,
 *     `last` when it ends now, `log` for the scale of times
 */
export function asked(model, params, now) {
  const named = [...new Set(params.getAll('member').flatMap((m) => m.split(',')))].filter(Boolean).slice(0, MOST_LINES);
  const members = named.length > 0 ? named : drawn(model);
  return {
    ...range(params, now),
    members,
    named,
    one: members.length === 1 ? members[0] : null,
    all: model.members.length + model.watched.length,
    pollMillis: model.pollMillis,
    log: params.get('scale') !== 'linear',
  };
}

/** The address of the same with something else in it. */
export function address(view, change = {}) {
  return link('charts', parameters(view, change));
}

export function parameters(view, change) {
  const at = (millis) => new Date(millis).toISOString();
  const range = view.last === null ? { from: at(view.from), to: at(view.to) } : { last: view.last };
  const ranged = 'last' in change || 'from' in change ? {} : range;
  return {
    member: view.named.join(','),
    ...ranged,
    scale: view.log ? '' : 'linear',
    ...change,
  };
}

/** Twice as long around the same middle, but not into the future. */
export function wider(view, now) {
  const half = view.to - view.from;
  const middle = (view.from + view.to) / 2;
  const to = Math.min(Math.max(middle + half, view.to), Math.max(now, view.to));
  const from = Math.max(0, to - 2 * half);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** Why there is nothing to show: a sentence, the monitor's own reason if it gave one, and whether asking again may help. */
export class Fault extends Error {
  constructor(said, why, again) {
    super(said);
    this.why = why;
    this.again = again;
  }
}

async function ask(path, params) {
  const { status, body, why } = await get(path, params);
  if (body !== null) {
    return body;
  }
  switch (status) {
    case 0:
      throw new Fault(t('charts.silent'), '', true);
    case 404:
      throw new Fault(t('charts.off'), '', false);
    case 400:
      throw new Fault(t('charts.refused'), why, false);
    default:
      throw new Fault(t('charts.waiting'), why, true);
  }
}

function within(view) {
  return [
    ['from', new Date(view.from).toISOString()],
    ['to', new Date(view.to).toISOString()],
  ];
}

/** Shorter steps than two questions need would be every other one empty. */
function stepSeconds(view, steps) {
  return Math.ceil(Math.max(2 * view.pollMillis, (view.to - view.from) / steps) / SECOND);
}

function figures(view, metric, members, steps) {
  const step = ['step', `${stepSeconds(view, steps)}s`];
  return ask('history', [['metric', metric], ...members.map((m) => ['member', m]), ...within(view), step]);
}

function incidents(view) {
  return ask('incidents', within(view));
}

/**
 * All that is drawn.
 *
 * @param watched names of those who get no requests
 * @param steps at most, or one more: what does not begin with a whole step is widened
 * @returns what was answered, by metric; a metric of nobody is null
 */
export async function load(view, watched, steps = USUAL_STEPS) {
  const serving = view.members.filter((m) => !watched.includes(m));
  const [host, service, requests, lag, found] = await Promise.all([
    figures(view, 'host', view.members, steps),
    figures(view, 'service', view.members, steps),
    serving.length > 0 ? figures(view, 'requests', serving, steps) : null,
    figures(view, 'lag', [], steps),
    incidents(view),
  ]);
  return { host, service, requests, lag, incidents: found.incidents, moreIncidents: found.next !== null };
}

/** How often what ends now is asked for again. */
export function paceMillis(loaded) {
  return Math.max(LEAST_PACE_MILLIS, loaded?.lag.stepMillis ?? 0);
}
