// What is shown under an open row.

import { html } from 'lit';
import './why.js';

export function details(m, model, now, drill) {
  return html`<eg-why .member=${m} .model=${model} .now=${now} .drill=${drill}></eg-why>`;
}
