// What an operator can say about an incident: that somebody takes care, or a note. With a second thought and the token.

import { LitElement, html, nothing } from 'lit';
import { known, t } from './i18n.js';
import { MOST_NAME, act, operator, readOnly } from './operator.js';
import { english } from './archive.js';

const MOST_TEXT = 1_000;

class Say extends LitElement {
  static properties = {
    /** The incident's id. */
    name: { attribute: false },
    acknowledged: { attribute: false },
    /** "acknowledge" or "note" while its form is open. */
    wanted: { state: true },
    said: { state: true },
    failed: { state: true },
    busy: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    if (readOnly) {
      return html`<p class="said">${t('act.elsewhere')}</p>`;
    }
    return html`<div class="say-buttons">
        ${this.#button('acknowledge', this.acknowledged ? 'incidents.acknowledgeToo' : 'incidents.acknowledge')} ${this.#button('note', 'incidents.note')}
      </div>
      ${this.wanted ? this.#form() : nothing}
      <p class="said ${this.failed ? 'failed' : ''}" role="status">${this.said ?? ''}</p>`;
  }

  #button(act, key) {
    return html`<button type="button" class="plain" data-say=${act} aria-expanded=${this.wanted === act ? 'true' : 'false'} @click=${() => this.#want(act)}>
      ${t(key)}
    </button>`;
  }

  async #want(act) {
    this.wanted = this.wanted === act ? undefined : act;
    this.said = undefined;
    await this.updateComplete;
    this.querySelector('textarea')?.focus();
  }

  #form() {
    const note = this.wanted === 'note';
    return html`<form class="confirmation" @submit=${this.#send} @keydown=${this.#key}>
      <p>${note ? t('incidents.noteWhat') : t('incidents.acknowledgeWhat')}</p>
      <label
        ><span>${note ? t('incidents.text') : t('incidents.textMay')}</span
        ><textarea data-field="text" rows="3" maxlength=${MOST_TEXT}></textarea></label
      >
      ${this.#field('by', t('incidents.by'), operator.name, MOST_NAME)}
      ${operator.known
        ? nothing
        : html`${this.#field('token', t('incidents.token'), '', 4096, 'password')}
            <p class="hint">${t('incidents.tokenHint')} <code>operators_token</code></p>`}
      <div class="say-buttons">
        <button type="submit" class="plain confirm" ?disabled=${this.busy}>
          ${note ? t('incidents.noteNow') : t('incidents.acknowledgeNow')}
        </button>
        <button type="button" class="plain" @click=${this.#leave}>${t('incidents.leave')}</button>
      </div>
    </form>`;
  }

  #field(key, label, value, most, type = 'text') {
    return html`<label
      ><span>${label}</span><input data-field=${key} type=${type} maxlength=${most} .value=${value} autocomplete="off" spellcheck="false"
    /></label>`;
  }

  #key(event) {
    if (event.key === 'Escape') {
      this.#leave();
    }
  }

  #leave() {
    const from = this.querySelector(`[data-say=${this.wanted}]`);
    this.wanted = undefined;
    from?.focus();
  }

  #value(key) {
    return this.querySelector(`[data-field=${key}]`)?.value.trim() ?? '';
  }

  async #send(event) {
    event.preventDefault();
    const text = this.#value('text');
    if (this.wanted === 'note' && text === '') {
      this.#tell(t('incidents.noText'), true);
      this.querySelector('textarea').focus();
      return;
    }
    this.busy = true;
    const path = `incidents/${encodeURIComponent(this.name)}/${this.wanted}`;
    const answer = await act(path, { text }, this.#value('by'), this.#value('token'));
    this.busy = false;
    this.#heard(answer);
  }

  #heard(answer) {
    const stored = answer.done || answer.status === 500;
    if (stored) {
      this.#leave();
      this.dispatchEvent(new CustomEvent('said', { bubbles: true }));
    }
    const key = answer.done ? 'done' : `s${answer.status}`;
    const words = known(`incidents.${key}`) ? t(`incidents.${key}`) : answer.said;
    this.#tell(answer.done || !answer.why ? words : html`${words} ${english(answer.why)}`, !answer.done);
  }

  #tell(said, failed) {
    this.said = said;
    this.failed = failed;
  }
}

customElements.define('eg-say', Say);
