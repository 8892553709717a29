import type { Alarm } from '../domain/alarm/alarm.ts';
import { type AlarmPlace, isSameAlarm } from '../domain/alarm/alarm-change.ts';
import { isAnswered } from '../domain/coverage.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { alarmsToWatch, isWatched, type WatchedAlarm } from '../domain/incident/watch.ts';
import type { AlarmSource, FlowDependencies, TrailScope } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import { askerOf } from './gathering.ts';
import type { WorkOutcome } from './run-work.ts';
import { targetOfPlace } from './scope.ts';

const READING_MAX_MS = 20_000;

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
  readonly readings: readonly WatchedAlarm[];
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
      const readings = group.flatMap((place) =>
        seen(place, reading.items, state, deps.clock.nowMs()),
      );
      if (!isAnswered(reading)) {
        return { readings, trouble: reading.explanation ?? 'CloudWatch did not answer.' };
      }
      return { readings, trouble: readings.length < group.length ? GONE : null };
    }),
  );
  return {
    readings: parts.flatMap(({ readings }) => readings),
    trouble: parts.find(({ trouble }) => trouble !== null)?.trouble ?? null,
  };
}

const GONE = 'One of the alarms does not exist any more.';

function elsewhere([first]: readonly AlarmPlace[]): string {
  return `This channel does not ask about ${first?.region ?? 'that Region'} there.`;
}

function seen(
  place: AlarmPlace,
  items: readonly Alarm[],
  { watch }: IncidentState,
  nowMs: number,
): WatchedAlarm[] {
  const alarm = items.find(({ name }) => name === place.name);
  if (alarm === undefined) return [];
  const before = watch?.alarms.find((row) => isSameAlarm(row, place));
  const seenSinceMs = before?.state === alarm.state ? before.sinceMs : nowMs;
  return [{ ...place, state: alarm.state, sinceMs: alarm.transitionedAtMs ?? seenSinceMs }];
}
