// What states and causes are called. A state is always told by word, shape and colour together.

export const SHAPES = { UP: '●', SUSPECT: '◐', DOWN: '✕', RECOVERING: '◔', UNKNOWN: '○' };

export const STATES = {
  UP: 'up',
  SUSPECT: 'suspect',
  DOWN: 'down',
  RECOVERING: 'recovering',
  UNKNOWN: 'unknown',
};

/** A cause as part of a sentence that begins with the member's name. */
export const CAUSES = {
  HOST_SILENT: 'silent',
  PORT_CLOSED: 'not listening',
  PORT_SILENT: 'behind a filter',
  FROZEN: 'frozen',
  SLOW: 'slow',
  WRONG_ANSWER: 'answering wrongly',
  BROKEN: 'breaking its answers',
  TLS: 'failing TLS',
  UNRESOLVED: 'without an address',
  ISOLATED: 'out of our sight',
};

export const OUTCOMES = {
  ANSWERED: 'answered',
  OVERDUE: 'overdue',
  LATE: 'answered too late',
  SILENT: 'no answer',
  CONNECT_SILENT: 'connection not answered',
  REFUSED: 'refused',
  UNREACHABLE: 'unreachable',
  NO_ROUTE: 'no route from here',
  RESET: 'cut short',
  WRONG: 'wrong answer',
  STALLED: 'stalled',
  UNRESOLVED: 'name unknown',
  UNSENT: 'could not be asked',
};

/** The same where there is little room, beside a strip. */
export const BRIEFLY = {
  LATE: 'too late',
  SILENT: 'no answer',
  CONNECT_SILENT: 'no answer',
  REFUSED: 'refused',
  UNREACHABLE: 'no way',
  NO_ROUTE: 'no route',
  RESET: 'cut short',
  WRONG: 'wrong',
  STALLED: 'stalled',
  UNRESOLVED: 'no name',
};

/** How somebody is asked who is only watched. */
export const KINDS = { icmp: 'by ICMP alone', tcp: 'by TCP', http: 'by HTTP' };

/** A failure that is played, as it follows a name. */
export const DRILLS = {
  freeze: 'frozen',
  refuse: 'refusing connections',
  off: 'switched off',
};

/** "a", "a and b", "a, b and 3 more". */
export function list(items, most = 3) {
  if (items.length > most) {
    return `${items.slice(0, most - 1).join(', ')} and ${items.length - most + 1} more`;
  }
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** What an operator wants of a member, who and why, in one line: "drain by alice until 12:30: deploy (3 still run)". */
export function ordered(member, running, moment) {
  const order = member.order;
  if (!order) {
    return member.intent.toLowerCase();
  }
  const until = order.until === null ? '' : ` until ${moment(Date.parse(order.until))}`;
  const why = order.why === '' ? '' : `: ${order.why}`;
  const left = running === undefined ? '' : running === 0 ? ' (nothing runs there)' : ` (${running} still ${running === 1 ? 'runs' : 'run'})`;
  return `${member.intent.toLowerCase()} by ${order.by}${until}${why}${left}`;
}

/** A drill in one sentence: "S1 is treated as frozen until 12:03:20, by alice: game day; S1 itself is not touched". */
export function drilled(drill, second) {
  const why = drill.why === '' ? '' : `: ${drill.why}`;
  const until = second(Date.parse(drill.until));
  return `${drill.member} is treated as ${DRILLS[drill.mode] ?? drill.mode} until ${until}, by ${drill.by}${why}; ${drill.member} itself is not touched`;
}

export function rate(perSecond) {
  const value = perSecond >= 10 ? Math.round(perSecond) : Math.round(perSecond * 10) / 10;
  return value.toLocaleString();
}
