import { foldEvents } from '../domain/incident/record.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { isAppError } from '../errors.ts';
import type { Logger, Store } from '../ports.ts';
import { decodeSnapshot } from './decoded-snapshots.ts';

export interface StoredSnapshot {
  readonly incidentId: string;
  readonly text: string;
  readonly key: string;
}

/**
 * A snapshot is a copy of what the events tell. One that cannot be read, say because an older
 * Redthread wrote it, is computed anew; the next append replaces it. Not a newer one: what is
 * computed here would leave out what only the newer version knows.
 */
export async function readSnapshot(
  { incidentId, text, key }: StoredSnapshot,
  readEvents: Store['readEvents'],
  log: Logger,
): Promise<IncidentState | null> {
  try {
    return decodeSnapshot(text, key);
  } catch (error) {
    if (isAppError(error, 'store-newer')) throw error;
    log.error('A snapshot cannot be read; it is computed from the events', error, { key });
    return foldEvents(await readEvents(incidentId));
  }
}
