// What states and causes are called. A state is always told by word, shape and colour together.

import { number, section, t } from './i18n.js';

export { list } from './i18n.js';

export const SHAPES = { UP: '●', SUSPECT: '◐', DOWN: '✕', RECOVERING: '◔', UNKNOWN: '○' };

/** How a state is called where nobody reads it: in names of styles. */
export const STATES = {
  UP: 'up',
  SUSPECT: 'suspect',
  DOWN: 'down',
  RECOVERING: 'recovering',
  UNKNOWN: 'unknown',
};

/** How a state is called. */
export const STATE_WORDS = section('state');

/** A cause as part of a sentence that begins with the member's name. */
export const CAUSES = section('cause');

/** A cause as what follows a colon: "accepts connections and never answers". */
export function causeWords(member) {
  return section('causeLong')[member.cause] ?? member.causeWords;
}

export const OUTCOMES = section('outcome');

/** The same where there is little room, beside a strip. */
export const BRIEFLY = section('outcomeBrief');

/** How somebody is asked who is only watched. */
export const KINDS = section('kind');

/** A failure that is played, as it follows a name. */
export const DRILLS = section('drillMode');

export const INTENTS = section('intent');

/** What happened, for events that are no change of state. */
export function eventWord(type) {
  return section('event')[type] ?? type.replaceAll('_', ' ');
}

/** What an operator wants of a member, who and why, in one line: "drain by alice until 12:30: deploy (3 still run)". */
export function ordered(member, running, moment) {
  const order = member.order;
  const intent = INTENTS[member.intent];
  if (!order) {
    return intent;
  }
  const by = t('order.by', { intent, by: order.by });
  const until = order.until === null ? '' : t('order.until', { time: moment(Date.parse(order.until)) });
  const why = order.why === '' ? '' : `: ${order.why}`;
  return `${by}${until}${why}${left(running)}`;
}

function left(running) {
  if (running === undefined) {
    return '';
  }
  return ` (${running === 0 ? t('order.nothingRuns') : t('order.stillRun', { n: running })})`;
}

/** A drill in one sentence: "S1 is treated as frozen until 12:03:20, by alice: game day; S1 itself is not touched". */
export function drilled(drill, second) {
  const why = drill.why === '' ? '' : `: ${drill.why}`;
  const until = second(Date.parse(drill.until));
  const how = DRILLS[drill.mode] ?? drill.mode;
  return t('drill.sentence', { member: drill.member, how, until, by: drill.by, why });
}

export function rate(perSecond) {
  return number(perSecond, perSecond >= 10 ? 0 : 1);
}
