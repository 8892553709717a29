import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { nameForms } from './name-forms.ts';

/** Successful writes by call and thing, oldest first: what else was done to the same thing. */
export interface ChangeIndex {
  callsOn(service: string, call: string, thing: string): readonly TrailRecord[];
}

/** What a call was about comes first in what it names. */
const THINGS_PER_CALL = 3;

export function createChangeIndex(records: readonly TrailRecord[]): ChangeIndex {
  const byKey = new Map<string, TrailRecord[]>();
  const writes = records
    .filter(({ readOnly, errorCode }) => !readOnly && errorCode === null)
    .sort((a, b) => a.atMs - b.atMs || (a.eventId < b.eventId ? -1 : 1));
  for (const record of writes) {
    const things = record.resources.slice(0, THINGS_PER_CALL).map(({ name }) => thingOf(name));
    for (const thing of new Set(things)) {
      const key = keyOf(record.eventSource, normaliseEventName(record.eventName), thing);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [record]);
      else known.push(record);
    }
  }
  return { callsOn: (service, call, thing) => byKey.get(keyOf(service, call, thing)) ?? [] };
}

/** What a call was about: in ECS and EKS the cluster is only where it was. */
export function mainThing({ eventSource, resources }: TrailRecord): string | null {
  const things = [...new Set(resources.map(({ name }) => thingOf(name)))];
  const isInCluster = /^e[ck]s\./.test(eventSource);
  const [first = null, second = null] = things;
  const isCluster = resources[0]?.name.includes('service/') !== true;
  return isInCluster && isCluster ? (second ?? first) : first;
}

/** One spelling for a thing: its last telling segment, or its name. */
export function thingOf(name: string): string {
  return nameForms(name).at(-1) ?? name.toLowerCase();
}

function keyOf(service: string, call: string, thing: string): string {
  return `${service} ${call} ${thing}`;
}
