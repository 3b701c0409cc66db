// What charts are shown: whose, over what time, on which scale. All of it is an address, so all are links or lead to one.

import { html, noChange, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from './i18n.js';
import { address, LASTS, SECOND, USUAL_LAST, wider } from './chart-ask.js';

const LEAST_RANGE_MILLIS = 2 * SECOND;

/**
 * @param who `names` of everybody who can be chosen; `others` when these are others than the last time: thousands are not
 *     gone through at each move of the cursor
 * @param fields what stands in the fields of the range, as datetime-local has it
 * @param wrong true when what was last given is no range
 * @param on `{change(parameters), wrong()}`
 */
export function controls(view, { names, others }, now, fields, wrong, on) {
  return html`<section class="panel charts-controls" aria-label=${t('charts.controls')}>
    ${picker(view, names, others, on)}
    <nav class="charts-lasts" aria-label=${t('charts.range')}>
      ${Object.keys(LASTS).map(
        (last) => html`<a href=${address(view, { last })} aria-current=${last === view.last ? 'true' : nothing}>${t(`charts.${`last${last}`}`)}</a>`,
      )}
    </nav>
    <div class="charts-lasts">
      <a href=${address(view, wider(view, now))}>${t('charts.wider')}</a>
      ${view.last === null ? html`<a class="charts-reset" href=${address(view, { last: USUAL_LAST })}>${t('charts.reset')}</a>` : nothing}
      <a class="charts-scale" href=${address(view, { scale: view.log ? 'linear' : '' })}>${t(view.log ? 'charts.toLinear' : 'charts.toLog')}</a>
    </div>
    ${custom(fields, wrong, on)}
  </section>`;
}

function picker(view, names, others, on) {
  const chosen = view.named.join(', ');
  const pick = (e) => {
    e.preventDefault();
    const text = e.currentTarget.elements.member.value;
    const member = text.split(/[\s,]+/).filter(Boolean).join(',');
    if (member !== view.named.join(',')) {
      on.change({ member });
    }
  };
  return html`<form class="charts-member" @submit=${pick} @change=${pick}>
    <label
      >${t('charts.member')}
      <input name="member" list="chart-members" autocomplete="off" placeholder=${t('charts.all')} .value=${chosen} />
    </label>
    <datalist id="chart-members">${others ? repeat(names, (name) => name, (name) => html`<option value=${name}></option>`) : noChange}</datalist>
    ${view.named.length > 0 && names.length > 1 ? html`<a href=${address(view, { member: '' })}>${t('charts.all')}</a>` : nothing}
  </form>`;
}

function custom(fields, wrong, on) {
  const field = (name) => html`<label
    >${t(`charts.${name}`)}
    <input type="datetime-local" step="1" name=${name} .value=${fields[name]} aria-invalid=${wrong ? 'true' : 'false'} aria-describedby="chart-wrong" />
  </label>`;
  const show = (e) => {
    e.preventDefault();
    const [from, to] = ['from', 'to'].map((name) => new Date(e.currentTarget.elements[name].value).getTime());
    if (from >= 0 && to - from >= LEAST_RANGE_MILLIS) {
      on.change({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
    } else {
      on.wrong();
    }
  };
  return html`<form class="charts-custom" @submit=${show} novalidate>
    ${field('from')} ${field('to')}
    <button type="submit">${t('charts.show')}</button>
    <p class="charts-wrong" id="chart-wrong" role="alert">${wrong ? t('charts.wrongRange') : ''}</p>
  </form>`;
}
