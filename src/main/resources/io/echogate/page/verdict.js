// The one sentence on top. Pure: a model and a time in, words out.

import { t } from './i18n.js';
import { CAUSES, STATE_WORDS, causeWords, list, rate } from './words.js';
import { age, lasting, took, trip } from './time.js';

/** More members than this that share the requests are a number. */
const MOST_NAMED = 3;
/** From so many members on, how many of them serve is told as a number. */
const COUNTED = 3;

/**
 * @param now the monitor's time, in the same steps in which all ages on the page tick
 * @returns tone: "well", "doubt", "down" (somebody is, others serve), "nobody", "stale", "isolated" or "waiting";
 *   lead and rest: what is shown; digest: the same without ages, for being read out
 */
export function verdict(model, monotonic, now) {
  if (!model.begun) {
    return say('waiting', t('verdict.waiting'), []);
  }
  const stale = model.stale(monotonic);
  if (stale !== null) {
    return say('stale', t('verdict.stale', { age: age(stale) }), [t('verdict.staleRest')], t('verdict.staleDigest'));
  }
  if (model.isolated) {
    return say('isolated', t('verdict.isolated'), [t('verdict.isolatedRest')]);
  }
  return judge(model, now);
}

function judge(model, now) {
  const members = model.members;
  const serving = members.filter((m) => m.serving);
  const troubled = members.filter((m) => m.state !== 'UP');
  const out = members.filter((m) => m.intent !== 'READY');
  if (members.every((m) => m.state === 'UNKNOWN')) {
    return say('waiting', t('verdict.first'), [t('verdict.notYet', { names: list(members.map((m) => m.name)) })]);
  }
  if (serving.length === 0) {
    const why = [list([...out.map(wanted), ...troubled.map((m) => short(m, now))]), toll(model, troubled)];
    return say('nobody', t('verdict.nobody'), why, undefined, [list([...out.map(wanted), ...troubled.map(bare)])]);
  }
  if (troubled.length === 0) {
    const lead = out.length === 0 ? everybody(members) : list(out.map(wanted));
    return say('well', lead, [choice(model, false), ...traffic(model), watched(model)], undefined, [choice(model, false), watched(model)]);
  }
  return trouble(model, troubled, serving.length, now);
}

function trouble(model, troubled, serving, now) {
  const down = troubled.some((m) => m.state === 'DOWN');
  const lead = troubled.length === 1 ? long(troubled[0], now) : list(troubled.map((m) => short(m, now)));
  const instead = choice(model, troubled.some((m) => m.state !== 'UNKNOWN'));
  const served = model.members.length < COUNTED ? '' : t('verdict.serving', { n: serving, of: model.members.length });
  return say(
    down ? 'down' : 'doubt',
    lead,
    [toll(model, troubled), served, instead, ...traffic(model), watched(model)],
    list(troubled.map(bare)),
    [served, instead, watched(model)],
  );
}

function say(tone, lead, rest, leadDigest = lead, restDigest = rest) {
  const filled = rest.filter((part) => part !== '');
  return { tone, lead, rest: filled, digest: [leadDigest, ...restDigest.filter((p) => p !== '')].join(' · ') };
}

function everybody(members) {
  if (members.length === 1) {
    return t('verdict.one', { name: members[0].name });
  }
  return members.length === 2 ? t('verdict.both') : t('verdict.all', { n: members.length });
}

/** "noticed in 0.4 s, no request lost": of the newest failure among those that last. */
function toll(model, troubled) {
  const names = new Set(troubled.filter((m) => m.state === 'DOWN').map((m) => m.name));
  const incident = (model.incidents ?? []).find((i) => i.endedAt === null && i.members.some((name) => names.has(name)));
  if (!incident) {
    return '';
  }
  const noticed = incident.detectionMillis === null ? '' : t('verdict.noticed', { took: took(incident.detectionMillis) });
  return [noticed, lost(incident.requests)].filter((part) => part !== '').join(', ');
}

function lost(requests) {
  if (!requests) {
    return '';
  }
  return requests.failed === 0 ? t('verdict.noneLost') : t('verdict.lost', { n: requests.failed });
}

/** "requests go to S1", "requests are shared by 5 members", or "S2 answers instead" of a troubled member that would come before it. */
function choice(model, troubled) {
  const chosen = model.chosen;
  if (chosen.length === 0) {
    return '';
  }
  if (chosen.length > MOST_NAMED) {
    return t('verdict.shared', { n: chosen.length });
  }
  const names = list(chosen.map((m) => m.name));
  return instead(model, troubled) === null ? t('verdict.goTo', { names }) : t('verdict.instead', { names, n: chosen.length });
}

/** The troubled member in whose place the chosen one answers, or null. */
export function instead(model, troubled = true) {
  const first = model.members.indexOf(model.chosen[0]);
  return (troubled && model.members.slice(0, Math.max(0, first)).find((m) => m.state !== 'UP')) || null;
}

function traffic(model) {
  const { total, p99Millis } = model.rates;
  if (total === null) {
    return [];
  }
  if (total === 0) {
    return [t('verdict.noRequests')];
  }
  const p99 = p99Millis === null || p99Millis === undefined ? '' : `, ${t('verdict.p99', { trip: trip(p99Millis) })}`;
  return [t('verdict.traffic', { n: total, rate: rate(total) }) + p99];
}

/** Who is only watched and not well, in few words. */
function watched(model) {
  const bad = model.watched.filter((m) => m.state === 'DOWN' || m.state === 'SUSPECT');
  return bad.length === 0 ? '' : t('verdict.watched', { names: list(bad.map(bare)) });
}

/** "S1 drained by alice" */
function wanted(member) {
  const by = member.order?.by;
  if (member.intent === 'DRAIN') {
    return by ? t('verdict.drainedBy', { name: member.name, by }) : t('verdict.drained', { name: member.name });
  }
  return by ? t('verdict.maintainedBy', { name: member.name, by }) : t('verdict.maintained', { name: member.name });
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
  return member.cause === 'NONE' ? short(member, now) : `${short(member, now)}: ${causeWords(member)}`;
}

/** What is the matter, as it follows a name. */
export function condition(member) {
  switch (member.state) {
    case 'DOWN':
      return CAUSES[member.cause] ?? STATE_WORDS.DOWN;
    case 'SUSPECT':
      return t('look.inDoubt');
    case 'RECOVERING':
      return t('look.recovering');
    case 'UNKNOWN':
      return t('look.notAnswered');
    default:
      return t('look.up');
  }
}
