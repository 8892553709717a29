import type { RejectionCode } from '../domain/incident/commands.ts';
import type { RecordedEvent } from '../domain/incident/events.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { AppError } from '../errors.ts';
import type { FlowDependencies, Store } from '../ports.ts';
import { appendDecision, type DecisionInput } from './append-decision.ts';
import { createKeyedQueue, type KeyedQueue } from './keyed-queue.ts';

/** After this many lost races something is wrong with more than timing. */
const CONFLICTS_MAX = 8;
export type ActInput = DecisionInput;

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
    const outcome = await appendDecision(deps, input, state);
    switch (outcome.kind) {
      case 'appended':
        return { kind: 'done', state: outcome.state, events: outcome.events };
      case 'rejected':
        return { ...outcome, state };
      case 'duplicate': {
        const recorded = await deps.store.readState(input.incidentId);
        if (recorded === null) throw new AppError('internal', 'A duplicate without an incident.');
        return { kind: 'duplicate', state: recorded };
      }
      case 'conflict':
        continue;
    }
  }
  throw new AppError(
    'store-unavailable',
    'Too many people acted on this incident at once and yours could not be recorded. Try again.',
  );
}
