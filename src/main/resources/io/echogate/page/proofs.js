// Which requests a member's failure touched, who was tried, and who answered them instead: from the proofs of requests.

import { html, nothing } from 'lit';
import { known, list, t } from './i18n.js';
import { readOnly } from './operator.js';
import { moment, second, took } from './time.js';

/** So many are shown unless all are asked for. */
const FEW = 8;
/** An attempt that ended so was not the member's failure. */
const NOT_ITS = ['overtaken', 'drained', 'no_socket', 'client_gone', 'client_fault'];
/** The newest so many are looked through. */
export const LOOKED_THROUGH = 200;

/**
 * @param followed the proofs of requests that were tried there
 * @param all shows all of them
 * @param more called when all, or again only the newest, are asked for
 */
export function proofs(followed, name, now, all, more) {
  if (readOnly) {
    return quiet(t('why.adminOnly'));
  }
  const answer = followed?.answer ?? null;
  if (answer === null) {
    return quiet(t('why.asking'));
  }
  if (answer.body === null) {
    return quiet(answer.status === 403 ? t('why.adminOnly') : t('why.noProofs', { status: String(answer.status) }));
  }
  const requests = answer.body.requests;
  const touched = requests.filter((r) => r.tries.some((a) => a.member === name && a.failure !== null && !NOT_ITS.includes(a.failure)));
  return touched.length === 0 ? quiet(plain(requests.length)) : met(touched, requests.length, now, all, more);
}

function quiet(text) {
  return html`<p class="why-quiet">${text}</p>`;
}

function plain(n) {
  return n === 0 ? t('why.noRequests') : t('why.allPlain', { n });
}

function met(touched, of, now, all, more) {
  const shown = all ? touched : touched.slice(0, FEW);
  return html`<p>${summary(touched)} ${of > touched.length ? t('why.othersPlain', { n: of - touched.length }) : nothing}</p>
    <ul class="why-requests">
      ${shown.map((r) => request(r, now))}
    </ul>
    ${touched.length > FEW
      ? html`<button type="button" class="why-more" aria-expanded=${all ? 'true' : 'false'} @click=${more}>
          ${all ? t('why.showFew', { n: FEW }) : t('why.showAll', { n: touched.length })}
        </button>`
      : nothing}`;
}

/** "17 requests met it: all answered by S2, the longest in 214 ms". */
function summary(touched) {
  const longest = took(Math.max(...touched.map((r) => r.tookMillis ?? 0)));
  const answered = touched.filter((r) => r.member !== null);
  const by = list([...new Set(answered.map((r) => r.member))]);
  if (answered.length === touched.length) {
    return t('why.metAll', { n: touched.length, by, longest });
  }
  if (answered.length === 0) {
    return t('why.metNone', { n: touched.length, longest });
  }
  return t('why.metSome', { n: touched.length, answered: answered.length, by, longest });
}

function request(r, now) {
  const at = Date.parse(r.endedAt);
  return html`<li>
    <p class="why-request">
      <time datetime=${r.endedAt} title=${moment(at, now)}>${second(at)}</time>
      <bdi class="mono">${r.method} ${r.path}</bdi>
      <span class="why-end ${r.member === null ? 'bad' : ''}">${ending(r)}</span>
    </p>
    <ol class="why-tries">
      ${r.tries.map((a) => html`<li>${attempt(a)}</li>`)}
    </ol>
  </li>`;
}

function ending(r) {
  const status = r.status === null ? '' : ` · ${r.status}`;
  const how = r.member === null ? t(`why.${`ended_${r.outcome}`}`) : t('why.answeredBy', { member: r.member });
  return `${how}${status} · ${took(r.tookMillis ?? 0)}`;
}

function attempt(a) {
  const lasted = a.tookMillis === null ? '' : ` · ${took(a.tookMillis)}`;
  const beside = a.hedge ? ` (${t('why.beside')})` : '';
  return html`<strong>${a.member}</strong>${beside}: ${failure(a)}${lasted}`;
}

/** A failure that a newer monitor may have is told in its own words. */
function failure(a) {
  if (a.failure === null) {
    return t('why.answered');
  }
  const key = `why.${`failed_${a.failure}`}`;
  return known(key) ? t(key) : html`<span lang="en">${a.why}</span>`;
}
