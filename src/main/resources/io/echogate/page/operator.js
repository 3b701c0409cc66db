// What an operator says to the monitor. The token is asked for once and kept for the browser's session only.

import { reason } from './api.js';
import { t } from './i18n.js';

const TOKEN = 'echogate-token';
const NAME = 'echogate-operator';
export const MOST_NAME = 64;

/** True where clients come in: there nothing is ordered, and clients are not told of one another. */
export const readOnly = document.querySelector('eg-page')?.dataset.readOnly !== undefined;

export const operator = {
  get known() {
    return sessionStorage.getItem(TOKEN) !== null;
  },
  get name() {
    return sessionStorage.getItem(NAME) ?? '';
  },
};

/**
 * Sends an act; never throws.
 *
 * @param path below /-/api/v1/
 * @param body its fields
 * @param by the operator's name, or ''
 * @param token what was typed, or '' for the one that is kept
 * @returns {Promise<{ done: boolean, said: string, status: number, why: string }>} what there is to be said about it, in
 *     words; the status (0: no answer), and what the monitor wrote, in English
 */
export async function act(path, body, by, token) {
  const key = token || sessionStorage.getItem(TOKEN) || '';
  sessionStorage.setItem(NAME, by);
  try {
    const answer = await fetch(`/-/api/v1/${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...body, ...(by ? { by } : {}) }),
    });
    return await heard(answer, key);
  } catch {
    return { done: false, said: t('act.silent'), status: 0, why: '' };
  }
}

async function heard(answer, key) {
  if (answer.ok) {
    sessionStorage.setItem(TOKEN, key);
    return { done: true, said: t('act.done'), status: answer.status, why: '' };
  }
  if (answer.status === 401) {
    sessionStorage.removeItem(TOKEN);
  }
  const why = (await reason(answer)) || t('act.status', { status: String(answer.status) });
  const said = t('act.notDone', { why: answer.status === 405 ? t('act.readOnly') : why });
  return { done: false, said, status: answer.status, why };
}
