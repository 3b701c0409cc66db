// Ranges to choose from, each one a link, so that every choice has an address.

import { html } from 'lit';
import { t } from './i18n.js';
import { link } from './route.js';

export const DAYS = { '24h': 1, '7d': 7, '30d': 30, '90d': 90, '365d': 365 };

/** "24 h", "7 days", "1 year". */
export function lasting(last) {
  const n = DAYS[last];
  return n === 1 ? t('past.hours', { n: 24 }) : n === 365 ? t('past.years', { n: 1 }) : t('past.days', { n });
}

/** One of them, the usual one when it is none. */
export function chosen(params, usual) {
  const last = params.get('last');
  return last in DAYS ? last : usual;
}

/** @param params the rest of the address */
export function ranges(view, current, params = {}) {
  return html`<div class="seg" role="group" aria-label=${t('past.range')}>
    ${Object.keys(DAYS).map(
      (last) => html`<a href=${link(view, { ...params, last })} aria-current=${last === current ? 'true' : 'false'}>${lasting(last)}</a>`,
    )}
  </div>`;
}
