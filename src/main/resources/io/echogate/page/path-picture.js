// The path of requests as a picture: clients, monitor, members; the edge that requests take now is the heavy one.
// The table of members says the same in words.

import { svg, html, nothing } from 'lit';
import { t } from './i18n.js';
import { SHAPES, STATES, list, rate } from './words.js';
import { instead } from './verdict.js';

const ROW = 40;
const MOST = 6;
const NODE_HEIGHT = 30;

/** Members worth a line when there are too many: the chosen, those in trouble, then the first. */
function shown(members) {
  if (members.length <= MOST) {
    return members;
  }
  const important = [
    ...members.filter((m) => m.chosen),
    ...members.filter((m) => !m.chosen && m.state !== 'UP'),
    ...members.filter((m) => !m.chosen && m.state === 'UP'),
  ].slice(0, MOST - 1);
  return members.filter((m) => important.includes(m));
}

/** Wider for each doubling of requests; the chosen way is never thin. */
function width(way, perSecond) {
  const least = way === 'chosen' ? 3 : 1.5;
  return least + Math.min(6, Math.log2(1 + (perSecond ?? 0)) * 0.5);
}

/** @param scale of everything drawn, 1 at the smallest text */
export function pathPicture(model, room, scale) {
  const px = room / scale;
  const members = shown(model.members);
  const hidden = model.members.length - members.length;
  const rows = members.length + (hidden > 0 ? 1 : 0);
  const height = Math.max(2, rows) * ROW;
  const at = places(px, height);
  return html`<figure class="path" aria-label=${t('path.title')}>
    <svg width=${room} height=${height * scale} viewBox="0 0 ${px} ${height}" role="img" aria-label=${sentence(model)}>
      ${edge(at.clientsEnd, at.middle, at.monitorStart, at.middle, model.chosen.length > 0 ? 'chosen' : 'idle', model.rates.total)}
      ${members.map((m, i) => memberEdge(model, m, at, rowMiddle(i, rows, height)))}
      ${node(at.clients, at.middle, at.small, t('path.clients'), at.clientsWidth)}
      ${node(at.monitor, at.middle, at.small, t('path.monitor'), at.monitorWidth)}
      ${members.map((m, i) => memberNode(m, at, rowMiddle(i, rows, height), m.chosen ? instead(model) : null))}
      ${hidden > 0
        ? svg`<text class="path-more" x=${at.members + 10} y=${rowMiddle(rows - 1, rows, height) + 5}>${t('path.more', { n: hidden })}</text>`
        : nothing}
    </svg>
  </figure>`;
}

function places(px, height) {
  const small = px < 520;
  const nodeWidth = small ? 68 : 96;
  const memberWidth = small ? Math.min(104, px * 0.32) : Math.min(260, px * 0.3);
  const monitor = (px - memberWidth - nodeWidth) / 2;
  return {
    small,
    middle: height / 2,
    clients: 0,
    clientsWidth: nodeWidth,
    clientsEnd: nodeWidth,
    monitor,
    monitorStart: monitor,
    monitorWidth: nodeWidth,
    monitorEnd: monitor + nodeWidth,
    members: px - memberWidth,
    memberWidth,
  };
}

function rowMiddle(i, rows, height) {
  return height / 2 + (i - (rows - 1) / 2) * ROW;
}

function node(x, y, small, name, nodeWidth) {
  return svg`<g class="path-node">
    <rect x=${x + 0.5} y=${y - NODE_HEIGHT / 2 + 0.5} width=${nodeWidth - 1} height=${NODE_HEIGHT - 1} rx="7" />
    <text x=${x + nodeWidth / 2} y=${y + 5} text-anchor="middle">${name}</text>
  </g>`;
}

/** @param replaced the member in whose place it answers, or null */
function memberNode(member, at, y, replaced) {
  const most = Math.max(4, Math.floor((at.memberWidth - 44) / 9));
  const note = replaced === null || at.small ? '' : t('path.instead', { name: shorten(replaced.name, 12) });
  const beside = member.name.length + note.length <= most ? note : '';
  return svg`<g class="path-node path-member tone-${STATES[member.state]} ${member.chosen ? 'is-chosen' : ''}">
    <rect x=${at.members + 0.5} y=${y - NODE_HEIGHT / 2 + 0.5} width=${at.memberWidth - 1} height=${NODE_HEIGHT - 1} rx="7" />
    <text class="path-shape" x=${at.members + 18} y=${y + 5} text-anchor="middle">${SHAPES[member.state]}</text>
    <text x=${at.members + 34} y=${y + 5}>${shorten(member.name, most)}</text>
    ${beside === '' ? nothing : svg`<text class="path-instead" x=${at.members + at.memberWidth - 12} y=${y + 5} text-anchor="end">${beside}</text>`}
  </g>`;
}

function shorten(name, most) {
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

function memberEdge(model, member, at, y) {
  const perSecond = model.rates.members[member.name];
  const way = member.chosen ? 'chosen' : member.state === 'UP' ? 'idle' : STATES[member.state];
  return edge(at.monitorEnd, at.middle, at.members, y, way, perSecond);
}

function edge(x1, y1, x2, y2, way, perSecond) {
  const bend = (x2 - x1) / 2;
  const mark = y1 === y2 ? (x1 + x2) / 2 : x2 - 38; // where edges are well apart
  const d = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  const labelled = perSecond > 0 && way !== 'down' && x2 - x1 > 70;
  return svg`<path class="edge edge-${way}" d=${d} stroke-width=${width(way, perSecond)} />
    ${way === 'down' ? svg`<text class="edge-cut" x=${mark} y=${y2 + 6} text-anchor="middle">✕</text>` : nothing}
    ${labelled ? svg`<text class="edge-rate" x=${mark} y=${y2 - 9} text-anchor="middle">${rate(perSecond)}/s</text>` : nothing}`;
}

function sentence(model) {
  const chosen = model.chosen;
  return chosen.length > 0 ? t('path.sentence', { names: list(chosen.map((m) => m.name)) }) : t('path.nobody');
}
