import type { Alarm } from '../domain/alarm/alarm.ts';
import { type AlarmPlace, isSameAlarm } from '../domain/alarm/alarm-change.ts';
import { isAnswered } from '../domain/coverage.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import {
  alarmsToWatch,
  currentWatch,
  isWatched,
  type SeenAlarm,
  watchStart,
} from '../domain/incident/watch.ts';
import type { AlarmSource, Asker, AwsTarget, FlowDependencies, TrailScope } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import { askerOf } from './gathering.ts';
import type { WorkOutcome } from './run-work.ts';
import { targetOfPlace } from './scope.ts';

const READING_MAX_MS = 20_000;
/** An alarm's record and its history may tell the same change with times that differ a little. */
const SKEW_MAX_MS = 1_000;

export interface WatchDependencies extends FlowDependencies {
  readonly alarms: AlarmSource;
  scopeOf(channelId: string): TrailScope;
  /** How long the alarms must stay OK, and how often they are looked at. */
  readonly watchMs: number;
  readonly watchEveryMs: number;
}

/**
 * Looks at the alarms of an incident whose solution is being verified, and comes back until they
 * have stayed OK for the agreed time, one has fired again, or nobody verifies any more. The work
 * item is what survives a restart; looking twice records nothing twice.
 */
export async function watchAlarms(
  deps: WatchDependencies,
  incidentId: string,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const state = await deps.store.readState(incidentId);
  if (state === null || !isWatched(state)) return { kind: 'done' };
  const places = alarmsToWatch(state);
  if (places.length === 0) return { kind: 'done' };
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(READING_MAX_MS)]);
  const { readings, trouble } = await readPlaces(deps, state, places, inTime);
  signal.throwIfAborted();
  const outcome = await actOnIncident(deps, {
    incidentId,
    command: { type: 'record-watch', agreedMs: deps.watchMs, readings, trouble },
    actor: { kind: 'bot' },
    dedupeId: deps.ids.next('watch'),
  });
  const isOver = outcome.state === null || !isWatched(outcome.state);
  return isOver ? { kind: 'done' } : { kind: 'later', delayMs: deps.watchEveryMs };
}

interface Readings {
  readonly readings: readonly SeenAlarm[];
  /** One clear sentence; null when all of them were read. */
  readonly trouble: string | null;
}

async function readPlaces(
  deps: WatchDependencies,
  state: IncidentState,
  places: readonly AlarmPlace[],
  signal: AbortSignal,
): Promise<Readings> {
  const asker = { userId: askerOf(state), urgency: 'background' } as const;
  const scope = deps.scopeOf(state.channelId);
  const groups = [...Map.groupBy(places, (place) => targetOfPlace(scope, place))];
  const parts = await Promise.all(
    groups.map(async ([target, group]): Promise<Readings> => {
      if (target === null) return { readings: [], trouble: elsewhere(group) };
      const names = group.map(({ name }): string => name);
      const reading = await deps.alarms.readAlarms({ target, asker, names }, signal);
      const now = group.flatMap((place) => seen(place, reading.items, state));
      const earlier = await readBetween(deps, { state, target, asker }, now, signal);
      const readings = [...earlier, ...now];
      if (!isAnswered(reading)) {
        return { readings, trouble: reading.explanation ?? 'CloudWatch did not answer.' };
      }
      return { readings, trouble: now.length < group.length ? GONE : null };
    }),
  );
  return {
    readings: parts.flatMap(({ readings }) => readings),
    trouble: parts.find(({ trouble }) => trouble !== null)?.trouble ?? null,
  };
}

const GONE = 'CloudWatch tells nothing of one of the alarms: perhaps it does not exist any more.';

function elsewhere([first]: readonly AlarmPlace[]): string {
  return `This channel does not ask about ${first?.region ?? 'that Region'} there.`;
}

/** Without the time since when, a state proves nothing: then the alarm counts as not read. */
function seen(
  place: AlarmPlace,
  items: readonly Alarm[],
  { openedAtMs }: IncidentState,
): SeenAlarm[] {
  const alarm = items.find(({ name }) => name === place.name);
  if (alarm === undefined || alarm.transitionedAtMs === null) return [];
  const configuredAtMs = alarm.configuredAtMs ?? 0;
  const reconfiguredAtMs = configuredAtMs > openedAtMs ? configuredAtMs : null;
  return [{ ...place, state: alarm.state, sinceMs: alarm.transitionedAtMs, reconfiguredAtMs }];
}

interface Asking {
  readonly state: IncidentState;
  readonly target: AwsTarget;
  readonly asker: Asker;
}

/** What those that changed since the last look were in between, from the fix on, in the order of time. */
async function readBetween(
  deps: WatchDependencies,
  { state, target, asker }: Asking,
  now: readonly SeenAlarm[],
  signal: AbortSignal,
): Promise<readonly SeenAlarm[]> {
  const startedAtMs = watchStart(state) ?? deps.clock.nowMs();
  const before = currentWatch(state)?.alarms ?? [];
  const changed = now.filter((alarm) => {
    const known = before.find((row) => isSameAlarm(row, alarm));
    return alarm.sinceMs > Math.max(startedAtMs, known?.sinceMs ?? 0);
  });
  if (changed.length === 0) return [];
  const window = { fromMs: startedAtMs, toMs: deps.clock.nowMs() };
  const { items } = await deps.alarms.readTransitions({ target, asker, ...window }, signal);
  const inOrder = items.toSorted((a, b) => a.atMs - b.atMs);
  return changed.flatMap((alarm) => {
    const own = inOrder.filter(
      ({ alarmName, atMs }) => alarmName === alarm.name && atMs <= alarm.sinceMs + SKEW_MAX_MS,
    );
    const from = own[0]?.from ?? null;
    const atFix = from === null ? [] : [{ ...alarm, state: from, sinceMs: startedAtMs }];
    const later = own.map(({ to, atMs }) => ({
      ...alarm,
      state: to,
      sinceMs: Math.min(atMs, alarm.sinceMs),
    }));
    return [...atFix, ...later];
  });
}
