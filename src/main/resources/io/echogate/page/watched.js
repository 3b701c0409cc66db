// Who is asked and judged like a member and never given a request: a table of their own, of the same rows.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** @param dense more than that, and rows are lower */
export function watched(model, now, dense) {
  if (model.watched.length === 0) {
    return nothing;
  }
  return html`<section class="panel members watched" aria-labelledby="watched-title">
    <h2 id="watched-title">Watched</h2>
    <div role="table" aria-labelledby="watched-title" class=${model.watched.length > dense ? 'dense' : ''}>
      <div class="members-head" role="row">
        <span role="columnheader">State</span><span role="columnheader">Name</span
        ><span role="columnheader">Echoes of the last minute</span><span role="columnheader">Asked</span>
      </div>
      ${repeat(
        model.watched,
        (m) => m.name,
        (m) => html`<eg-member role="rowgroup" .member=${m} .model=${model} .second=${now} .drill=${null}></eg-member>`,
      )}
    </div>
  </section>`;
}
