// The one sentence on top. Pure: a model and a time in, words out.

import { CAUSES, list, rate } from './words.js';
import { age, lasting } from './time.js';

/** More members than this that share the requests are a number. */
const MOST_NAMED = 3;

/**
 * @param now the monitor's time, in the same steps in which all ages on the page tick
 * @returns tone: "well", "doubt", "down" (somebody is, others serve), "nobody", "stale", "isolated" or "waiting";
 *   lead and rest: what is shown; digest: the same without ages, for being read out
 */
export function verdict(model, monotonic, now) {
  if (!model.begun) {
    return say('waiting', 'Waiting for the monitor', []);
  }
  const stale = model.stale(monotonic);
  if (stale !== null) {
    return say('stale', `STALE: no data for ${age(stale)}`, ['what follows is what was last known'], 'STALE: no data');
  }
  if (model.isolated) {
    return say('isolated', 'ISOLATED: it is us', ['this monitor is cut off; the last verdicts stand']);
  }
  return judge(model, now);
}

function judge(model, now) {
  const members = model.members;
  const serving = members.filter((m) => m.serving);
  const troubled = members.filter((m) => m.state !== 'UP');
  const out = members.filter((m) => m.intent !== 'READY');
  if (members.every((m) => m.state === 'UNKNOWN')) {
    return say('waiting', 'Asking for the first time', [`${list(members.map((m) => m.name))} not yet answered`]);
  }
  if (serving.length === 0) {
    const why = [...out.map(wanted), ...troubled.map((m) => short(m, now))];
    return say('nobody', 'Nobody serves', why, undefined, [...out.map(wanted), ...troubled.map(bare)]);
  }
  if (troubled.length === 0) {
    const lead = out.length === 0 ? everybody(members) : list(out.map(wanted));
    return say('well', lead, [choice(model, false), traffic(model)], undefined, [choice(model, false)]);
  }
  const down = troubled.some((m) => m.state === 'DOWN');
  const lead = troubled.length === 1 ? long(troubled[0], now) : list(troubled.map((m) => short(m, now)));
  const digest = list(troubled.map(bare));
  const instead = troubled.some((m) => m.state === 'DOWN' || m.state === 'SUSPECT' || m.state === 'RECOVERING');
  return say(down ? 'down' : 'doubt', lead, [choice(model, instead), traffic(model)], digest, [choice(model, instead)]);
}

function say(tone, lead, rest, leadDigest = lead, restDigest = rest) {
  const filled = rest.filter((part) => part !== '');
  return { tone, lead, rest: filled, digest: [leadDigest, ...restDigest.filter((p) => p !== '')].join(' · ') };
}

function everybody(members) {
  if (members.length === 1) {
    return `${members[0].name} serves`;
  }
  return members.length === 2 ? 'Both members serve' : `All ${members.length} members serve`;
}

/** "requests go to S1", "requests are shared by 5 members", or "S2 answers instead" of a troubled member that would come before it. */
function choice(model, troubled) {
  const chosen = model.chosen;
  if (chosen.length === 0) {
    return '';
  }
  if (chosen.length > MOST_NAMED) {
    return `requests are shared by ${chosen.length} members`;
  }
  const passedOver = troubled && model.members.some((m) => m.state !== 'UP' && isBefore(model, m, chosen[0]));
  const names = list(chosen.map((m) => m.name));
  return passedOver ? `${names} ${chosen.length === 1 ? 'answers' : 'answer'} instead` : `requests go to ${names}`;
}

function isBefore(model, one, other) {
  return model.members.indexOf(one) < model.members.indexOf(other);
}

function traffic(model) {
  const total = model.rates.total;
  if (total === null) {
    return '';
  }
  return total === 0 ? 'no requests' : `${rate(total)} ${total === 1 ? 'request' : 'requests'}/s`;
}

/** "S1 drained by alice" */
function wanted(member) {
  const how = member.intent === 'DRAIN' ? 'drained' : 'in maintenance';
  return member.order?.by ? `${member.name} ${how} by ${member.order.by}` : `${member.name} ${how}`;
}

/** "S1 frozen" */
function bare(member) {
  return `${member.name} ${condition(member)}`;
}

/** "S1 frozen for 4 s" */
export function short(member, now) {
  return `${bare(member)} ${lasting(now - member.sinceMillis)}`;
}

/** "S1 frozen for 4 s: accepts connections and never answers" */
function long(member, now) {
  return member.cause === 'NONE' ? short(member, now) : `${short(member, now)}: ${member.causeWords}`;
}

/** What is the matter, as it follows a name. */
export function condition(member) {
  switch (member.state) {
    case 'DOWN':
      return CAUSES[member.cause] ?? 'down';
    case 'SUSPECT':
      return 'in doubt';
    case 'RECOVERING':
      return 'recovering';
    case 'UNKNOWN':
      return 'not yet answered';
    default:
      return 'up';
  }
}
