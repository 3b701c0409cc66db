// How fast a failure was noticed, as a line drawn to scale, and the same as a table.

import { html, nothing, svg } from 'lit';
import { t } from './i18n.js';
import { link } from './route.js';
import { exact, millis, span } from './when.js';
import { late } from './incident-words.js';

/** Percent of the width: where the scale ends, where the line breaks off, and where it is over. */
const SCALE = 74;
const BREAK = 84;
const BACK = 94;
/** Marks nearer to each other than that stand above one another. */
const APART = 7;
const LEVEL = 24;

/** What there is to see, numbered in the order of time. */
function moments(i) {
  const all = [
    ['lastGood', i.lastGoodAt],
    ['firstBad', i.firstBadAt],
    ['left', i.leftAt],
    ['named', i.namedAt],
    ['back', i.endedAt],
  ];
  return all
    .filter(([, at]) => at !== null)
    .map(([what, at]) => ({ what, at: millis(at), iso: at }))
    .sort((a, b) => a.at - b.at)
    .map((m, n) => ({ ...m, n: n + 1 }));
}

/** Nothing without a last proof of life: then there is nothing to count from. */
export function timeLine(i) {
  const good = millis(i.lastGoodAt);
  if (good === null || i.detectionMillis === null) {
    return html`<p class="soft">${t('incidents.noLine')}</p>`;
  }
  const all = moments(i);
  const scaled = all.filter((m) => m.what !== 'back');
  const longest = Math.max(1, i.promisedMillis ?? 0, ...scaled.map((m) => m.at - good));
  const x = (m) => (m.what === 'back' ? BACK : (Math.max(0, m.at - good) / longest) * SCALE + 2);
  const placed = levels(all.map((m) => ({ ...m, x: x(m) })));
  const top = Math.max(...placed.map((m) => m.level)) * LEVEL + 14;
  const axis = top + 22;
  return html`<div class="time-line">
    <svg aria-hidden="true" height=${axis + 12}>
      ${svg`<line class="axis" x1="2%" x2=${`${BREAK - 3}%`} y1=${axis} y2=${axis} />
        <line class="axis far" x1=${`${BREAK - 3}%`} x2=${`${BACK}%`} y1=${axis} y2=${axis} />`}
      ${placed.map((m) => svg`<line class="stem is-${m.what}" x1=${`${m.x}%`} x2=${`${m.x}%`} y1=${height(m, axis)} y2=${axis + 5} />`)}
      ${placed.map((m) => mark(m, height(m, axis)))}
    </svg>
    ${bar(t('incidents.barNoticed', { span: span(i.detectionMillis) }), i.detectionMillis / longest, late(i) ? 'late' : 'took')}
    ${i.promisedMillis === null ? nothing : bar(t('incidents.barPromised', { span: span(i.promisedMillis) }), i.promisedMillis / longest, 'promised')}
  </div>`;
}

/** Each one as low as the one before it lets it be. */
function levels(marks) {
  let before = null;
  return marks.map((m) => {
    const level = before !== null && m.x - before.x < APART ? before.level + 1 : 0;
    before = { x: m.x, level };
    return { ...m, level };
  });
}

function height(m, axis) {
  return axis - LEVEL * (m.level + 1);
}

function mark(m, y) {
  return svg`<g class="moment is-${m.what}">
    <circle cx=${`${m.x}%`} cy=${y} r="10" />
    <text x=${`${m.x}%`} y=${y} dy="0.35em" text-anchor="middle">${m.n}</text>
  </g>`;
}

function bar(words, share, kind) {
  return html`<div class="bar-row" aria-hidden="true">
    <span>${words}</span>
    <svg height="14">${svg`<rect class="bar-${kind}" x="2%" y="1" height="12" width=${`${Math.max(0.4, share * SCALE)}%`} rx="2" />`}</svg>
  </div>`;
}

/** The same as a table: what, when, and how long after the last proof of life. */
export function steps(i) {
  const good = millis(i.lastGoodAt);
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${t('incidents.steps')}>
    <table class="plain-table steps">
      <thead>
        <tr>
          <th scope="col"><span class="sr-only">${t('incidents.number')}</span></th>
          <th scope="col">${t('incidents.step')}</th>
          <th scope="col" class="num">${t('incidents.colWhen')}</th>
          <th scope="col" class="num">${t('incidents.afterGood')}</th>
        </tr>
      </thead>
      <tbody>
        ${moments(i).map(
          (m) => html`<tr>
            <td><span class="number is-${m.what}">${m.n}</span></td>
            <th scope="row">${step(m.what)}</th>
            <td class="num"><a href=${link('past', { at: m.iso })}><time datetime=${m.iso}>${exact(m.at)}</time></a></td>
            <td class="num">${good === null ? '–' : m.what === 'lastGood' ? '0' : `+ ${span(m.at - good)}`}</td>
          </tr>`,
        )}
        ${good === null || i.promisedMillis === null
          ? nothing
          : html`<tr class="promise">
              <td></td>
              <th scope="row">${t('incidents.promisedBy')}</th>
              <td class="num">${exact(good + i.promisedMillis)}</td>
              <td class="num">+ ${span(i.promisedMillis)}</td>
            </tr>`}
      </tbody>
    </table>
  </div>`;
}

function step(what) {
  return t({ lastGood: 'incidents.lastGood', firstBad: 'incidents.firstBad', left: 'incidents.left', named: 'incidents.named', back: 'incidents.back' }[what]);
}
