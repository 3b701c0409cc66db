// Charts over any range, one below the other: the cursor and the zoom are those of all.

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { list, t } from './i18n.js';
import { go } from './route.js';
import { asked, Fault, load, MOST_LINES, paceMillis, parameters, SECOND, wider } from './chart-ask.js';
import { build, marks } from './chart-build.js';
import { controls } from './chart-controls.js';
import { chartIncidents } from './chart-incidents.js';
import { forField, moment, stepWords } from './chart-words.js';
import { MOST_ROWS } from './chart-panel.js';

const LEAST_ZOOM_SECONDS = 4;
const NO_CURSOR = { at: null, keyed: false };

function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

class Charts extends LitElement {
  static properties = {
    model: { attribute: false },
    now: { attribute: false },
    route: { attribute: false },
    view: { state: true },
    charts: { state: true },
    fault: { state: true },
    cursor: { state: true },
    tables: { state: true },
    theme: { state: true },
    wrong: { state: true },
  };

  #asked = null;
  #loadedAt = -Infinity;
  #loading = false;
  #loaded = null;
  #turn = 0;
  #look = null;
  #fields = { from: '', to: '' };
  #offered = null;
  #scheme = matchMedia('(prefers-color-scheme: dark)');
  #repaint = () => this.theme++;
  #resized = () => this.#look !== null && rem() !== this.#look.rem && this.#repaint();
  #themes = new MutationObserver(this.#repaint);

  constructor() {
    super();
    this.charts = null;
    this.fault = null;
    this.cursor = NO_CURSOR;
    this.tables = new Map();
    this.theme = 0;
    this.wrong = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    this.#scheme.addEventListener('change', this.#repaint);
    addEventListener('resize', this.#resized);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#themes.disconnect();
    this.#scheme.removeEventListener('change', this.#repaint);
    removeEventListener('resize', this.#resized);
  }

  /** Time goes on each second; there is something new to draw far less often. */
  shouldUpdate(changed) {
    if (this.model?.begun && this.route?.view === 'charts') {
      this.#follow(this.route.params.toString());
    }
    if (changed.has('theme') || changed.has('charts')) {
      this.#look = null;
    }
    return !this.view || [...changed.keys()].some((name) => name !== 'now' && name !== 'model');
  }

  #follow(params) {
    const moved = params !== this.#asked;
    if (moved) {
      this.#asked = params;
      this.wrong = false;
      this.cursor = NO_CURSOR;
    }
    if (moved || this.#due()) {
      this.#load(moved);
    }
  }

  /** What ends now goes on while somebody may be looking; what failed is tried again. */
  #due() {
    const goesOn = this.fault === null ? this.view.last !== null : this.fault.again;
    return goesOn && !this.#loading && !document.hidden && this.now - this.#loadedAt >= paceMillis(this.#loaded);
  }

