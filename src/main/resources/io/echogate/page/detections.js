// The detection record: how fast failures were noticed beside what was promised, and what they cost.

import { html, nothing } from 'lit';
import { number, t } from './i18n.js';
import { CAUSES } from './words.js';
import { lasting, ranges } from './ranges.js';
import { link } from './route.js';
import { span } from './when.js';

/**
 * @param record undefined while there is none
 * @param instead shown then
 */
export function detections(record, range, instead) {
  return html`<div class="view-head">
      <h2 id="rec-record-title">${t('record.recordTitle')}</h2>
      <div class="view-filters">${ranges('record', range)}</div>
    </div>
    ${record ? shown(record, range) : instead}`;
}

function shown(record, range) {
  return html`<p class="rec-lead"><strong>${sentence(record, range)}</strong> ${beside(record)}</p>
    ${record.incidents === 0 ? nothing : table(record)}
    <p class="rec-beside"><a href=${link('incidents', { last: range })}>${t('record.toIncidents')}</a></p>`;
}

function sentence(record, range) {
  const { incidents, detection, late } = record;
  if (incidents === 0) {
    return t('record.none', { range: lasting(range) });
  }
  const median = detection.count === 0 ? null : span(detection.medianMillis);
  if (median === null) {
    return t('record.unknown', { n: incidents });
  }
  return late === 0 ? t('record.neverLate', { n: incidents, median }) : html`${t('record.some', { n: incidents, median })} <span class="bad">▲ ${t('record.late', { n: late })}</span>`;
}

function beside(record) {
  const said = [];
  if (record.incidents > 0) {
    said.push(record.requests.failed === 0 ? t('record.lostNone') : t('record.lost', { n: record.requests.failed }));
  }
  said.push(t('record.doubts', { n: record.doubtsOverturned }), t('record.drills', { n: record.drills }));
  return html`<span class="soft">${said.join(' ')}</span>`;
}

function table(record) {
  const rows = [{ ...record, name: t('record.all') }, ...record.causes.map((c) => ({ ...c, name: CAUSES[c.cause] ?? c.cause }))];
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${t('record.recordTable')}>
    <table class="plain-table detections">
      <thead>
        <tr>
          <th scope="col" rowspan="2">${t('record.cause')}</th>
          <th scope="col" rowspan="2" class="num">${t('record.failures')}</th>
          <th scope="colgroup" colspan="4" class="group">${t('record.noticed')}</th>
          <th scope="colgroup" colspan="2" class="group">${t('record.rerouted')}</th>
          <th scope="colgroup" colspan="3" class="group">${t('record.requests')}</th>
        </tr>
        <tr>
          ${HEADS.map((key, i) => html`<th scope="col" class="num ${GROUPS.has(i) ? 'first' : ''}">${t(key)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((r, i) => row(r, i === 0))}
      </tbody>
    </table>
  </div>`;
}

const HEADS = [
  'record.median',
  'record.worst',
  'record.promised',
  'record.lateCount',
  'record.median',
  'record.worst',
  'record.met',
  'record.elsewhere',
  'record.failed',
];
/** Where a group of columns begins. */
const GROUPS = new Set([0, 4, 6]);

function row(r, all) {
  const time = (value) => (value === null ? '–' : span(value));
  return html`<tr class=${all ? 'is-all' : ''}>
    <th scope="row">${r.name}</th>
    <td class="num">${number(r.incidents, 0)}</td>
    <td class="num first">${time(r.detection.medianMillis)}</td>
    <td class="num ${r.late > 0 ? 'bad' : ''}">${time(r.detection.worstMillis)}</td>
    <td class="num">${time(r.promisedMillis)}</td>
    <td class="num ${r.late > 0 ? 'bad' : ''}">${r.late > 0 ? html`<span aria-hidden="true">▲</span> ${number(r.late, 0)}` : '0'}</td>
    <td class="num first">${time(r.rerouting.medianMillis)}</td>
    <td class="num">${time(r.rerouting.worstMillis)}</td>
    <td class="num first">${number(r.requests.met, 0)}</td>
    <td class="num">${number(r.requests.elsewhere, 0)}</td>
    <td class="num ${r.requests.failed > 0 ? 'bad' : ''}">${number(r.requests.failed, 0)}</td>
  </tr>`;
}
