import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import type { Store } from '../../../src/ports.ts';
import type { Acknowledged } from './writers.ts';

/**
 * What is wrong with the data, given what was acknowledged: each acknowledged event is there once
 * at its version, versions have no gap, the snapshot is of the last event, and each event has its
 * work item and each work item its event. Empty when all is well.
 */
export async function findHistoryProblems(
  store: Store,
  acknowledged: readonly Acknowledged[],
): Promise<readonly string[]> {
  const incidents = await store.listIncidents({ limit: 100 });
  const logs = await Promise.all(
    incidents.map(async ({ incidentId }) => ({
      incidentId,
      ids: (await store.readEvents(incidentId)).map(dedupeIdOf),
      versions: (await store.readEvents(incidentId)).map((event) => event.version),
      snapshotVersion: (await store.readState(incidentId))?.version ?? 0,
    })),
  );
  const positions = new Map(
    logs.flatMap(({ incidentId, ids }) =>
      ids.map((id, index) => [id, `${incidentId} ${index + 1}`] as const),
    ),
  );
  const allIds = logs.flatMap((log) => log.ids);
  const workIds = await allWorkIds(store);
  return [
    ...logs
      .filter(({ versions }) => versions.some((version, index) => version !== index + 1))
      .map(({ incidentId }) => `${incidentId} has a gap`),
    ...logs
      .filter(({ versions, snapshotVersion }) => snapshotVersion !== versions.length)
      .map(({ incidentId }) => `${incidentId} has an old snapshot`),
    ...acknowledged
      .filter((ack) => positions.get(ack.dedupeId) !== `${ack.incidentId} ${ack.version}`)
      .map((ack) => `${ack.dedupeId} was acknowledged at ${ack.version} and is not there`),
    ...allIds.filter((id, index) => allIds.indexOf(id) !== index).map((id) => `${id} is twice`),
    ...allIds.filter((id) => !workIds.has(id)).map((id) => `${id} has no work item`),
    ...[...workIds].filter((id) => !positions.has(id)).map((id) => `${id} has no event`),
  ];
}

/** In parts: one answer with thousands of items takes longer than the store waits. */
async function allWorkIds(store: Store): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (;;) {
    const claims = await store.claimWork({ leaseMs: 60_000, limit: 500 });
    if (claims.length === 0) return ids;
    for (const { workId } of claims) ids.add(workId);
  }
}

/** The builder names the note after the dedupe id. */
function dedupeIdOf({ event }: RecordedEvent): string {
  return event.type === 'note-added' ? event.noteId.replace(/-1$/, '') : event.type;
}
