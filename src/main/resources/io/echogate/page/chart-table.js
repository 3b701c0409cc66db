// The figures of a chart as a table, for whom a picture says nothing.

import { html, nothing } from 'lit';
import { t } from './i18n.js';
import { moment, stepWords, UNITS } from './chart-words.js';

/** @param chart with at most as many steps as a table has rows; undefined while it is asked for; a text says why not */
export function chartTable(chart, name) {
  if (chart === undefined) {
    return html`<p class="chart-note">${t('charts.loading')}</p>`;
  }
  return typeof chart === 'string' ? html`<p class="chart-note">${chart}</p>` : table(chart, name);
}

function table(chart, name) {
  const measure = UNITS[chart.unit];
  const lines = chart.lines.toReversed();
  const rows = lines[0].values
    .map((_, i) => i)
    .toReversed()
    .filter((i) => lines.some((line) => line.values[i] !== null));
  return html`<div class="chart-table" tabindex="0" role="region" aria-label=${t('charts.tableOf', { name })}>
    <table>
      <caption>
        ${t('charts.caption', { name, step: stepWords(chart.step) })}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('charts.from')}</th>
          ${lines.map((line) => html`<th scope="col">${line.name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (i) =>
            html`<tr>
              <th scope="row">${moment(chart.start + i * chart.step, chart.step)}</th>
              ${lines.map((line) => html`<td>${line.values[i] === null ? '–' : measure(line.values[i])}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${rows.length < lines[0].values.length ? html`<p class="chart-note">${t('charts.gaps')}</p>` : nothing}
  </div>`;
}
