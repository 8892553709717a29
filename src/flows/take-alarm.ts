import { type AlarmChange, alarmKey } from '../domain/alarm/alarm-change.ts';
import { isCleared, isKnownFiring } from '../domain/incident/incident-alarms.ts';
import { LIMITS as INCIDENT_LIMITS } from '../domain/incident/limits.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { cutText } from '../domain/text/cut-text.ts';
import { AppError } from '../errors.ts';
import type { AlarmRoute, FlowDependencies, Store } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import { appendDecision } from './append-decision.ts';
import { type PlaybookDependencies, playbookAtOpening } from './choose-playbook.ts';
import {
  type AlarmIncident,
  asAlarmIncident,
  findAlarmIncidents,
  findNamedIncident,
} from './find-alarm-incidents.ts';
import { createKeyedQueue, type KeyedQueue } from './keyed-queue.ts';

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

/**
 * What a reported change of an alarm leads to. However often and in whatever order reports arrive,
 * at however many processes, an alarm has one open incident at most. Rejects with
 * `store-unavailable` when it could not be recorded: then it has to be reported again.
 */
export function takeAlarm(deps: TakeAlarmDependencies, change: AlarmChange): Promise<AlarmOutcome> {
  const queue = queues.get(deps.store) ?? createKeyedQueue();
  queues.set(deps.store, queue);
  return queue.run(alarmKey(change), () => take(deps, change));
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
  let metId: string | null = null;
  for (let tries = 0; tries < LIMITS.triesMax; tries += 1) {
    const [last] = await findAlarmIncidents(deps.store, change, metId);
    if (last !== undefined && isDealtWith(last, change)) {
      return { kind: 'known', incidentId: last.state.incidentId };
    }
    if (last?.state.status === 'open') {
      const outcome = await report(deps, last.state, change);
      if (outcome !== null) return outcome;
      continue;
    }
    // Somebody was faster than the alarm and has named it.
    const named = await findNamedIncident(deps.store, route.channelId, change);
    if (named !== null && named.proposal === null) {
      const outcome = await report(deps, named, change);
      if (outcome !== null) return outcome;
      continue;
    }
    const opening = await openFor(deps, change, route, last?.state.incidentId ?? null);
    if (opening.kind === 'opened') return opening;
    metId = opening.incidentId;
  }
  throw new AppError('store-unavailable', 'Too many reports of one alarm arrived at once.');
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
 * Whoever opens an incident for this alarm after the same earlier one uses the same ids, so that
 * one of several processes succeeds and the others meet what it opened.
 */
async function openFor(
  deps: TakeAlarmDependencies,
  change: AlarmChange,
  route: Extract<AlarmRoute, { kind: 'open' }>,
  after: string | null,
): Promise<
  | { readonly kind: 'opened'; readonly incidentId: string }
  | { readonly kind: 'met'; readonly incidentId: string }
> {
  const dedupeId = `alarm:${alarmKey(change)}:after:${after ?? 'none'}`;
  for (let salt = 0; salt < LIMITS.triesMax; salt += 1) {
    const incidentId = deps.ids.incidentId(dedupeId, salt);
    const state = await deps.store.readState(incidentId);
    if (asAlarmIncident(state, change) !== null) return { kind: 'met', incidentId };
    if (state !== null) continue;
    const opening = openingOf(change, route, deps.teamId, incidentId);
    const facts = { title: opening.title, playbookId: null, alarm: change };
    const playbook = playbookAtOpening({ playbooks: deps.playbooks ?? [] }, facts);
    const command = { ...opening, playbook };
    const outcome = await appendDecision(deps, { incidentId, command, actor: BOT, dedupeId }, null);
    if (outcome.kind === 'appended') return { kind: 'opened', incidentId };
    if (outcome.kind === 'rejected') throw new AppError('internal', outcome.sentence);
    return { kind: 'met', incidentId };
  }
  throw new AppError('internal', 'No free incident id was found.');
}

function openingOf(
  change: AlarmChange,
  { channelId, severity }: Extract<AlarmRoute, { kind: 'open' }>,
  teamId: string,
  incidentId: string,
) {
  return {
    type: 'open-incident',
    incidentId,
    gatheringId: `${incidentId.toLowerCase()}-g1`,
    title: cutText(`Alarm ${change.name}`, INCIDENT_LIMITS.titleCharactersMax),
    teamId,
    channelId,
    threadTs: null,
    sourcePermalink: null,
    startedAtMs: change.breachedFromMs,
    severity,
    alarmNames: [change.name],
    resources: [],
    regions: [change.region],
    alarm: change,
  } as const;
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
