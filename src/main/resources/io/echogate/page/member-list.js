// A table of members, or of those who are only watched: filtered, sorted, problems first, in groups; of any length.

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from './i18n.js';
import { SORTS, arrange } from './arrange.js';
import './member-block.js';

/** More members than that, and rows are lower. */
export const DENSE = 8;
/** More than that, and there is something to find: filter and order are offered. */
const MANY = 6;
/** More than that, and only those near the window are drawn. */
const ALL_DRAWN = 40;
const BLOCK = 10;
/** Of a low row that was not drawn yet, in pixels at the smallest text. */
const ROW_PIXELS = 53;

class MemberList extends LitElement {
  static properties = {
    members: { attribute: false },
    model: { attribute: false },
    second: { attribute: false },
    /** They are only watched: nothing about requests. */
    watched: { type: Boolean },
    look: { state: true },
  };

  #order = [];
  #arrangedAt = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.look ??= { filter: '', sort: 'order', problems: this.members.length > DENSE, grouped: this.members.some((m) => m.group) };
  }

  render() {
    const id = this.watched ? 'watched-title' : 'members-title';
    const groups = this.#arranged();
    const shown = groups.reduce((sum, g) => sum + g.members.length, 0);
    return html`<section class="panel members ${this.watched ? 'watched' : ''}" aria-labelledby=${id}>
      <h2 id=${id} class=${this.watched ? '' : 'sr-only'}>${this.watched ? t('look.watched') : t('look.members')}</h2>
      ${this.members.length > MANY ? this.#tools(shown) : nothing}
      <div
        role="table"
        aria-labelledby=${id}
        aria-rowcount=${this.members.length + 1}
        class=${this.members.length > DENSE ? 'dense' : ''}
      >
        ${this.#head()} ${this.#blocks(groups)}
      </div>
      ${shown === 0 ? html`<p class="none-found">${t('look.noneFound', { filter: this.look.filter })}</p>` : nothing}
    </section>`;
  }

  /** The order is thought over once a second and when it is asked to be another, so that rows stand still between. */
  #arranged() {
    const key = JSON.stringify([this.look, this.second, this.members.length, this.model.epoch]);
    if (this.#arrangedAt !== key) {
      this.#arrangedAt = key;
      const groups = arrange(this.members, this.look, this.model.rates.members);
      const places = new Map(this.members.map((m, i) => [m, i]));
      this.#order = groups.map(({ group, members }) => ({ group, places: members.map((m) => places.get(m)) }));
      return groups;
    }
    return this.#order.map(({ group, places }) => ({ group, members: places.map((i) => this.members[i]) }));
  }

  #head() {
    return html`<div class="members-head" role="row" aria-rowindex="1">
      <span role="columnheader">${t('look.state')}</span><span role="columnheader">${this.watched ? t('look.name') : t('look.member')}</span
      ><span role="columnheader" class="echoes-head"
        ><span>${t('look.echoes')}</span><span>${t('look.newest')}</span><span>${t('look.spread')}</span><span>${t('look.lost')}</span></span
      ><span role="columnheader">${this.watched ? t('look.asked') : t('look.requests')}</span>
    </div>`;
  }

  #blocks(groups) {
    const estimate = this.members.length > ALL_DRAWN ? ROW_PIXELS * (parseFloat(getComputedStyle(document.documentElement).fontSize) / 15) : 0;
    let behind = 0;
    const blocks = [];
    for (const { group, members } of groups) {
      for (let i = 0; i < members.length; i += BLOCK) {
        const some = members.slice(i, i + BLOCK);
        blocks.push({ key: `${group}/${i}`, title: i === 0 ? group : '', some, behind });
        behind += some.length;
      }
    }
    return repeat(
      blocks,
      (b) => b.key,
      (b) =>
        html`${b.title
            ? html`<div class="group-title" role="rowgroup"><div role="row"><span role="cell" aria-colspan="4">${b.title}</span></div></div>`
            : nothing}<eg-block
            role="none"
            .members=${b.some}
            .model=${this.model}
            .second=${this.second}
            .behind=${b.behind}
            .estimate=${estimate}
          ></eg-block>`,
    );
  }

  #tools(shown) {
    const set = (change) => (this.look = { ...this.look, ...change });
    const id = this.watched ? 'watched' : 'members';
    return html`<div class="tools">
      <label class="tool"
        ><span>${t('look.filter')}</span
        ><input
          type="search"
          autocomplete="off"
          spellcheck="false"
          .value=${this.look.filter}
          placeholder=${t('look.filterHint')}
          @input=${(e) => set({ filter: e.target.value })}
      /></label>
      <label class="tool"
        ><span>${t('look.sort')}</span
        ><select @change=${(e) => set({ sort: e.target.value })}>
          ${SORTS.filter((s) => !this.watched || s !== 'requests').map(
            (s) => html`<option value=${s} ?selected=${s === this.look.sort}>${t(`sort.${s}`)}</option>`,
          )}
        </select></label
      >
      <label class="check"
        ><input type="checkbox" .checked=${this.look.problems} @change=${(e) => set({ problems: e.target.checked })} /><span
          >${t('look.problemsFirst')}</span
        ></label
      >
      ${this.members.some((m) => m.group)
        ? html`<label class="check"
            ><input type="checkbox" .checked=${this.look.grouped} @change=${(e) => set({ grouped: e.target.checked })} /><span
              >${t('look.inGroups')}</span
            ></label
          >`
        : nothing}
      <span class="shown" id=${`${id}-shown`}
        >${shown === this.members.length ? t('look.count', { n: shown }) : t('look.countOf', { n: shown, of: this.members.length })}</span
      >
    </div>`;
  }
}

customElements.define('eg-members', MemberList);