  /** @param moved to another range: what is being typed into its fields stands while the same one goes on */
  async #load(moved) {
    const turn = ++this.#turn;
    const view = asked(this.model, this.route.params, this.now);
    if (moved) {
      this.#fields = { from: forField(view.from), to: forField(view.to) };
    }
    this.#loading = true;
    this.#loadedAt = this.now;
    this.view ??= view;
    try {
      const watched = this.model.watched.map((m) => m.name);
      const loaded = await load(view, watched);
      if (turn === this.#turn) {
        this.#loaded = loaded;
        this.view = view;
        this.charts = build(loaded, view);
        this.fault = null;
        this.#fillTables();
      }
    } catch (e) {
      if (turn === this.#turn) {
        this.view = view;
        this.#failed(e, moved);
      }
    } finally {
      if (turn === this.#turn) {
        this.#loading = false;
      }
    }
  }

  /** What was drawn before stands, unless it is of another range. */
  #failed(e, moved) {
    this.fault = e instanceof Fault ? e : new Fault(t('charts.notUnderstood'), String(e.message), true);
    if (!this.fault.again || moved) {
      this.charts = null;
    }
  }

  render() {
    if (!this.view) {
      return html`<p class="chart-note">${t('charts.loading')}</p>`;
    }
    return html`<div class="charts" @chart-cursor=${this.#point} @chart-select=${this.#select} @chart-zoom=${this.#zoom} @chart-table=${this.#table}>
      ${this.#controls()} ${this.#fault()} ${this.#intro()} ${this.#panels()}
    </div>`;
  }

  #controls() {
    const names = [...this.model.members, ...this.model.watched].map((m) => m.name);
    const all = names.join();
    const others = all !== this.#offered;
    this.#offered = all;
    return controls(this.view, { names, others }, this.now, this.#fields, this.wrong, this.#on);
  }

  #on = { change: (change) => this.#goto(change), wrong: () => (this.wrong = true) };

  #goto(change) {
    go('charts', parameters(this.view, change));
  }

  #fault() {
    return this.fault === null
      ? nothing
      : html`<p class="notice chart-fault" role="status">${this.fault.message}${this.fault.why ? html` <span lang="en">${this.fault.why}</span>` : nothing}</p>`;
  }

  /** Who is drawn, over what time, in what steps. */
  #intro() {
    if (this.charts === null) {
      return this.fault === null ? html`<p class="chart-note">${t('charts.loading')}</p>` : nothing;
    }
    const { view } = this;
    const step = this.charts[0].step;
    const range = t('charts.over', { from: moment(view.from / 1000, step), to: moment(view.to / 1000, step), step: stepWords(step) });
    const many = view.named.length === 0 && view.all > MOST_LINES ? t('charts.some', { n: view.members.length, all: view.all }) : '';
    return html`<div class="charts-intro">
      <h2>${view.one ?? (view.named.length > 0 ? list(view.named, MOST_LINES) : t('charts.all'))}</h2>
      <p>${range} ${view.one === null ? t('charts.lines') : ''} ${many}</p>
      <p class="charts-hint">${t('charts.hint')}</p>
    </div>`;
  }

  #panels() {
    const { view } = this;
    if (this.charts === null) {
      return nothing;
    }
    this.#look ??= {
      log: view.log,
      one: view.one !== null,
      theme: this.theme,
      rem: rem(),
      range: [this.charts[0].start, Math.max(view.to / 1000, this.charts[0].start + this.charts[0].step)],
      marks: marks(this.#loaded, view),
    };
    return html`${this.charts.every((chart) => chart.empty) ? html`<p class="panel chart chart-note">${t('charts.nothing')}</p>` : this.#each()}
    ${chartIncidents(this.#look.marks, this.#loaded.moreIncidents)}`;
  }

  #each() {
    return repeat(
      this.charts,
      (chart) => chart.id,
      (chart) =>
        html`<eg-chart .chart=${chart} .look=${this.#look} .cursor=${this.cursor} .rows=${this.tables.get(chart.id)} .open=${this.tables.has(chart.id)}></eg-chart>`,
    );
  }

  #point = (e) => {
    const { at, keyed } = e.detail;
    if (at !== this.cursor.at) {
      this.cursor = { at, keyed };
    }
  };

  #select = (e) => {
    const { from, to } = e.detail;
    this.#range(from, to);
  };

  #zoom = (e) => {
    const { view } = this;
    if (!e.detail.closer) {
      this.#goto(wider(view, this.now));
      return;
    }
    const quarter = (view.to - view.from) / 4 / SECOND;
    this.#range(e.detail.around - quarter, e.detail.around + quarter);
  };

  /** Every chart tells of the same drag, the first of them with the pointer: one step back leads to where one was. */
  #range(from, to) {
    if (this.route.params.toString() !== new URLSearchParams(location.hash.split('?')[1] ?? '').toString()) {
      return;
    }
    const start = Math.max(Math.floor(from), this.view.from / SECOND);
    const end = Math.max(start + LEAST_ZOOM_SECONDS, Math.ceil(to));
    this.#goto({ from: new Date(start * SECOND).toISOString(), to: new Date(end * SECOND).toISOString() });
  }

  #table = (e) => {
    const { id, open } = e.detail;
    const tables = new Map(this.tables);
    open ? tables.set(id, undefined) : tables.delete(id);
    this.tables = tables;
    this.#fillTables();
  };

  /** A table has the chart's own steps, or longer ones that are asked for: percentiles cannot be put together here. */
  async #fillTables() {
    if (this.tables.size === 0) {
      return;
    }
    const { view } = this;
    const steps = (view.to - view.from) / SECOND / this.charts[0].step;
    if (steps <= MOST_ROWS) {
      this.#fill(this.charts);
      return;
    }
    const turn = this.#turn;
    try {
      const watched = this.model.watched.map((m) => m.name);
      const longer = build(await load(view, watched, MOST_ROWS - 1), view);
      if (turn === this.#turn) {
        this.#fill(longer);
      }
    } catch (e) {
      this.tables = new Map([...this.tables.keys()].map((id) => [id, e.message]));
    }
  }

  #fill(charts) {
    this.tables = new Map([...this.tables.keys()].map((id) => [id, charts.find((chart) => chart.id === id)]));
  }
}

customElements.define('eg-charts', Charts);
