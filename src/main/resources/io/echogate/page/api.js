// Questions to the monitor's API: one way of asking for all that the page shows, and of hearing why there is no answer.

const ROOT = '/-/api/v1/';
/** Who is not answered for that long, by a monitor that is frozen for instance, is not waited for. */
const LONGEST_MILLIS = 30_000;

/**
 * Asks; never throws.
 *
 * @param path below /-/api/v1/
 * @param params name and value by pairs
 * @param signal ends the asking; then, as when nobody answers, the status is 0
 * @returns {Promise<{ status: number, body: object | null, why: string }>} without a body: what the monitor wrote, in English
 */
export async function get(path, params = [], signal = undefined) {
  const query = new URLSearchParams(params).toString();
  const patience = AbortSignal.timeout(LONGEST_MILLIS);
  try {
    const answer = await fetch(`${ROOT}${path}${query ? `?${query}` : ''}`, { signal: signal ? AbortSignal.any([signal, patience]) : patience });
    return answer.ok ? { status: answer.status, body: await answer.json(), why: '' } : { status: answer.status, body: null, why: await reason(answer) };
  } catch {
    return { status: 0, body: null, why: '' };
  }
}

/** What the monitor wrote about a refusal; empty when it wrote none. */
export async function reason(answer) {
  try {
    return (await answer.json()).error ?? '';
  } catch {
    return '';
  }
}
