import { type ActInput, actOnIncident } from '../../src/flows/act-on-incident.ts';
import type { FlowDependencies, Store } from '../../src/ports.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { ana, OPENED_AT_MS, openCommand } from '../support/incident-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';

export const INCIDENT_ID = 'RT-7K3F9';

export interface FlowBench {
  readonly deps: FlowDependencies;
  readonly store: Store;
  readonly log: ReturnType<typeof createKeptLog>;
  /** How often workers were told that there is something to do. */
  readonly wakes: () => number;
}

/** What a flow needs, with a real store that is in memory. */
export async function aFlowBench(changes: Partial<FlowDependencies> = {}): Promise<FlowBench> {
  const log = createKeptLog();
  const store = await openSqliteStore({ path: ':memory:', log });
  let wakes = 0;
  let ids = 0;
  const deps: FlowDependencies = {
    store,
    clock: { nowMs: () => OPENED_AT_MS },
    ids: {
      next: (prefix) => {
        ids += 1;
        return `${prefix}-${ids}`;
      },
      incidentId: (_seed, salt) => (salt === 0 ? INCIDENT_ID : `RT-SALT${salt}`),
    },
    log,
    wakeWorkers: () => {
      wakes += 1;
    },
    ...changes,
  };
  return { deps, store, log, wakes: () => wakes };
}

/** A bench with `RT-7K3F9` open in channel C1. */
export async function anOpenIncident(changes: Partial<FlowDependencies> = {}): Promise<FlowBench> {
  const bench = await aFlowBench(changes);
  await actOnIncident(
    { ...bench.deps, store: bench.store },
    { incidentId: INCIDENT_ID, command: openCommand(), actor: ana, dedupeId: 'open' },
  );
  return bench;
}

/** Ana's note, by default the same each time. */
export function aNoteInput(changes: Partial<ActInput> = {}, text = 'A note'): ActInput {
  return {
    incidentId: INCIDENT_ID,
    command: { type: 'add-note', noteId: text.toLowerCase().replaceAll(' ', '-'), text },
    actor: ana,
    dedupeId: `note ${text}`,
    ...changes,
  };
}
