// Times and durations in words. All take milliseconds.

const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});
const SHORT_CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** "4 s", "3 min", "2 h 5 min", "6 d": never more than an operator needs. */
export function age(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return hours < 6 && minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  }
  return `${Math.floor(hours / 24)} d`;
}

/** "for 4 s", or "just now". */
export function lasting(millis) {
  return millis < 1000 ? 'just now' : `for ${age(millis)}`;
}

/** Time of day with milliseconds; with the day before it when that is not today. */
export function moment(at, now) {
  const time = CLOCK.format(at);
  return DAY.format(at) === DAY.format(now) ? time : `${DAY.format(at)} ${time}`;
}

export function second(at) {
  return SHORT_CLOCK.format(at);
}

/** Round trips: "0.16 ms", "1.2 ms", "23 ms"; a dash without one. */
export function trip(millis) {
  if (millis === null || millis === undefined) {
    return '–';
  }
  const digits = millis < 1 ? 2 : millis < 10 ? 1 : 0;
  return `${millis.toFixed(digits)} ms`;
}
