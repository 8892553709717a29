import type { AlarmTransition } from '../alarm/alarm.ts';
import { counted } from '../text/counted.ts';
import { cutText } from '../text/cut-text.ts';
import { listWords } from '../text/list-words.ts';
import { utcDay } from '../text/time-words.ts';
import { type Burst, foldBursts } from '../trail/bursts.ts';
import { describeBurst } from '../trail/describe-burst.ts';
import { isChange } from '../trail/is-change.ts';
import { eachOnce } from '../trail/newest-first.ts';
import type { TrailRecord } from '../trail/record.ts';
import { isRoutineWrite } from '../trail/telling-changes.ts';
import type { RecordedEvent } from './events.ts';
import { type Evidence, recordsOf } from './evidence.ts';
import { evolve } from './evolve.ts';
import type { CapturedMessage, IncidentState } from './state.ts';
import { type TimelineEntry, tellEvent } from './timeline-sentences.ts';

export type { TimelineEntry, TimelineKind } from './timeline-sentences.ts';

/** At most this many AWS entries of each kind, those nearest to the start of the problem. */
const TRANSITIONS_MAX = 40;
const CHANGES_MAX = 20;
/** Of what people attached themselves: they chose it. */
const ATTACHED_MAX = 40;
const ERROR_CHARACTERS_MAX = 200;

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

function burstEntry(burst: Burst): TimelineEntry {
  const { newest, count, failed } = burst;
  const [one, many] = isTelling(newest) ? ['Change', 'Changes'] : ['Call', 'Calls'];
  const error = newest.errorCode ?? newest.errorMessage;
  return {
    ...spanOf([burst]),
    actor: null,
    kind: isTelling(newest) ? 'change' : 'call',
    sentence: `${count === 1 ? one : many} in AWS${failed ? ' that failed' : ''}`,
    detail: `${describeBurst(burst)}${error === null ? '' : `, ended with ${cutText(error, ERROR_CHARACTERS_MAX)}`}`,
    link: null,
  };
}

/** Where not all of a day are told: how many there were, and what holds them. */
function leftOutEntry(bursts: readonly Burst[], { evidence }: IncidentState): TimelineEntry {
  const ids = new Set(bursts.flatMap(({ eventIds }) => eventIds));
  const numbers = evidence.flatMap((row, index) =>
    recordsOf(row).some(({ eventId }) => ids.has(eventId)) ? [String(index + 1)] : [],
  );
  return {
    ...spanOf(bursts),
    actor: null,
    kind: 'call',
    sentence: `${counted(ids.size, 'more call')} in AWS on this day: see evidence ${listWords(numbers)}`,
    detail: null,
    link: null,
  };
}

function spanOf(bursts: readonly Burst[]): Pick<TimelineEntry, 'atMs' | 'untilMs'> {
  const atMs = Math.min(...bursts.map(({ fromMs }) => fromMs));
  const untilMs = Math.max(...bursts.map(({ toMs }) => toMs));
  return untilMs === atMs ? { atMs } : { atMs, untilMs };
}

const touchesAlarm = ({ from, to }: AlarmTransition): boolean => from === 'ALARM' || to === 'ALARM';

const isTelling = (record: TrailRecord): boolean => isChange(record) && !isRoutineWrite(record);

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
  const transitionKey = (row: AlarmTransition): string =>
    `${row.alarmName}|${row.region}|${row.atMs}|${row.to}`;
  return [
    ...nearest(transitions, transitionKey, aroundMs, TRANSITIONS_MAX).map(transitionEntry),
    ...callEntries(state, aroundMs),
  ];
}

/** What fixed it is always told; of the rest what people attached, and what is near to the start. */
function callEntries(state: IncidentState, aroundMs: number): readonly TimelineEntry[] {
  const { evidence } = state;
  const fixIds = new Set(evidence.flatMap(fixIdsOf));
  const attachedIds = new Set(
    evidence
      .filter(({ kind }) => kind === 'lookup' || kind === 'statement')
      .flatMap(recordsOf)
      .map(({ eventId }) => eventId),
  );
  const calls = eachOnce(evidence.flatMap(recordsOf));
  // What was read stands apart from what was changed, however soon one followed the other.
  const others = calls.filter((call) => !isTelling(call) && attachedIds.has(call.eventId));
  const bursts = [...foldBursts(calls.filter(isTelling)), ...foldBursts(others)].map((burst) => ({
    ...burst,
    atMs: burst.fromMs,
  }));
  const holds = (ids: ReadonlySet<string>) => (burst: Burst) =>
    burst.eventIds.some((eventId) => ids.has(eventId));
  const fixing = bursts.filter(holds(fixIds));
  const rest = bursts.filter((row) => !fixing.includes(row));
  const attached = rest.filter(holds(attachedIds));
  const gathered = rest.filter((row) => !attached.includes(row));
  const keyOf = ({ newest }: Burst): string => newest.eventId;
  const told = [
    ...fixing,
    ...nearest(attached, keyOf, aroundMs, ATTACHED_MAX),
    ...nearest(gathered, keyOf, aroundMs, CHANGES_MAX),
  ];
  const leftOut = bursts.filter((row) => !told.includes(row));
  const days = Map.groupBy(leftOut, ({ fromMs }) => utcDay(fromMs));
  return [
    ...told.map(burstEntry),
    ...[...days.values()].map((ofDay) => leftOutEntry(ofDay, state)),
  ];
}

function fixIdsOf(row: Evidence): readonly string[] {
  const inside = row.kind === 'changes' ? (row.fix?.inside ?? []) : [];
  return inside.map(({ eventId }) => eventId);
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
