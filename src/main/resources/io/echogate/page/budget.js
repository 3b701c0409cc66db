// The error budget: how long one may be down in 30 days, what was used of it, and how long the rest lasts.

import { html, nothing, svg } from 'lit';
import { number, t } from './i18n.js';
import { span } from './when.js';

const DAY_MILLIS = 86_400_000;
/** What lasts longer than that is not worth a number. */
const LONG_DAYS = 365;

/** @param members in the order in which they are shown */
export function budgets(month, members) {
  const rows = [{ ...month.pool, member: t('record.pool') }, ...members];
  return html`<p class="rec-lead">${lead(month)}</p>
    <div class="scroll" role="region" tabindex="0" aria-label=${t('record.budgetTable')}>
      <table class="plain-table budget">
        <thead>
          <tr>
            <th scope="col">${t('record.who')}</th>
            <th scope="col">${t('record.usedOf')}</th>
            <th scope="col" class="num">${t('record.used')}</th>
            <th scope="col" class="num">${t('record.left')}</th>
            <th scope="col">${t('record.pace')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(row)}
        </tbody>
      </table>
    </div>`;
}

function lead(month) {
  const objective = number(month.objectivePercent, 4);
  const { budgetMillis, budgetLeftMillis, availabilityPercent } = month.pool;
  if (availabilityPercent === null) {
    return t('record.budgetUnseen', { objective });
  }
  const spent = budgetLeftMillis < 0;
  const said = spent ? t('record.budgetSpent', { over: span(-budgetLeftMillis) }) : t('record.budgetLeft', { left: span(budgetLeftMillis), budget: span(budgetMillis) });
  return html`<strong class=${spent ? 'bad' : ''}>${said}</strong> <span class="soft">${t('record.objective', { objective })}</span>`;
}

function row(share) {
  if (share.availabilityPercent === null) {
    return html`<tr>
      <th scope="row">${share.member}</th>
      <td colspan="4" class="soft">${t('record.unseen')}</td>
    </tr>`;
  }
  const { downMillis, budgetMillis, budgetLeftMillis } = share;
  const used = budgetMillis > 0 ? downMillis / budgetMillis : downMillis > 0 ? 2 : 0;
  return html`<tr>
    <th scope="row">${share.member}</th>
    <td class="budget-bar">${meter(used)} <span class="num">${number(used * 100, used < 0.1 ? 1 : 0)} %</span></td>
    <td class="num">${span(downMillis)}</td>
    <td class="num ${budgetLeftMillis < 0 ? 'bad' : ''}">${budgetLeftMillis < 0 ? t('record.over', { span: span(-budgetLeftMillis) }) : span(budgetLeftMillis)}</td>
    <td>${pace(share)}</td>
  </tr>`;
}

/** Overdrawn is seen by its shape: the bar goes beyond the mark. */
function meter(used) {
  const tone = used > 1 ? 'spent' : used > 0.7 ? 'low' : 'fine';
  const width = Math.min(1.1, used) * 90;
  return html`<svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<rect class="meter-track" width="90" height="12" /><rect class=${`meter-${tone}`} width=${used > 0 ? Math.max(0.8, width) : 0} y="2" height="8" />`}
    ${used > 1 ? svg`<rect class="meter-mark" x="89.2" width="1" height="12" />` : nothing}
  </svg>`;
}

/** How long what is left lasts when it goes on as in these 30 days. */
function pace({ downMillis, upMillis, budgetLeftMillis }) {
  if (downMillis === 0) {
    return t('record.paceNone');
  }
  if (budgetLeftMillis <= 0) {
    return html`<span class="bad">${t('record.paceGone')}</span>`;
  }
  const days = budgetLeftMillis / (downMillis / (downMillis + upMillis)) / DAY_MILLIS;
  return days > LONG_DAYS ? t('record.paceLong') : t('record.paceDays', { n: Math.max(1, Math.round(days)) });
}
