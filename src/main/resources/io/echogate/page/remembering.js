// What keeps the monitor from remembering what happens, in words; nothing while all is well.

import { html, nothing } from 'lit';
import { parts, t } from './i18n.js';
import { age } from './time.js';

export function remembering(history, now) {
  const lost = history.dropped > 0 ? t('memory.dropped', { n: history.dropped }) : '';
  if (history.state === 'WAITING') {
    const since = age(now - Date.parse(history.since));
    return html`<section class="notice" aria-label=${t('memory.title')}>
      <p>
        <strong>${t('memory.notStored')}</strong> ${parts('memory.waiting', {
          since,
          reason: html`<span lang="en">${history.reason}</span>`,
          n: history.waiting,
        })}
        ${lost}
      </p>
    </section>`;
  }
  if (lost || history.setAside) {
    return html`<section class="notice" aria-label=${t('memory.title')}>
      ${history.setAside
        ? html`<p><strong>${t('memory.damaged')}</strong> ${parts('memory.setAside', { file: html`<code>${history.setAside}</code>` })}</p>`
        : nothing}
      ${lost ? html`<p><strong>${t('memory.gap')}</strong> ${lost}</p>` : nothing}
    </section>`;
  }
  return nothing;
}
