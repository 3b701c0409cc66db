// One incident: what failed, how soon that was noticed beside what was promised, what it did to clients, what happened, what
// was said. It prints well.

import { LitElement, html, nothing } from 'lit';
import { t } from './i18n.js';
import { link } from './route.js';
import { moment } from './time.js';
import { Question, Refresh, silence } from './archive.js';
import { clock, full, millis, span, zone } from './when.js';
import { headline, late, marks, names, noticed, toll } from './incident-words.js';
import { steps, timeLine } from './incident-line.js';
import './incident-say.js';

/** What comes again within that is the same incident. */
const AGAIN_MILLIS = 300_000;

class Incident extends LitElement {
  static properties = {
    model: { attribute: false },
    now: { attribute: false },
    /** The incident's id. */
    name: { attribute: false },
    found: { state: true },
    answer: { state: true },
    /** The address, shown when it cannot be copied without a hand. */
    address: { state: true },
    copied: { state: true },
  };

  #question = new Question();
  #refresh = new Refresh();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    scrollTo(0, 0);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#question.stop();
  }

  willUpdate(changed) {
    if (changed.has('name')) {
      this.found = undefined;
      this.answer = undefined;
      this.#refresh.reset();
    }
  }

  /** What is over for a while does not come again, and changes no more but for what people say. */
  updated() {
    const over = this.found && !this.found.open && this.now - millis(this.found.endedAt) > AGAIN_MILLIS;
    if (this.model?.begun && !over && this.#refresh.due(this.model, performance.now())) {
      this.#look();
    }
  }

  async #look() {
    const answer = await this.#question.ask(`incidents/${encodeURIComponent(this.name)}`);
    if (answer !== null) {
      this.answer = answer;
      this.found = answer.body ?? this.found;
      await this.updateComplete;
      this.#arrive();
    }
  }

  /** Whoever came by the link in the list goes on from here. */
  #arrive() {
    if (document.activeElement === document.body) {
      this.querySelector('h2')?.focus({ preventScroll: true });
    }
  }

  render() {
    return html`<article class="panel inc one" aria-labelledby="one-title">
      <div class="view-head screen-only"><a href=${link('incidents')}>← ${t('incidents.all')}</a>${this.found ? this.#tools() : nothing}</div>
      ${this.found ? this.#whole(this.found) : this.#waiting()}
    </article>`;
  }

  #waiting() {
    if (!this.answer) {
      return html`<p class="calm" id="one-title">${t('past.asking')}</p>`;
    }
    const gone = this.answer.status === 404 && this.model.history.state !== 'OFF';
    return html`<div id="one-title">${gone ? html`<p class="calm">${t('incidents.gone', { id: this.name })}</p>` : silence(this.answer)}</div>`;
  }

  #tools() {
    return html`<div class="one-tools">
      <button type="button" class="plain" @click=${() => print()}>${t('incidents.print')}</button>
      <button type="button" class="plain" @click=${this.#copy}>${this.copied ? t('incidents.copied') : t('incidents.copy')}</button>
      <a class="plain" href=${`/-/api/v1/incidents/${encodeURIComponent(this.name)}.md`}>Markdown</a>
      ${this.address ? html`<input class="address" readonly aria-label=${t('incidents.address')} .value=${this.address} />` : nothing}
    </div>`;
  }

  /** Browsers give the clipboard to secure pages only: elsewhere the address is shown and marked. */
  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.copied = true;
    } catch {
      this.address = location.href;
      await this.updateComplete;
      this.querySelector('.address').select();
    }
  }

  #whole(i) {
    return html`<div class="one-head">
        <p class="one-marks">${marks(i)} ${i.acknowledgedBy ? html`<span class="kind-mark"><span aria-hidden="true">✓</span> ${t('incidents.careOf', { name: i.acknowledgedBy })}</span>` : nothing}</p>
        <h2 id="one-title" tabindex="-1">${headline(i)}</h2>
        <p class="one-when">${this.#when(i)}</p>
        ${i.kind === 'machine' ? html`<p class="soft">${t('incidents.onIt', { names: names(i) })}</p>` : nothing}
        ${i.drill ? html`<p>${t('incidents.drillMeans')}</p>` : nothing} ${i.planned ? html`<p>${t('incidents.plannedMeans')}</p>` : nothing}
      </div>
      ${this.#facts(i)}
      <section class="one-part" aria-labelledby="one-line">
        <h3 id="one-line">${t('incidents.howFast')}</h3>
        <div class="one-fast">${timeLine(i)} ${steps(i)}</div>
      </section>
      ${this.#timeline(i)} ${this.#remarks(i)} ${this.#foot()}`;
  }

  #when(i) {
    const named = millis(i.namedAt);
    const ended = millis(i.endedAt);
    const times = i.times > 1 ? ` · ${t('incidents.times', { n: i.times })}` : '';
    return ended === null
      ? `${t('incidents.since', { at: full(named), span: span(Math.max(0, this.now - named)) })}${times}`
      : `${t('incidents.fromTo', { from: full(named), span: span(ended - named) })}${times}`;
  }

  #facts(i) {
    const nobody = i.outageAt ? t('incidents.outageFrom', { at: clock(millis(i.outageAt)) }) : t('incidents.outageNever');
    return html`<dl class="one-facts">
      <div><dt>${t('incidents.colNoticed')}</dt><dd class=${late(i) ? 'bad' : ''}>${noticed(i)}</dd></div>
      <div><dt>${t('incidents.colRerouted')}</dt><dd>${rerouted(i)}</dd></div>
      <div><dt>${t('incidents.colRequests')}</dt><dd>${toll(i)}</dd></div>
      <div><dt>${t('incidents.nobodyServed')}</dt><dd class=${i.outageAt ? 'bad' : ''}>${nobody}</dd></div>
    </dl>`;
  }

  #timeline(i) {
    return html`<section class="one-part" aria-labelledby="one-timeline">
      <h3 id="one-timeline">${t('incidents.timeline')}</h3>
      <ol class="timeline">
        ${i.timeline.map(
          (e) => html`<li>
            <a href=${link('past', { at: e.at })} title=${t('incidents.goThere')}><time datetime=${e.at}>${moment(millis(e.at), millis(i.namedAt))}</time></a>
            <div>
              <p><b>${e.member || t('incidents.monitor')}</b> <span lang="en">${e.text}</span></p>
              ${e.evidence.length === 0
                ? nothing
                : html`<ul class="proof" lang="en">
                    ${e.evidence.map((fact) => html`<li>${fact}</li>`)}
                  </ul>`}
            </div>
          </li>`,
        )}
      </ol>
      ${i.leftOut > 0 ? html`<p class="soft">${t('incidents.leftOut', { n: i.leftOut })}</p>` : nothing}
    </section>`;
  }

  #remarks(i) {
    return html`<section class="one-part" aria-labelledby="one-remarks">
      <h3 id="one-remarks">${t('incidents.remarks')}</h3>
      ${i.remarks.length === 0 ? html`<p class="soft">${t('incidents.noRemarks')}</p>` : nothing}
      <ol class="timeline">
        ${i.remarks.map(
          (r) => html`<li>
            <time datetime=${r.at}>${moment(millis(r.at), millis(i.namedAt))}</time>
            <div>
              <p><b>${r.by}</b> ${r.acknowledges ? html`<span class="good"><span aria-hidden="true">✓</span> ${t('incidents.takesCare')}</span>` : nothing}</p>
              ${r.text ? html`<p class="remark">${r.text}</p>` : nothing}
            </div>
          </li>`,
        )}
      </ol>
      <eg-say class="screen-only" .name=${this.name} .acknowledged=${i.acknowledged} @said=${this.#look}></eg-say>
    </section>`;
  }

  #foot() {
    return html`<footer class="print-only">${location.href}<br />${t('incidents.printed', { at: full(this.now), zone })}</footer>`;
  }
}

function rerouted(i) {
  if (i.leftAt === null) {
    return t('incidents.reroutedNot');
  }
  return i.reroutingMillis === null ? t('incidents.reroutedAt', { at: clock(millis(i.leftAt)) }) : t('incidents.after', { span: span(i.reroutingMillis) });
}

customElements.define('eg-incident', Incident);
