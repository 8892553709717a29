import type { TrailRecord } from '../trail/record.ts';
import { isCommonName, nameForms, nameWords } from './name-forms.ts';

const LIMITS = {
  /** Counting further says nothing more: from forty on no tie is left (see `relations.ts`). */
  neighboursMax: 48,
} as const;

export interface NamingCall {
  /** Of every name in the call all forms; two names of one thing share some. */
  readonly forms: readonly (readonly string[])[];
  /** The different things it names, each in one spelling. */
  readonly things: readonly string[];
}

/** Which things are named together in calls, reads included; each set of names counts once. */
export interface CallGraph {
  callsNaming(form: string): readonly NamingCall[];
  /** How many different names carry a word. */
  readonly namesWith: ReadonlyMap<string, number>;
  readonly nameCount: number;
  neighbourCount(form: string): number;
}

interface Place {
  readonly calls: NamingCall[];
  readonly neighbours: Set<string>;
}

/** Time and memory grow with the number of different calls. */
export function createCallGraph(records: readonly TrailRecord[]): CallGraph {
  const places = new Map<string, Place>();
  const seen = new Set<string>();
  for (const record of records) {
    const named = namesIn(record);
    const key = named.join('\n');
    if (named.length === 0 || seen.has(key)) continue;
    seen.add(key);
    // “live” and “default” name no one thing.
    const forms = named.filter((name) => !isCommonName(name)).map(nameForms);
    addCall(places, { forms, things: thingsOf(forms) });
  }
  const namesWith = new Map<string, number>();
  const telling = new Set([...places.keys()].map((form) => nameForms(form).at(-1) ?? form));
  for (const name of telling) {
    for (const word of nameWords(name)) namesWith.set(word, (namesWith.get(word) ?? 0) + 1);
  }
  return {
    callsNaming: (form) => places.get(form)?.calls ?? [],
    namesWith,
    nameCount: telling.size,
    neighbourCount: (form) => places.get(form)?.neighbours.size ?? 0,
  };
}

/** A call names a few things: looking through them is quicker than a set. */
function thingsOf(forms: NamingCall['forms']): readonly string[] {
  const things: string[] = [];
  for (const same of forms) {
    const thing = same.at(-1) ?? '';
    if (!things.includes(thing)) things.push(thing);
  }
  return things;
}

function addCall(places: Map<string, Place>, call: NamingCall): void {
  for (const same of call.forms) {
    for (const form of same) addToPlace(places, form, call);
  }
}

function addToPlace(places: Map<string, Place>, form: string, call: NamingCall): void {
  const place = places.get(form) ?? { calls: [], neighbours: new Set() };
  // A name and its ARN have forms in common: they are one call all the same.
  if (place.calls.at(-1) === call) return;
  if (place.calls.length === 0) places.set(form, place);
  place.calls.push(call);
  for (const thing of call.things) {
    if (place.neighbours.size >= LIMITS.neighboursMax) return;
    place.neighbours.add(thing);
  }
}

const LOOKS_NAMED = /^(?=.*[a-z])[\w.@/:-]*[-/:][\w.@/:-]*$/i;

/** What a call names. A workload is tied to what it reads: its role and session are names, too. */
function namesIn({ resources, details, principal, channel, readOnly, errorCode }: TrailRecord) {
  const names: string[] = resources.map(({ name }) => name);
  for (const { value } of details) names.push(...value.split(', ').filter(isNamed));
  const { roleName, sessionName, kind } = principal;
  const isWorkload =
    kind !== 'human' && (channel === 'sdk' || channel === 'service' || channel === 'unknown');
  if (isWorkload && roleName !== null && (readOnly || errorCode !== null)) {
    names.push(roleName, ...(sessionName === null ? [] : [sessionName]));
  }
  return names;
}

function isNamed(value: string): boolean {
  return (LOOKS_NAMED.test(value) || /[a-z][A-Z]/.test(value)) && !/^[\d./:]+$/.test(value);
}
