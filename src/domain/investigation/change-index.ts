import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { nameForms } from './name-forms.ts';

/** Successful writes by call and thing, oldest first: what else was done to the same thing. */
export interface ChangeIndex {
  callsOn(service: string, call: string, thing: string): readonly IndexedCall[];
}

export interface IndexedCall {
  readonly record: TrailRecord;
  readonly atMs: number;
  readonly name: string;
}

/** What a call was about comes first in what it names. */
const THINGS_PER_CALL = 3;

/** Of records, oldest first. */
export function createChangeIndex(records: readonly TrailRecord[]): ChangeIndex {
  const byThing = new Map<string, Map<string, IndexedCall[]>>();
  for (const record of records) {
    if (record.readOnly || record.errorCode !== null) continue;
    const things = record.resources.slice(0, THINGS_PER_CALL).map(({ name }) => thingOf(name));
    const call = { record, atMs: record.atMs, name: normaliseEventName(record.eventName) };
    const key = keyOf(record.eventSource, call.name);
    for (const thing of new Set(things)) {
      const calls = byThing.get(thing) ?? new Map<string, IndexedCall[]>();
      const known = calls.get(key);
      if (known === undefined) byThing.set(thing, calls.set(key, [call]));
      else known.push(call);
    }
  }
  return {
    callsOn: (service, call, thing) => byThing.get(thing)?.get(keyOf(service, call)) ?? [],
  };
}

/** What a call names besides what it is about. */
export function otherThings(record: TrailRecord): ReadonlySet<string> {
  const main = mainThing(record);
  const things = record.resources.map(({ name }) => thingOf(name));
  return new Set(things.filter((thing) => thing !== main));
}

/** How many of these, oldest first, were before a moment. */
export function countBefore(all: readonly { readonly atMs: number }[], atMs: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.atMs ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
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

function keyOf(service: string, call: string): string {
  return `${service} ${call}`;
}
