// What is said about an incident, in the list and on its own.

import { html, nothing } from 'lit';
import { known, list, t } from './i18n.js';
import { span } from './when.js';

/** "S1 froze", "Machine 10.0.0.1 fell silent". */
export function headline(i) {
  const key = known(`incidents.${i.cause}`) ? i.cause : 'NONE';
  return t(`incidents.${key}`, { name: i.kind === 'machine' ? t('incidents.machine', { name: i.subject }) : i.subject });
}

/** Open or over, and whether it was played or planned: by shape and word. */
export function marks(i) {
  return html`${i.open
    ? html`<span class="state-mark open"><span aria-hidden="true">✕</span> ${t('incidents.open')}</span>`
    : html`<span class="state-mark over"><span aria-hidden="true">✓</span> ${t('incidents.over')}</span>`}
  ${i.drill ? html`<span class="kind-mark"><span aria-hidden="true">◇</span> ${t('incidents.drill')}</span>` : nothing}
  ${i.planned ? html`<span class="kind-mark"><span aria-hidden="true">▨</span> ${t('incidents.planned')}</span>` : nothing}`;
}

/** Noticed later than promised. */
export function late(i) {
  return i.detectionMillis !== null && i.promisedMillis !== null && i.detectionMillis > i.promisedMillis;
}

/** "in 0.9 s of 2.2 s". */
export function noticed(i) {
  if (i.detectionMillis === null) {
    return t('incidents.unknownDelay');
  }
  const took = span(i.detectionMillis);
  if (i.promisedMillis === null) {
    return t('incidents.noticed', { took });
  }
  const promised = span(i.promisedMillis);
  return late(i)
    ? html`<span aria-hidden="true">▲</span> ${t('incidents.noticedLate', { took, promised })}`
    : t('incidents.noticedOf', { took, promised });
}

/** What it did to requests, in one sentence. */
export function toll(i) {
  const { met, elsewhere, failed } = i.requests;
  if (met === 0) {
    return t('incidents.metNone');
  }
  return failed === 0
    ? html`<span class="good">${t('incidents.lostNone')}</span> ${t('incidents.saved', { n: elsewhere })}`
    : html`<span class="bad">${t('incidents.lost', { n: failed })}</span> ${t('incidents.ofMet', { n: met })}`;
}

/** "S1, S2 and S3". */
export const names = (i) => list(i.members, 12);
