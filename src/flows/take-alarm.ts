import { type AlarmChange, alarmKey } from '../domain/alarm/alarm-change.ts';
import { joinsStorm } from '../domain/alarm/storm.ts';
import { isCleared, isKnownFiring } from '../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { AppError } from '../errors.ts';
import type { AlarmRoute, FlowDependencies, IncidentSummary, Store } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import type { PlaybookDependencies } from './choose-playbook.ts';
import {
  type AlarmIncident,
  findAlarmIncidents,
  findNamedIncident,
  listIncidents,
  openedByAlarms,
} from './find-alarm-incidents.ts';
import { createKeyedQueue, type KeyedQueue } from './keyed-queue.ts';
import { type OpenRoute, openIncidentFor } from './open-for-alarm.ts';

const LIMITS = {
  /** What happened to an alarm longer ago wakes nobody up now. */
  ageMaxMs: 24 * 60 * 60_000,
  futureMaxMs: 5 * 60_000,
  /** Races lost, and ids that are taken; eight in a row are something else. */
  triesMax: 8,
  /** Queues deliver in any order: an all-clear may come before what it is about. */
  clearedTtlMs: 60 * 60_000,
} as const;

const BOT = { kind: 'bot' } as const;

export interface TakeAlarmDependencies extends FlowDependencies, Partial<PlaybookDependencies> {
  readonly teamId: string;
  readonly routeOf: (change: AlarmChange) => AlarmRoute | null;
  /** Alarms of one channel that fire within this time of the first join its incident; absent: none do. */
  readonly togetherMs?: number;
}

export type AlarmOutcome =
  | { readonly kind: 'opened'; readonly incidentId: string }
  /** It is on the record of an incident that was there. */
  | { readonly kind: 'recorded'; readonly incidentId: string }
  /** Nothing is new: it was reported before, or people have dealt with this firing. */
  | { readonly kind: 'known'; readonly incidentId: string }
  /** There is nothing to do, and why. */
  | {
      readonly kind: 'passed';
      readonly why: 'ignored' | 'no-rule' | 'no-data' | 'untimely' | 'no-incident';
    };

const queues = new WeakMap<Store, KeyedQueue>();
const openings = new WeakMap<Store, KeyedQueue>();

function queueOf(known: WeakMap<Store, KeyedQueue>, store: Store): KeyedQueue {
  const queue = known.get(store) ?? createKeyedQueue();
  known.set(store, queue);
  return queue;
}

/**
 * What a reported change of an alarm leads to. However often and in whatever order reports arrive,
 * at however many processes, an alarm has one open incident at most. Rejects with
 * `store-unavailable` when it could not be recorded: then it has to be reported again.
 */
export function takeAlarm(deps: TakeAlarmDependencies, change: AlarmChange): Promise<AlarmOutcome> {
  return queueOf(queues, deps.store).run(alarmKey(change), () => take(deps, change));
}

async function take(deps: TakeAlarmDependencies, change: AlarmChange): Promise<AlarmOutcome> {
  const ageMs = deps.clock.nowMs() - change.atMs;
  if (ageMs > LIMITS.ageMaxMs || ageMs < -LIMITS.futureMaxMs) return passed('untimely');
  switch (change.to) {
    case 'ALARM':
      return takeFiring(deps, change);
    case 'OK':
      return takeAllClear(deps, change);
    case 'INSUFFICIENT_DATA':
      return passed('no-data');
  }
}

async function takeFiring(deps: TakeAlarmDependencies, change: AlarmChange): Promise<AlarmOutcome> {
  const route = deps.routeOf(change);
  if (route === null) return passed('no-rule');
  if (route.kind === 'ignore') return passed('ignored');
  if (await wasCleared(deps.store, change)) return passed('no-incident');
  // One after another, so that the alarms of one outage find the incident that the first one opens.
  return queueOf(openings, deps.store).run(route.channelId, () => placeFiring(deps, change, route));
}

async function placeFiring(
  deps: TakeAlarmDependencies,
  change: AlarmChange,
  route: OpenRoute,
): Promise<AlarmOutcome> {
  const metIds = new Set<string>();
  for (let tries = 0; tries < LIMITS.triesMax; tries += 1) {
    // One reading of the list for all that follows: what is opened after it is met by its id.
    const listed = await listIncidents(deps.store);
    const metId = [...metIds].at(-1) ?? null;
    const [last] = await findAlarmIncidents(deps.store, change, metId, listed);
    if (last !== undefined && isDealtWith(last, change)) {
      return { kind: 'known', incidentId: last.state.incidentId };
    }
    const home =
      last?.state.status === 'open' ? last.state : await findHome(deps, change, route, listed);
    if (home !== null) {
      const outcome = await report(deps, home, change);
      if (outcome !== null) return outcome;
      continue;
    }
    const after = openedByAlarms(listed, route.channelId).at(-1)?.incidentId ?? null;
    const opening = await openFor(deps, change, { route, after, metIds });
    if (opening.kind === 'opened') return opening;
    metIds.add(opening.incidentId);
  }
  throw new AppError('store-unavailable', 'Too many reports of one alarm arrived at once.');
}

