import type { AlarmTransition } from '../alarm/alarm.ts';
import { type Burst, foldBursts } from '../trail/bursts.ts';
import { describeBurst } from '../trail/describe-burst.ts';
import { isChange } from '../trail/is-change.ts';
import { eachOnce } from '../trail/newest-first.ts';
import type { TrailRecord } from '../trail/record.ts';
import { isRoutineWrite } from '../trail/telling-changes.ts';
import type { RecordedEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { CapturedMessage, IncidentState } from './state.ts';
import { type TimelineEntry, tellEvent } from './timeline-sentences.ts';

export type { TimelineEntry, TimelineKind } from './timeline-sentences.ts';

/** At most this many AWS entries of each kind, those nearest to the start of the problem. */
const TRANSITIONS_MAX = 40;
const CHANGES_MAX = 20;

function messageEntry(message: CapturedMessage): TimelineEntry {
  const { authorId } = message;
  return {
    atMs: message.writtenAtMs,
    actor: authorId === null ? null : { kind: 'person', userId: authorId },
    kind: 'message',
    sentence: authorId === null ? 'Message by somebody unknown' : 'Message',
    detail: message.text === '' ? null : message.text,
    link: message.permalink,
  };
}

function transitionEntry(transition: AlarmTransition): TimelineEntry {
  const from = transition.from === null ? '' : ` from ${transition.from}`;
  return {
    atMs: transition.atMs,
    actor: null,
    kind: 'alarm',
    sentence: `Alarm went${from} to ${transition.to}`,
    detail: `${transition.alarmName} (${transition.region})`,
    link: null,
  };
}

function changeEntry(burst: Burst): TimelineEntry {
  const { fromMs, toMs, count } = burst;
  return {
    atMs: fromMs,
    ...(toMs === fromMs ? {} : { untilMs: toMs }),
    actor: null,
    kind: 'change',
    sentence: count === 1 ? 'Change in AWS' : 'Changes in AWS',
    detail: describeBurst(burst),
    link: null,
  };
}

const touchesAlarm = ({ from, to }: AlarmTransition): boolean => from === 'ALARM' || to === 'ALARM';

const isTold = (record: TrailRecord): boolean => isChange(record) && !isRoutineWrite(record);

/** The first of each key, then those nearest to `aroundMs`. */
function nearest<T extends { readonly atMs: number }>(
  items: readonly T[],
  keyOf: (item: T) => string,
  aroundMs: number,
  max: number,
): readonly T[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()]
    .toSorted(
      (a, b) =>
        Math.abs(a.atMs - aroundMs) - Math.abs(b.atMs - aroundMs) ||
        a.atMs - b.atMs ||
        (keyOf(a) < keyOf(b) ? -1 : 1),
    )
    .slice(0, max);
}

function awsEntries(state: IncidentState): readonly TimelineEntry[] {
  const aroundMs = state.startedAtMs ?? state.openedAtMs;
  const transitions = state.evidence
    .flatMap((row) => (row.kind === 'alarms' ? row.transitions : []))
    .filter(touchesAlarm);
  const changes = state.evidence
    .flatMap((row) => (row.kind === 'alarms' ? [] : row.records))
    .filter(isTold);
  const bursts = foldBursts(eachOnce(changes)).map((burst) => ({
    ...burst,
    atMs: burst.fromMs,
  }));
  const transitionKey = (row: AlarmTransition): string =>
    `${row.alarmName}|${row.region}|${row.atMs}|${row.to}`;
  return [
    ...nearest(transitions, transitionKey, aroundMs, TRANSITIONS_MAX).map(transitionEntry),
    ...nearest(bursts, (row) => row.newest.eventId, aroundMs, CHANGES_MAX).map(changeEntry),
  ];
}

/**
 * What happened, oldest first. Messages, alarms and changes stand at their own time, everything
 * else at the time it was recorded; at the same time AWS comes first, then the order of the log.
 */
export function buildTimeline(events: readonly RecordedEvent[]): readonly TimelineEntry[] {
  let state: IncidentState | null = null;
  const told: TimelineEntry[] = [];
  for (const recorded of events) {
    const after: IncidentState = evolve(state, recorded);
    const line = tellEvent(recorded.event.type, recorded.event, state ?? after);
    state = after;
    if (line === null) continue;
    told.push({ atMs: recorded.atMs, actor: recorded.actor, ...line, link: null });
  }
  if (state === null) return [];
  const entries = [...awsEntries(state), ...state.capturedMessages.map(messageEntry), ...told];
  return entries.toSorted((a, b) => a.atMs - b.atMs);
}
