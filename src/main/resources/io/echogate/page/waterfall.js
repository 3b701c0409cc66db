// Where the time of each of the newest questions went: one row for each, its phases on one scale, the same in figures.

import { html, nothing, svg } from 'lit';
import { t } from './i18n.js';
import { OUTCOMES } from './words.js';
import { second, trip } from './time.js';

/** So many are shown unless all are asked for. */
const FEW = 12;
const PHASES = ['name', 'connect', 'wait', 'body'];
/** In percent: what took no time that can be drawn is seen all the same. */
const THINNEST = 0.4;
/** The whole answer came, whatever it was. */
const WHOLE = ['ANSWERED', 'WRONG', 'LATE'];

/**
 * Phases of one question, in order: from and to in milliseconds, and whether it was given up in that phase.
 *
 * @param e as the API tells it: of a service with phases, of a machine only with its round trip
 */
function phases(e) {
  const ends = [e.resolveMillis, e.connectMillis, e.firstByteMillis, e.totalMillis];
  const found = [];
  let from = 0;
  for (const [i, to] of ends.entries()) {
    const last = i === ends.length - 1;
    if (to === null || (last && !WHOLE.includes(e.outcome))) {
      return givenUp(e, found, from, i);
    }
    if (to > from || i > 0) {
      found.push({ phase: PHASES[i], from, to, lost: false });
    }
    from = to;
  }
  return found;
}

/** Who only had to connect is done with that. */
function givenUp(e, found, from, i) {
  if (e.outcome === 'ANSWERED' || e.totalMillis === null) {
    return found;
  }
  return [...found, { phase: PHASES[i], from, to: e.totalMillis, lost: true }];
}

/** A machine's echo has one phase only; how long it was waited for when none came is not told. */
function ofMachine(e) {
  return [{ phase: 'echo', from: 0, to: e.rttMillis, lost: e.rttMillis === null }];
}

/**
 * @param echoes oldest first
 * @param service of a service, with phases, else of a machine
 * @param all shows all of them
 * @param id unique on the page
 * @param more called when all, or again only the newest, are asked for
 */
export function waterfall(echoes, service, all, id, more) {
  const shown = (all ? echoes : echoes.slice(-FEW)).toReversed().map((e) => ({ e, phases: service ? phases(e) : ofMachine(e) }));
  if (shown.length === 0) {
    return html`<p class="why-quiet">${t('why.notAsked')}</p>`;
  }
  const most = Math.max(0.001, ...shown.flatMap((row) => row.phases.map((p) => p.to)));
  const used = PHASES.filter((p) => shown.some((row) => row.phases.some((s) => s.phase === p)));
  return html`<svg class="why-defs" aria-hidden="true">
      ${svg`<pattern id="${id}-lost" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="lost-ground" width="7" height="7" /><rect class="lost-line" width="3" height="7" /></pattern>`}
    </svg>
    <p class="wf-legend">
      ${used.map((p) => html`<span><span class="wf-swatch phase-${p}" aria-hidden="true"></span>${t(`why.${`phase_${p}`}`)}</span>`)}
      ${shown.some((row) => row.phases.some((p) => p.lost))
        ? html`<span><span class="wf-swatch wf-lost" aria-hidden="true"></span>${t('why.givenUp')}</span>`
        : nothing}
    </p>
    <div class="waterfall wf-${used.length}" role="table" aria-label=${t('why.waterfall')}>
      ${head(used, most)} ${shown.map((row) => line(row, used, most, id))}
    </div>
    ${echoes.length > FEW
      ? html`<button type="button" class="why-more" aria-expanded=${all ? 'true' : 'false'} @click=${more}>
          ${all ? t('why.showFew', { n: FEW }) : t('why.showAll', { n: echoes.length })}
        </button>`
      : nothing}`;
}

function head(used, most) {
  return html`<div class="wf-head" role="row">
    <span role="columnheader">${t('why.time')}</span><span role="columnheader">${t('why.outcome')}</span>
    <span class="wf-scale" role="columnheader"><span>0</span><span>${trip(most)}</span></span>
    ${used.map((p) => html`<span class="wf-figure" role="columnheader">${t(`why.${`phase_${p}`}`)}</span>`)}
    <span class="wf-figure wf-total" role="columnheader">${t('why.total')}</span>
  </div>`;
}

function line({ e, phases: found }, used, most, id) {
  const tone = { ANSWERED: 'good', LATE: 'late', OVERDUE: 'late', UNSENT: 'unsent' }[e.outcome] ?? 'bad';
  const shape = { good: '●', late: '◐', unsent: '○', bad: '✕' }[tone];
  const status = e.status === undefined || e.status === null ? '' : ` ${e.status}`;
  return html`<div class="wf-row wf-${tone}" role="row">
    <time role="cell">${second(Date.parse(e.at))}</time>
    <span class="wf-outcome" role="cell"><span aria-hidden="true">${shape}</span> ${OUTCOMES[e.outcome] ?? e.outcome}${status}</span>
    <span class="wf-bar" role="cell">${bar(found, most, id)}</span>
    ${used.map((p) => figure(p, found.find((s) => s.phase === p)))}
    <span class="wf-figure wf-total" role="cell">${trip(e.totalMillis ?? e.rttMillis)}</span>
  </div>`;
}

/** What was given up has no figure of its own: it is how long it was waited for. */
function figure(name, found) {
  const took = found === undefined ? '–' : found.lost ? `> ${trip(found.to - found.from)}` : trip(found.to - found.from);
  return html`<span class="wf-figure ${found?.lost ? 'wf-gone' : ''}" role="cell"
    ><span class="wf-unit">${t(`why.${`phase_${name}`}`)} </span>${took}</span
  >`;
}

function bar(found, most, id) {
  const percent = (millis) => (100 * millis) / most;
  const rects = found.map((s) => {
    const x = Math.min(100 - THINNEST, percent(s.from));
    const width = s.to === null ? 100 : Math.min(100 - x, Math.max(THINNEST, percent(s.to - s.from)));
    const fill = s.lost ? `url(#${id}-lost)` : nothing;
    return svg`<rect class=${s.lost ? 'lost' : `phase-${s.phase}`} x="${x}%" width="${width}%" height="100%" fill=${fill} />`;
  });
  return html`<svg width="100%" height="100%" aria-hidden="true">${rects}</svg>`;
}
