// A strip: the last sixty intervals of asking, one cell each. What is known by colour is known by height and shape too:
// an answer is a bar as high as it was slow, a failure a whole bar broken in the middle, no question a dot.

import { svg, html } from 'lit';
import { t } from './i18n.js';
import { OUTCOMES } from './words.js';
import { second, trip } from './time.js';

const CELLS = 60;
const HEIGHT = 20;
const BAR = 0.74;
const KINDS = ['none', 'asked', 'good', 'late', 'bad'];
/** Where cells begin. */
const PLACES = Array.from({ length: CELLS }, (_, i) => (i + (1 - BAR) / 2).toFixed(2));

/** The interval that the newest cell of a member's strips stands for: the newest that both have an echo of. */
export function newest(member, pollMillis) {
  const host = Math.floor((member.hostBeats.at(-1)?.at ?? 0) / pollMillis);
  const service = Math.floor((member.serviceBeats.at(-1)?.at ?? 0) / pollMillis);
  return Math.abs(host - service) <= 2 ? Math.min(host, service) : Math.max(host, service);
}

/** One cell per interval, oldest first; the worst echo of an interval stands for it. */
function cells(beats, end, pollMillis) {
  const found = new Array(CELLS).fill(null);
  for (const beat of beats) {
    const i = Math.floor(beat.at / pollMillis) - end + CELLS - 1;
    if (i >= 0 && i < CELLS) {
      found[i] = worse(found[i], beat);
    }
  }
  return fill(found, pollMillis);
}

function worse(cell, beat) {
  const count = (cell?.count ?? 0) + 1;
  return !cell || weight(beat.outcome) >= weight(cell.outcome) ? { ...beat, count } : { ...cell, count };
}

function weight(outcome) {
  return { ANSWERED: 1, UNSENT: 0, LATE: 2, OVERDUE: 2 }[outcome] ?? 3;
}

/** An answer that came just after its interval ended belongs to it: questions jitter, gaps mean something. */
function fill(found, pollMillis) {
  return found.map((cell, i) => {
    const before = found[i - 1];
    const after = found[i + 1];
    const close = before && after && after.at - before.at < 1.7 * pollMillis;
    return cell ?? (close && after.outcome === 'ANSWERED' ? after : null);
  });
}

function kind(cell) {
  if (cell === null) {
    return 'none';
  }
  return ['asked', 'good', 'late', 'bad'][weight(cell.outcome)];
}

/** 100 µs is a quarter of the strip, 1 s three quarters; between them by orders of magnitude. */
function height(millis) {
  const magnitude = Math.log10(Math.max(0.1, Math.min(1000, millis ?? 0.1))) + 1;
  return 6.5 + (magnitude / 4) * 9.5;
}

/** What is drawn of each kind. */
function paths(found) {
  const drawn = { none: '', asked: '', good: '', late: '', bad: '' };
  found.forEach((cell, i) => {
    const k = kind(cell);
    drawn[k] += shape(k, PLACES[i], cell);
  });
  return drawn;
}

function shape(wanted, x, cell) {
  switch (wanted) {
    case 'none':
      return bar(x, HEIGHT - 1.5, 1.5);
    case 'asked':
      return bar(x, HEIGHT - 3, 3);
    case 'good':
      return bar(x, HEIGHT - height(cell.millis), height(cell.millis));
    case 'late':
      return bar(x, 2, HEIGHT - 2);
    default:
      return bar(x, 0, 8.5) + bar(x, 11.5, 8.5);
  }
}

function bar(x, y, h) {
  return `M${x} ${y.toFixed(1)}h${BAR}v${h.toFixed(1)}h-${BAR}z`;
}

/** The strip as a sentence, for those who do not see it. */
export function summary(what, found) {
  const asked = found.filter((c) => c !== null);
  const failed = asked.filter((c) => weight(c.outcome) === 3);
  if (asked.length === 0) {
    return t('strip.notAsked', { what });
  }
  if (failed.length === 0) {
    return t('strip.allAnswered', { what, n: asked.length });
  }
  return t('strip.failed', { what, n: failed.length, of: asked.length, latest: OUTCOMES[asked.at(-1).outcome] });
}

function told(cell) {
  if (cell === null) {
    return t('strip.none');
  }
  const times = cell.count > 1 ? `, ${t('strip.questions', { n: cell.count })}` : '';
  const millis = cell.millis === null ? '' : ` ${t('strip.in', { trip: trip(cell.millis) })}`;
  return `${second(cell.at)} ${OUTCOMES[cell.outcome] ?? cell.outcome}${millis}${times}`;
}

/** What was drawn of an array of beats last: it is asked for more often than it changes. */
const known = new WeakMap();

function drawn(what, beats, end, pollMillis) {
  const last = beats.at(-1);
  const before = known.get(beats);
  if (before && before.last === last && before.end === end && before.what === what) {
    return before;
  }
  const found = cells(beats, end, pollMillis);
  const now = { last, end, what, found, paths: paths(found), summary: summary(what, found) };
  known.set(beats, now);
  return now;
}

export function strip(what, beats, end, pollMillis) {
  const now = drawn(what, beats, end, pollMillis);
  const point = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const i = Math.floor(((event.clientX - box.left) / box.width) * CELLS);
    event.currentTarget.title = told(known.get(beats).found[Math.max(0, Math.min(CELLS - 1, i))]);
  };
  return html`<div class="strip" role="img" aria-label=${now.summary} @pointermove=${point}>
    <svg viewBox="0 0 ${CELLS} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      ${KINDS.map((k) => svg`<path class="cell-${k}" d=${now.paths[k]} />`)}
    </svg>
  </div>`;
}
