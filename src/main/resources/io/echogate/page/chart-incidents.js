// The incidents of the range, which are shaded in the charts, as a list of links.

import { html, nothing } from 'lit';
import { t } from './i18n.js';
import { link } from './route.js';
import { moment, stepWords } from './chart-words.js';

/** @param found as chart-build.js marks them @param more true when there are older ones, too */
export function chartIncidents(found, more) {
  return html`<section class="panel charts-incidents" aria-labelledby="chart-incidents">
    <h3 id="chart-incidents">${t('charts.incidents')}</h3>
    ${found.length === 0 ? html`<p class="chart-sum">${t('charts.noIncidents')}</p>` : nothing}
    <ol>
      ${found.map(line)}
    </ol>
    ${more ? html`<p class="chart-sum">${t('charts.moreIncidents')}</p>` : nothing}
  </section>`;
}

function line({ incident, from, to, tone }) {
  const lasted = incident.open ? t('charts.lasts') : t('charts.lasted', { time: stepWords(Math.max(1, Math.round(to - from))) });
  return html`<li>
    <span class="swatch swatch-area swatch-${tone}" aria-hidden="true"></span>
    <a href=${link('incidents', { id: incident.id })}>${t(`charts.${incident.kind}Incident`, { name: incident.subject })}<span lang="en">${incident.causeWords}</span></a>
    <span>${moment(from, 1)}, ${lasted}${tone === 'planned' ? `, ${t('charts.planned')}` : ''}</span>
  </li>`;
}