/** The open incident that a firing belongs to although it is not about this alarm yet; null: none. */
async function findHome(
  { store, clock, togetherMs = 0 }: TakeAlarmDependencies,
  change: AlarmChange,
  { channelId, severity }: OpenRoute,
  listed: readonly IncidentSummary[],
): Promise<IncidentState | null> {
  // Somebody was faster than the alarm and has named it.
  const named = await findNamedIncident(store, channelId, change);
  if (named !== null && named.proposal === null) return named;
  const arrival = { change, severity, nowMs: clock.nowMs(), togetherMs };
  const open = openedByAlarms(listed, channelId).filter(({ status }) => status === 'open');
  for (const { incidentId } of togetherMs > 0 ? open : []) {
    const state = await store.readState(incidentId);
    if (state !== null && joinsStorm(state, arrival)) return state;
  }
  return null;
}

function passed(why: Extract<AlarmOutcome, { kind: 'passed' }>['why']): AlarmOutcome {
  return { kind: 'passed', why };
}

/** "Not an incident" holds until the alarm was OK in between, whether that was reported or not. */
function isDealtWith({ state, alarm }: AlarmIncident, change: AlarmChange): boolean {
  const isDeclined = state.status === 'closed' && state.proposal?.verdict === 'declined';
  return isKnownFiring(alarm, change) || (isDeclined && !isCleared(alarm) && change.from !== 'OK');
}

/** Null when the incident was closed meanwhile. */
async function report(
  deps: TakeAlarmDependencies,
  { incidentId }: IncidentState,
  change: AlarmChange,
): Promise<AlarmOutcome | null> {
  const outcome = await actOnIncident(deps, {
    incidentId,
    command: {
      type: 'record-alarm',
      change,
      mergedFrom: null,
      gatheringId: null,
      gatherWindow: { fromMs: change.atMs, toMs: change.atMs },
    },
    actor: BOT,
    dedupeId: `alarm:${alarmKey(change)}:${change.to}:${change.atMs}:${incidentId}`,
  });
  if (outcome.kind === 'rejected') {
    if (outcome.code === 'incident-closed') return null;
    deps.log.warn('an alarm could not be put on the record', { incidentId, why: outcome.sentence });
    return { kind: 'known', incidentId };
  }
  const isNew = outcome.kind === 'done' && outcome.events.length > 0;
  return { kind: isNew ? 'recorded' : 'known', incidentId };
}

/**
 * Whoever opens an incident for an alarm after the same earlier one of the channel uses the same id,
 * so that one of several processes succeeds and the others meet what it opened.
 */
async function openFor(
  deps: TakeAlarmDependencies,
  change: AlarmChange,
  {
    route,
    after,
    metIds,
  }: {
    readonly route: OpenRoute;
    readonly after: string | null;
    readonly metIds: ReadonlySet<string>;
  },
): Promise<
  | { readonly kind: 'opened'; readonly incidentId: string }
  | { readonly kind: 'met'; readonly incidentId: string }
> {
  const seed = `alarm in ${route.channelId} after ${after ?? 'none'}`;
  for (let salt = 0; salt < LIMITS.triesMax; salt += 1) {
    const incidentId = deps.ids.incidentId(seed, salt);
    const state = await deps.store.readState(incidentId);
    // One that was looked at already and does not take this alarm in is in the way like any other.
    if (state !== null && (state.proposal === null || metIds.has(incidentId))) continue;
    if (state !== null) return { kind: 'met', incidentId };
    const opened = await openIncidentFor(deps, { teamId: deps.teamId, change, route }, incidentId);
    return { kind: opened ? 'opened' : 'met', incidentId };
  }
  throw new AppError('internal', 'No free incident id was found.');
}

/** Every incident that has this alarm firing hears of it, also the last closed one. */
async function takeAllClear(
  deps: TakeAlarmDependencies,
  change: AlarmChange,
): Promise<AlarmOutcome> {
  const found = await findAlarmIncidents(deps.store, change);
  const open = found.filter(({ state }) => state.status === 'open');
  let recordedIn: string | null = null;
  for (const incident of open.length > 0 ? open : found.slice(0, 1)) {
    const outcome = await report(deps, incident.state, change);
    if (outcome?.kind === 'recorded') recordedIn ??= outcome.incidentId;
  }
  if (recordedIn !== null) return { kind: 'recorded', incidentId: recordedIn };
  await deps.store.saveCached(clearedKey(change), String(change.atMs), LIMITS.clearedTtlMs);
  return passed('no-incident');
}

async function wasCleared(store: Store, change: AlarmChange): Promise<boolean> {
  const clearedAtMs = Number(await store.readCached(clearedKey(change)));
  return clearedAtMs >= change.atMs;
}

function clearedKey(change: AlarmChange): string {
  return `alarm-cleared ${alarmKey(change)}`;
}
