// Charts made of the monitor's figures. Pure: no document, no network.

import { t } from './i18n.js';
import { summary } from './chart-words.js';

/** Tones of members' lines; the second half is dashed. */
const TONES = 6;
const DASH = [6, 4];

/** From the ground up. `of` takes one step of a member's figures. */
const ENDS = [
  { key: 'good', tone: 'good', of: (r, i) => at(r, '2xx', i) + at(r, '3xx', i) + at(r, '1xx', i) },
  { key: 'client', tone: 'client', of: (r, i) => at(r, '4xx', i) },
  { key: 'aborted', tone: 'aborted', of: (r, i) => at(r, 'aborted', i) },
  { key: 'server', tone: 'server', of: (r, i) => at(r, '5xx', i) },
  { key: 'elsewhere', tone: 'elsewhere', of: (r, i) => r.elsewhere[i] },
  { key: 'failed', tone: 'failed', of: (r, i) => r.failed[i] ?? 0 },
];

function at(requests, status, i) {
  return requests.statuses[status]?.[i] ?? 0;
}

function frame(figures) {
  return { start: Date.parse(figures.from) / 1000, step: figures.stepMillis / 1000 };
}

/** Median to 99th percentile as bands, the longest as dots. */
function bands(id, figures, one) {
  const line = (name, values, more) => ({ name: t(`charts.${name}`), values, ...more });
  return {
    id,
    unit: 'time',
    ...frame(figures),
    lines: [
      line('max', one.maxMillis, { tone: 'max', dots: true }),
      line('p99', one.p99Millis, { tone: 'p99', width: 1 }),
      line('p95', one.p95Millis, { tone: 'p95', width: 1.5, told: true }),
      line('p50', one.p50Millis, { tone: 'p50', width: 2 }),
    ],
    bands: [
      { between: [1, 2], tone: 'outer' },
      { between: [2, 3], tone: 'inner' },
    ],
  };
}

/** A line for each member. */
function overlaid(id, unit, figures, take, more) {
  return {
    id,
    unit,
    ...frame(figures),
    lines: figures.members
      .map((m, i) => ({
        name: m.member,
        values: take(m),
        tone: `line${i % TONES}`,
        dash: i >= TONES ? DASH : undefined,
        width: 1.5,
        ...more,
      }))
      .toReversed(),
    bands: [],
  };
}

function share(one) {
  return one.count.map((n, i) => (n === null || n === 0 ? null : (100 * one.failed[i]) / n));
}

/** Both kinds of loss of one member. */
function loss(host, service) {
  const lines = [
    { name: t('charts.lossHost'), figures: host, tone: 'line1', dash: DASH },
    { name: t('charts.lossService'), figures: service, tone: 'server' },
  ];
  return {
    id: 'loss',
    unit: 'percent',
    ...frame(service),
    lines: lines.map(({ figures, ...line }) => ({ ...line, values: share(figures.members[0]), width: 1.5, steps: true, filled: true })),
    bands: [],
  };
}

/** So many seconds of the last step are over: a rate counts these alone. */
function covered(figures, i, to) {
  const { start, step } = frame(figures);
  return Math.max(1, Math.min(step, to / 1000 - (start + i * step)));
}

/** True where the monitor was there to count: then nothing counted is none, and no gap. */
function watching(loaded, i) {
  const there = [loaded.lag.monitor, ...loaded.host.members, ...loaded.service.members];
  return there.some((one) => one.count[i] !== null && one.count[i] !== undefined);
}

/** How requests ended, one upon the other; of several members added up, where "elsewhere" is counted where it was answered. */
function requests(loaded, view) {
  const figures = loaded.requests;
  const steps = figures.members[0].count.length;
  const seen = Array.from({ length: steps }, (_, i) => watching(loaded, i) || figures.members.some((m) => m.count[i] !== null));
  const ends = view.one === null ? ENDS.filter((end) => end.key !== 'elsewhere') : ENDS;
  const lines = ends.map((end) => ({
    name: t(`charts.${end.key}`),
    tone: end.tone,
    steps: true,
    filled: true,
    width: 0,
    values: seen.map((there, i) => (there ? figures.members.reduce((sum, m) => sum + end.of(m, i), 0) / covered(figures, i, view.to) : null)),
  }));
  return { id: 'requests', unit: 'rate', ...frame(figures), lines: stacked(lines), bands: [], total: total(figures, ends) };
}

/** How many requests there were in all, and how many of them got an error of ours or no answer. */
function total(figures, ends) {
  const sum = (wanted) => {
    const counted = wanted.map((end) => figures.members.map((m) => m.count.map((_, i) => end.of(m, i))));
    return counted.flat(2).reduce((a, b) => a + b, 0);
  };
  return { all: sum(ends), bad: sum(ends.filter((end) => end.key === 'server' || end.key === 'failed')) };
}

/** Each line is drawn upon those before it; the highest first, so that the lower ones cover it. */
function stacked(lines) {
  const used = lines.filter((line, i) => i === 0 || line.values.some((v) => v > 0));
  let below = used[0].values.map((v) => (v === null ? null : 0));
  for (const line of used) {
    below = line.values.map((v, i) => (v === null ? null : v + below[i]));
    line.drawn = below;
  }
  return used.toReversed();
}

function several(loaded) {
  const p95 = (m) => m.p95Millis;
  return [
    overlaid('service95', 'time', loaded.service, p95),
    overlaid('host95', 'time', loaded.host, p95),
    overlaid('lossServices', 'percent', loaded.service, share, { steps: true }),
    overlaid('lossHosts', 'percent', loaded.host, share, { steps: true }),
  ];
}

function single(loaded) {
  const [host] = loaded.host.members;
  const [service] = loaded.service.members;
  return [bands('service', loaded.service, service), bands('host', loaded.host, host), loss(loaded.host, loaded.service)];
}

/** Requests, when somebody that is drawn gets any. */
function carried(loaded, view) {
  if (loaded.requests === null) {
    return [];
  }
  const times =
    view.one === null
      ? overlaid('took95', 'time', loaded.requests, (m) => m.p95Millis)
      : bands('took', loaded.requests, loaded.requests.members[0]);
  return [requests(loaded, view), times];
}

function told(chart) {
  const empty = chart.lines.every((line) => line.values.every((v) => v === null));
  return { ...chart, empty, summary: empty ? t('charts.nothing') : summary(chart) };
}

/**
 * Charts of what was loaded, from the top down: `{id, unit, start, step, lines, bands, empty, summary}`. Times are seconds;
 * a line has `values`, one for each step, and `drawn` where it is drawn upon others.
 */
export function build(loaded, view) {
  const own = view.one === null ? several(loaded) : single(loaded);
  return [...own, ...carried(loaded, view), bands('lag', loaded.lag, loaded.lag.monitor)].map(told);
}

/** Incidents that touch somebody who is drawn, in seconds; what lasts goes on to the end. */
export function marks(loaded, view) {
  return loaded.incidents
    .filter((i) => i.kind === 'isolation' || i.members.some((m) => view.members.includes(m)))
    .map((incident) => ({
      incident,
      from: Date.parse(incident.firstBadAt ?? incident.namedAt) / 1000,
      to: (incident.endedAt === null ? view.to : Date.parse(incident.endedAt)) / 1000,
      tone: incident.drill || incident.planned ? 'planned' : 'outage',
    }));
}
