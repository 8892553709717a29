import type { Decision, IncidentCommand } from '../domain/incident/commands.ts';
import { decide } from '../domain/incident/decide.ts';
import type { Actor, RecordedEvent } from '../domain/incident/events.ts';
import { isSetAside } from '../domain/incident/incident-alarms.ts';
import { foldEvents, record } from '../domain/incident/record.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { isWatched } from '../domain/incident/watch.ts';
import { AppError } from '../errors.ts';
import type { AppendOutcome, AppendRequest, FlowDependencies, Store } from '../ports.ts';
import { webhookWork } from './webhook-work.ts';
import { workAfter } from './work-after.ts';

/** One more try with the same dedupe id after an unknown outcome, so that the ack stays under 2 s. */
const WRITE_TRIES_MAX = 2;

export interface DecisionInput {
  readonly incidentId: string;
  readonly command: IncidentCommand;
  readonly actor: Actor;
  /** The same input from Slack always has the same id, however often it is delivered. */
  readonly dedupeId: string;
  /** Where to tell the person when nothing can be posted in the channel. */
  readonly replyUrl?: string | null;
}

export type DecisionOutcome =
  | {
      readonly kind: 'appended';
      readonly state: IncidentState;
      /** Empty when what was asked for was so already: then nothing was written. */
      readonly events: readonly RecordedEvent[];
    }
  | Exclude<AppendOutcome, { kind: 'appended' }>
  | Extract<Decision, { kind: 'rejected' }>;

/**
 * Decides on the given state and appends what follows from it, work included, once. Rejects with
 * `store-unavailable` when it could not be recorded.
 */
export async function appendDecision(
  deps: FlowDependencies,
  input: DecisionInput,
  state: IncidentState | null,
): Promise<DecisionOutcome> {
  const { incidentId, actor, dedupeId } = input;
  const nowMs = deps.clock.nowMs();
  const decision = decide(state, input.command, actor, nowMs, deps.approval);
  if (decision.kind === 'rejected') return decision;
  if (decision.events.length === 0 && state !== null) {
    return { kind: 'appended', state, events: [] };
  }
  const fromVersion = state?.version ?? 0;
  const events = record(decision.events, { fromVersion, atMs: nowMs, actor });
  const next = foldEvents(events, state);
  if (next === null) throw new AppError('internal', 'A decision without an incident.');
  const work = workAfter(decision.events, {
    incidentId,
    nowMs,
    by: actor.kind,
    status: next.status,
    isSetAside: isSetAside(next),
    isWatched: isWatched(next),
    replyUrl: input.replyUrl ?? null,
  });
  const appended = await appendTwice(deps.store, {
    incidentId,
    expectedVersion: fromVersion,
    dedupeId,
    events,
    state: next,
    work: [...work, ...webhookWork(deps.webhooks ?? [], state, next, nowMs)],
  });
  if (appended.kind !== 'appended') return appended;
  deps.wakeWorkers();
  return { kind: 'appended', state: next, events };
}

/** An error from a write means "outcome unknown": the same dedupe id makes the second try safe. */
async function appendTwice(store: Store, request: AppendRequest): Promise<AppendOutcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await store.append(request);
    } catch (error) {
      if (tries >= WRITE_TRIES_MAX) throw error;
    }
  }
}
