/**
 * Appends until it is killed: `node writer-process.ts <place as JSON> <name>`. Prints a line for
 * each append that the store has acknowledged: incident, version, dedupe id.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { isAppError } from '../../../src/errors.ts';
import type { AppendOutcome, Store } from '../../../src/ports.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { anAppend, aScheduled } from '../../support/store-builders.ts';
import { openPlace, type Place } from './open-place.ts';

const INCIDENT_COUNT = 3;
const RETRY_MS = 20;

const [, , place = '', name = ''] = process.argv;
const store = await openPlace(JSON.parse(place) as Place, createKeptLog());

for (let count = 0; ; count += 1) {
  const incidentId = `RT-${count % INCIDENT_COUNT}`;
  const dedupeId = `${name}-${count}`;
  const version = await appendStubbornly(store, incidentId, dedupeId);
  process.stdout.write(`${incidentId} ${version} ${dedupeId}\n`);
}

/** As the flows do it: decide anew after a conflict, ask again with the same id after a failure. */
async function appendStubbornly(
  target: Store,
  incidentId: string,
  dedupeId: string,
): Promise<number> {
  for (;;) {
    const outcome = await tryAppend(target, incidentId, dedupeId);
    if (outcome !== null && outcome.kind !== 'conflict') return outcome.version;
    if (outcome === null) await delay(RETRY_MS);
  }
}

async function tryAppend(
  target: Store,
  incidentId: string,
  dedupeId: string,
): Promise<AppendOutcome | null> {
  try {
    const expectedVersion = (await target.readState(incidentId))?.version ?? 0;
    const work = [aScheduled({ workId: dedupeId })];
    return await target.append(anAppend({ incidentId, expectedVersion, dedupeId, work }));
  } catch (error) {
    if (isAppError(error, 'store-unavailable')) return null;
    throw error;
  }
}
