// How long it took to notice, beside what was promised.

import { html, nothing, svg } from 'lit';
import { t } from './i18n.js';
import { took } from './time.js';

const KINDS = ['stopped', 'frozen', 'off', 'filtered', 'diverted', 'back'];

/** The incident that lasts and took that one out, or undefined. */
export function incidentOf(model, name) {
  return (model.incidents ?? []).find((i) => i.members.includes(name) && !i.endedAt);
}

/** What was measured and what was promised, to one scale; and what it did to requests. */
export function noticed(incident, promise) {
  const { detectionMillis: detection, promisedMillis: promised } = incident;
  const left = rerouting(incident);
  const most = Math.max(detection ?? 0, promised ?? 0, left ?? 0, promise?.divertedMillis ?? 0, 1);
  return html`<p>${sentence(detection, promised)}</p>
    <ul class="why-bars">
      ${bar(t('why.noticed'), detection, most, promised !== null && detection > promised ? 'over' : 'took')}
      ${bar(t('why.promised'), promised, most, 'promise')} ${bar(t('why.left'), left, most, 'took')}
      ${left === null ? nothing : bar(t('why.promised'), promise?.divertedMillis ?? null, most, 'promise')}
    </ul>
    ${touched(incident.requests)}`;
}

function sentence(detection, promised) {
  if (detection === null) {
    return t('why.neverWell');
  }
  if (promised === null) {
    return t('why.noticedIn', { took: took(detection) });
  }
  return t(detection > promised ? 'why.noticedOver' : 'why.noticedWithin', { took: took(detection), promised: took(promised) });
}

/** From the last proof of life, as the detection is. */
function rerouting(incident) {
  if (incident.detectionMillis === null || !incident.leftAt) {
    return null;
  }
  return Math.max(0, incident.detectionMillis - (Date.parse(incident.namedAt) - Date.parse(incident.leftAt)));
}

function bar(label, millis, most, kind) {
  if (millis === null) {
    return nothing;
  }
  return html`<li>
    <span>${label}</span>
    <svg width="100%" height="100%" aria-hidden="true">
      ${svg`<rect class="track" width="100%" height="100%" /><rect class=${`bar-${kind}`} width="${Math.max(0.5, (100 * millis) / most)}%" height="100%" />`}
    </svg>
    <span class="figure">${took(millis)}</span>
  </li>`;
}

function touched(requests) {
  if (!requests) {
    return nothing;
  }
  return html`<p>
    ${requests.met === 0 ? t('why.nobodyMet') : t('why.met', { n: requests.met, elsewhere: requests.elsewhere, failed: requests.failed })}
  </p>`;
}

/** What would be noticed how soon. */
export function promises(promise) {
  const told = KINDS.filter((k) => promise[`${k}Millis`] !== null);
  return html`<table class="why-promises">
    <thead>
      <tr><th scope="col">${t('why.failure')}</th><th scope="col">${t('why.within')}</th></tr>
    </thead>
    <tbody>
      ${told.map((k) => html`<tr><th scope="row">${t(`why.${`promise_${k}`}`)}</th><td>${took(promise[`${k}Millis`])}</td></tr>`)}
    </tbody>
  </table>`;
}
