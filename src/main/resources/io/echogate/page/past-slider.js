// A slider over a window of time, with the incidents of that time under it.

import { html, svg } from 'lit';
import { list, t } from './i18n.js';
import { full, millis, minute } from './when.js';
import { headline } from './incident-words.js';

const PAGE = 10;

/** @param move called with the moment that is chosen */
export function slider({ at, from, to, step, incidents, move }) {
  const steps = Math.round((to - from) / step);
  const paged = (event) => {
    const by = { PageUp: PAGE, PageDown: -PAGE }[event.key];
    if (by) {
      event.preventDefault();
      move(Math.min(to, Math.max(from, at + by * step)));
    }
  };
  return html`<div class="then-slider">
    <input
      type="range"
      min="0"
      max=${steps}
      .value=${String(Math.round((at - from) / step))}
      aria-label=${t('past.slider')}
      aria-valuetext=${full(at)}
      @input=${(e) => move(from + Number(e.target.value) * step)}
      @keydown=${paged}
    />
    <div class="then-marks">
      <svg role="img" height="14" aria-label=${told(incidents)}>
        ${svg`<line class="then-track" x1="0" x2="100%" y1="7" y2="7" />`} ${incidents.map((i) => mark(i, from, to))}
      </svg>
    </div>
    <div class="then-ends soft" aria-hidden="true"><span>${minute(from)}</span><span>${minute(to)}</span></div>
  </div>`;
}

function told(incidents) {
  return incidents.length === 0 ? t('past.noMarks') : t('past.marks', { n: incidents.length, list: list(incidents.map(headline)) });
}

/** Drills are hollow. At least as wide as can be seen. */
function mark(i, from, to) {
  const part = (at) => (Math.min(1, Math.max(0, (at - from) / (to - from))) * 100).toFixed(3);
  const x = part(millis(i.namedAt));
  const width = Math.max(0.35, part(millis(i.endedAt) ?? to) - x);
  return svg`<rect class=${i.drill || i.planned ? 'mark-drill' : 'mark-real'} x=${`${x}%`} width=${`${width}%`} y="2" height="10" rx="2"><title>${headline(i)}</title></rect>`;
}
