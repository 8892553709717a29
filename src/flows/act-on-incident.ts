import type { IncidentCommand, RejectionCode } from '../domain/incident/commands.ts';
import { decide } from '../domain/incident/decide.ts';
import type { Actor, RecordedEvent } from '../domain/incident/events.ts';
import { foldEvents, record } from '../domain/incident/record.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { AppError } from '../errors.ts';
import type { FlowDependencies, Store } from '../ports.ts';
import { createKeyedQueue, type KeyedQueue } from './keyed-queue.ts';
import { workAfter } from './work-after.ts';

/** After this many lost races something is wrong with more than timing. */
const CONFLICTS_MAX = 8;
/** One more try with the same dedupe id after an unknown outcome, so that the ack stays under 2 s. */
const WRITE_TRIES_MAX = 2;

export interface ActInput {
  readonly incidentId: string;
  readonly command: IncidentCommand;
  readonly actor: Actor;
  /** The same input from Slack always has the same id, however often it is delivered. */
  readonly dedupeId: string;
  readonly replyUrl?: string | null;
}

export type ActOutcome =
  | {
      readonly kind: 'done';
      readonly state: IncidentState;
      /** Empty when what was asked for was so already. */
      readonly events: readonly RecordedEvent[];
    }
  /** This very input was recorded before (Slack delivered it twice). */
  | { readonly kind: 'duplicate'; readonly state: IncidentState }
  | {
      readonly kind: 'rejected';
      readonly code: RejectionCode;
      readonly sentence: string;
      readonly state: IncidentState | null;
    };

const queues = new WeakMap<Store, KeyedQueue>();

function queueOf(store: Store): KeyedQueue {
  const queue = queues.get(store) ?? createKeyedQueue();
  queues.set(store, queue);
  return queue;
}

/**
 * Load, decide, append; on a lost race load and decide again, so that the second of two people is
 * told what the first has done. Rejects with `store-unavailable` when nothing could be recorded.
 */
export function actOnIncident(deps: FlowDependencies, input: ActInput): Promise<ActOutcome> {
  return queueOf(deps.store).run(input.incidentId, () => decideAndAppend(deps, input));
}

async function decideAndAppend(deps: FlowDependencies, input: ActInput): Promise<ActOutcome> {
  for (let conflicts = 0; conflicts < CONFLICTS_MAX; conflicts += 1) {
    const state = await deps.store.readState(input.incidentId);
    const outcome = await tryOnce(deps, input, state);
    if (outcome !== 'conflict') return outcome;
  }
  throw new AppError(
    'store-unavailable',
    'Too many people acted on this incident at once and yours could not be recorded. Try again.',
  );
}

async function tryOnce(
  deps: FlowDependencies,
  input: ActInput,
  state: IncidentState | null,
): Promise<ActOutcome | 'conflict'> {
  const nowMs = deps.clock.nowMs();
  const decision = decide(state, input.command, input.actor, nowMs);
  if (decision.kind === 'rejected') return { ...decision, state };
  if (decision.events.length === 0 && state !== null) return { kind: 'done', state, events: [] };
  const fromVersion = state?.version ?? 0;
  const events = record(decision.events, { fromVersion, atMs: nowMs, actor: input.actor });
  const next = foldEvents(events, state);
  if (next === null) throw new AppError('internal', 'A decision without an incident.');
  const appended = await appendTwice(deps.store, {
    incidentId: input.incidentId,
    expectedVersion: fromVersion,
    dedupeId: input.dedupeId,
    events,
    state: next,
    work: workAfter(decision.events, {
      incidentId: input.incidentId,
      nowMs,
      by: input.actor.kind,
      replyUrl: input.replyUrl ?? null,
    }),
  });
  switch (appended.kind) {
    case 'appended':
      deps.wakeWorkers();
      return { kind: 'done', state: next, events };
    case 'duplicate':
      return { kind: 'duplicate', state: (await deps.store.readState(input.incidentId)) ?? next };
    case 'conflict':
      return 'conflict';
  }
}

/** An error from a write means "outcome unknown": the same dedupe id makes the second try safe. */
async function appendTwice(store: Store, request: Parameters<Store['append']>[0]) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await store.append(request);
    } catch (error) {
      if (tries >= WRITE_TRIES_MAX) throw error;
    }
  }
}
