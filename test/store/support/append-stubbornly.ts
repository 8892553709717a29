import { setTimeout as delay } from 'node:timers/promises';
import { isAppError } from '../../../src/errors.ts';
import type { AppendOutcome, Store } from '../../../src/ports.ts';
import { anAppend, aScheduled } from '../../support/store-builders.ts';

const RETRY_MS = 20;

/** As the flows do it: decide anew after a conflict, ask again with the same id after a failure. */
export async function appendStubbornly(
  store: Store,
  incidentId: string,
  dedupeId: string,
): Promise<number> {
  for (;;) {
    const outcome = await tryAppend(store, incidentId, dedupeId);
    if (outcome !== null && outcome.kind !== 'conflict') return outcome.version;
    if (outcome === null) await delay(RETRY_MS);
  }
}

async function tryAppend(
  store: Store,
  incidentId: string,
  dedupeId: string,
): Promise<AppendOutcome | null> {
  try {
    const expectedVersion = (await store.readState(incidentId))?.version ?? 0;
    const work = [aScheduled({ workId: dedupeId })];
    return await store.append(anAppend({ incidentId, expectedVersion, dedupeId, work }));
  } catch (error) {
    if (isAppError(error, 'store-unavailable')) return null;
    throw error;
  }
}
