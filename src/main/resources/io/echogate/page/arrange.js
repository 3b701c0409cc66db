// Which members a table shows and in what order. Pure.

import { CAUSES, STATE_WORDS } from './words.js';

/** What a table can be sorted by; the first is the order of preference. */
export const SORTS = ['order', 'name', 'requests', 'slow', 'loss', 'newest'];

const TROUBLE = { DOWN: 0, SUSPECT: 1, RECOVERING: 2, UNKNOWN: 3, UP: 5 };

/**
 * @param look { filter, sort, problems, grouped }
 * @param rates of requests, by name
 * @returns [{ group, members }], in order; one group without a name unless they are grouped
 */
export function arrange(members, look, rates) {
  const wanted = members.filter(matches(look.filter));
  const sorted = wanted.slice().sort(comparator(look, rates, new Map(members.map((m, i) => [m.name, i]))));
  return look.grouped ? groups(sorted) : [{ group: '', members: sorted }];
}

function groups(sorted) {
  const found = new Map();
  for (const m of sorted) {
    const group = m.group ?? '';
    found.set(group, [...(found.get(group) ?? []), m]);
  }
  return [...found].map(([group, members]) => ({ group, members }));
}

function matches(filter) {
  const words = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return () => true;
  }
  return (m) => {
    const text = [m.name, m.url, m.address ?? '', m.group ?? '', m.state, STATE_WORDS[m.state], CAUSES[m.cause] ?? '', m.intent]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** How much a member deserves the eye: 0 most. */
function rank(m) {
  return m.state === 'UP' && m.intent !== 'READY' ? 4 : (TROUBLE[m.state] ?? 3);
}

function comparator(look, rates, places) {
  const by = {
    order: () => 0,
    name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
    requests: (a, b) => (rates[b.name] ?? 0) - (rates[a.name] ?? 0),
    slow: (a, b) => slowness(b) - slowness(a),
    loss: (a, b) => b.host.lossPercent - a.host.lossPercent,
    newest: (a, b) => b.sinceMillis - a.sinceMillis,
  }[look.sort];
  return (a, b) => (look.problems ? rank(a) - rank(b) : 0) || by(a, b) || places.get(a.name) - places.get(b.name);
}

function slowness(m) {
  return m.service?.p99Millis ?? m.host.p99Millis ?? -1;
}
