// What stands around every view: brand, ways to the views, how fresh the picture is, language and theme.

import { html, nothing } from 'lit';
import { LANGUAGES, language, speak, t } from './i18n.js';
import { link } from './route.js';
import { age } from './time.js';

const ICON_COLOURS = {
  well: '#2fa56b',
  doubt: '#e0a020',
  down: '#d8432f',
  nobody: '#d8432f',
  stale: '#8b96a0',
  isolated: '#9a6bd6',
  waiting: '#8b96a0',
};
export const MARKS = { well: '●', doubt: '◐', down: '✕', nobody: '✕', stale: '!', isolated: '⊘', waiting: '○' };

/** @param view the one that is shown */
export function header(model, view, fresh, connected, monotonic) {
  return html`<header>
    <a class="skip" href="#main" @click=${skip}>${t('look.skip')}</a>
    <a class="brand" href=${link('now')}>${logo()}<span>Echogate</span></a>
    <nav aria-label=${t('look.views')}>
      ${['now', 'past', 'charts', 'incidents', 'record'].map((v) => way(v, view, model))}
    </nav>
    <span class="where">${model.listen ? html`${t('look.listen')} <span class="mono">${model.listen}</span>` : nothing}</span>
    ${freshness(model, fresh, connected, monotonic)}
    <a class="tool-button" href=${link(view === 'wall' ? 'now' : 'wall')} title=${t('look.wall')} aria-label=${t('look.wall')}
      ><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" /></svg></a
    >
    <select class="language" aria-label=${t('look.language')} @change=${(e) => speak(e.target.value)}>
      ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === language}>${name}</option>`)}
    </select>
    <button type="button" class="tool-button" data-theme-toggle aria-label=${t('look.themeSwitch')} title=${t('look.theme')}>
      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6" /><path class="half" d="M8 2a6 6 0 0 1 0 12z" /></svg>
    </button>
  </header>`;
}

function way(view, current, model) {
  const open = view === 'incidents' ? (model.incidents ?? []).filter((i) => i.endedAt === null).length : 0;
  return html`<a href=${link(view)} aria-current=${view === current ? 'page' : nothing}
    >${t(`view.${view}`)}${open > 0 ? html` <span class="open-count">${open}<span class="sr-only"> ${t('look.openIncidents')}</span></span>` : nothing}</a
  >`;
}

/** The fragment of the address is the view, so the jump is made here. */
function skip(event) {
  event.preventDefault();
  document.querySelector('main').focus();
}

function freshness(model, fresh, connected, monotonic) {
  const word = fresh ? t('look.live') : connected ? t('look.waiting') : t('look.reconnecting');
  return html`<span class="freshness ${fresh ? 'fresh' : 'old'}"
    ><span class="dot" aria-hidden="true"></span>${word}${model.begun
      ? html`<span class="figure"> · ${t('look.dataAge', { age: age(model.dataAge(monotonic)) })}</span>`
      : nothing}</span
  >`;
}

function logo() {
  return html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
    <circle cx="8" cy="16" r="4" stroke="none" />
    <path d="M15.5 8.5a10.5 10.5 0 0 1 0 15M21 4a17 17 0 0 1 0 24" fill="none" stroke-width="3" stroke-linecap="round" />
  </svg>`;
}

/** Drawn here and not fetched: the icon must be able to say that nothing can be fetched. */
export function icon(tone) {
  const colour = ICON_COLOURS[tone];
  const mark = {
    well: `<circle cx="16" cy="16" r="8" fill="${colour}"/>`,
    doubt: `<circle cx="16" cy="16" r="7" fill="none" stroke="${colour}" stroke-width="3"/><path d="M16 9a7 7 0 0 1 0 14z" fill="${colour}"/>`,
    waiting: `<circle cx="16" cy="16" r="7" fill="none" stroke="${colour}" stroke-width="3"/>`,
    stale: `<path d="M10 8h12l-12 16h12z" fill="${colour}"/>`,
  };
  const cross = `<path d="M10 10l12 12M22 10l-12 12" stroke="${colour}" stroke-width="5" stroke-linecap="round"/>`;
  const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#16212a"/>${mark[tone] ?? cross}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(image)}`;
}
