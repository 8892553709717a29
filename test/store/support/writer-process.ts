/**
 * Appends until it is killed: `node writer-process.ts <place as JSON> <name>`. Prints a line for
 * each append that the store has acknowledged: incident, version, dedupe id.
 */

import { createKeptLog } from '../../support/kept-log.ts';
import { appendStubbornly } from './append-stubbornly.ts';
import { openPlace, type Place } from './open-place.ts';

const INCIDENT_COUNT = 3;

const [, , place = '', name = ''] = process.argv;
const store = await openPlace(JSON.parse(place) as Place, createKeptLog());

for (let count = 0; ; count += 1) {
  const incidentId = `RT-${count % INCIDENT_COUNT}`;
  const dedupeId = `${name}-${count}`;
  const version = await appendStubbornly(store, incidentId, dedupeId);
  process.stdout.write(`${incidentId} ${version} ${dedupeId}\n`);
}
