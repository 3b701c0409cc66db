// A strip: the last sixty intervals of asking, one cell each. What is known by colour is known by height and shape too:
// an answer is a bar as high as it was slow, a failure a whole bar broken in the middle, no question a dot.

import { svg, html } from 'lit';
import { t } from './i18n.js';
import { OUTCOMES } from './words.js';
import { second, trip } from './time.js';

export const CELLS = 60;
const HEIGHT = 20;
const BAR = 0.74;

/** The interval that the newest cell of a member's strips stands for: the newest that both have an echo of. */
export function newest(member, pollMillis) {
  const host = Math.floor((member.hostBeats.at(-1)?.at ?? 0) / pollMillis);
  const service = Math.floor((member.serviceBeats.at(-1)?.at ?? 0) / pollMillis);
  return Math.abs(host - service) <= 2 ? Math.min(host, service) : Math.max(host, service);
}

/** One cell per interval, oldest first; the worst echo of an interval stands for it. */
export function cells(beats, end, pollMillis) {
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

function path(found, wanted) {
  let d = '';
  found.forEach((cell, i) => {
    if (kind(cell) === wanted) {
      d += shape(wanted, i + (1 - BAR) / 2, cell);
    }
  });
  return d;
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
  return `M${x.toFixed(2)} ${y.toFixed(1)}h${BAR}v${h.toFixed(1)}h-${BAR}z`;
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

export function strip(what, beats, end, pollMillis) {
  const found = cells(beats, end, pollMillis);
  const point = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const i = Math.floor(((event.clientX - box.left) / box.width) * CELLS);
    event.currentTarget.title = told(found[Math.max(0, Math.min(CELLS - 1, i))]);
  };
  return html`<div class="strip" role="img" aria-label=${summary(what, found)} @pointermove=${point}>
    <svg viewBox="0 0 ${CELLS} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      ${['none', 'asked', 'good', 'late', 'bad'].map((k) => svg`<path class="cell-${k}" d=${path(found, k)} />`)}
    </svg>
  </div>`;
}
