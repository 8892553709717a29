import type { IncidentState } from '../domain/incident/state.ts';
import { isAppError } from '../errors.ts';
import type { AuditEntry, Clock, IncidentSummary, Logger, ScheduledWork, Store } from '../ports.ts';
import type { WorkOutcome } from './run-work.ts';

const DAY_MS = 24 * 60 * 60_000;
/** At a time, so that other work has its turn in between. */
const BATCH_MAX = 100;
const BATCH_PAUSE_MS = 1_000;

export interface DeleteOldDependencies {
  readonly store: Pick<Store, 'listIdleIncidents' | 'readState' | 'deleteIncident'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Deletes closed incidents in which nothing has happened for `keptMs`, a batch at a time, and comes
 * back the next day. One that anything happens in meanwhile has another version, and stays.
 */
export async function deleteOld(
  { store, clock, log }: DeleteOldDependencies,
  keptMs: number,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const idleSinceMs = clock.nowMs() - keptMs;
  const idle = await store.listIdleIncidents({ idleSinceMs, limit: BATCH_MAX });
  let count = 0;
  for (const { incidentId } of idle) {
    if (signal.aborted) return { kind: 'later', delayMs: 0 };
    const state = await readOwn(store, incidentId);
    if (state === null || state.status === 'open' || state.lastActivityAtMs >= idleSinceMs)
      continue;
    const audit = entryOf(state, clock.nowMs(), keptMs);
    const request = { incidentId, expectedVersion: state.version, audit };
    if (await store.deleteIncident(request)) count += 1;
  }
  if (count > 0) log.info('old incidents were deleted', { count });
  // A batch in which nothing could be deleted is tried again with the next day, not for ever.
  const isMore = idle.length === BATCH_MAX && count > 0;
  return { kind: 'later', delayMs: isMore ? BATCH_PAUSE_MS : DAY_MS };
}

/** Null also for what a newer version wrote: that is for the newer version to delete. */
async function readOwn(
  store: Pick<Store, 'readState'>,
  incidentId: string,
): Promise<IncidentState | null> {
  try {
    return await store.readState(incidentId);
  } catch (error) {
    if (isAppError(error, 'store-newer')) return null;
    throw error;
  }
}

function entryOf(
  { incidentId, channelId }: Pick<IncidentSummary, 'incidentId' | 'channelId'>,
  atMs: number,
  keptMs: number,
): AuditEntry {
  return {
    atMs,
    userId: 'bot',
    channelId,
    action: 'deletion',
    question: incidentId,
    recordCount: 0,
    outcome: `deleted: closed, and nothing happened for ${Math.floor(keptMs / DAY_MS)} days`,
  };
}

/** At each start, at once; several processes share the one item, which then comes back daily. */
export function deleteOldWork(nowMs: number): ScheduledWork {
  return { workId: 'delete-old', dueAtMs: nowMs, work: { kind: 'delete-old' } };
}
