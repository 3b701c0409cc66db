// What keeps the monitor from remembering what happens, in words; nothing while all is well.

import { html, nothing } from 'lit';
import { age } from './time.js';

export function remembering(history, now) {
  const lost = history.dropped > 0 ? ` ${history.dropped} notes had no room any more and are lost.` : '';
  if (history.state === 'WAITING') {
    return html`<section class="notice" aria-label="History">
      <p>
        <strong>History is not being stored</strong> for ${age(now - Date.parse(history.since))}: ${history.reason}. Members are asked
        and requests carried as ever; ${history.waiting} notes wait in memory and are stored when the database is back.${lost}
      </p>
    </section>`;
  }
  if (lost || history.setAside) {
    return html`<section class="notice" aria-label="History">
      ${history.setAside
        ? html`<p><strong>The history was damaged.</strong> A new one has begun; the old one is kept as <code>${history.setAside}</code>.</p>`
        : nothing}
      ${lost ? html`<p><strong>History has a gap:</strong>${lost}</p>` : nothing}
    </section>`;
  }
  return nothing;
}
