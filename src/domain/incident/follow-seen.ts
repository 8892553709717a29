import { isSameAlarm } from '../alarm/alarm-change.ts';
import { listWords } from '../text/list-words.ts';
import { utcClock } from '../text/time-words.ts';
import type { SeenAlarm, WatchedAlarm } from './watch.ts';

/** An alarm's record and its history may differ a little in when it changed. */
const SAME_MOMENT_MS = 30_000;

/** `between`: it is OK, and was something else since it was seen OK before. */
type Relapse = 'alarm' | 'between';

interface Followed {
  readonly alarms: readonly WatchedAlarm[];
  /** Sentences about what did not stay OK; null: all that were OK did. */
  readonly finding: string | null;
}

/**
 * The alarms after what was seen of them, in the order of time; several readings of one alarm tell
 * what it was between two looks. One that never was OK since the fix has not fired again.
 */
export function followSeen(
  readings: readonly SeenAlarm[],
  before: readonly WatchedAlarm[],
  startedAtMs: number,
): Followed {
  const relapses: { readonly relapse: Relapse; readonly alarm: SeenAlarm }[] = [];
  let alarms = before;
  for (const seen of readings) {
    const was = alarms.find((row) => isSameAlarm(row, seen));
    // A history reaches back to what is known already.
    if (was !== undefined && seen.sinceMs < was.sinceMs) continue;
    const relapse = was === undefined ? null : relapseOf(was, seen, startedAtMs);
    const isTold = relapses.some(({ alarm }) => isSameAlarm(alarm, seen));
    if (relapse !== null && !isTold) relapses.push({ relapse, alarm: seen });
    const now = { ...seen, wasOk: seen.state === 'OK' || (was !== undefined && hasBeenOk(was)) };
    alarms = was === undefined ? [...alarms, now] : alarms.map((row) => (row === was ? now : row));
  }
  return { alarms, finding: relapses.length === 0 ? null : findingOf(relapses) };
}

/** Records from before this was kept say it by their state alone. */
function hasBeenOk({ state, wasOk }: WatchedAlarm): boolean {
  return wasOk || state === 'OK';
}

function relapseOf(was: WatchedAlarm, seen: SeenAlarm, startedAtMs: number): Relapse | null {
  if (!hasBeenOk(was) || seen.sinceMs <= startedAtMs) return null;
  if (seen.state === 'ALARM') return was.state === 'ALARM' ? null : 'alarm';
  const isLater = seen.sinceMs - was.sinceMs > SAME_MOMENT_MS;
  return seen.state === 'OK' && was.state === 'OK' && isLater ? 'between' : null;
}

function findingOf(
  relapses: readonly { readonly relapse: Relapse; readonly alarm: SeenAlarm }[],
): string {
  const words = (relapse: Relapse, tell: (alarm: SeenAlarm) => string) =>
    listWords(relapses.filter((row) => row.relapse === relapse).map(({ alarm }) => tell(alarm)));
  const fired = words('alarm', ({ name, sinceMs }) => `${name} at ${utcClock(sinceMs)} UTC`);
  const between = words(
    'between',
    ({ name, sinceMs }) => `${name}, OK again since ${utcClock(sinceMs)} UTC`,
  );
  return [
    ...(fired === '' ? [] : [`Went off again while it was watched: ${fired}.`]),
    ...(between === '' ? [] : [`Did not stay OK between two looks: ${between}.`]),
  ].join(' ');
}
