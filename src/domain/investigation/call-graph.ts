import type { TrailRecord } from '../trail/record.ts';
import { isCommonName, nameForms, nameWords } from './name-forms.ts';

const LIMITS = {
  /** Counting further says nothing more: the thing is shared by everything. */
  neighboursMax: 200,
} as const;

export interface NamingCall {
  /** Every form of every name in the call. */
  readonly forms: readonly string[];
  /** The different things it names, each in one spelling. */
  readonly things: readonly string[];
}

/** Which things are named together in calls, reads included; each set of names counts once. */
export interface CallGraph {
  readonly callsNaming: ReadonlyMap<string, readonly NamingCall[]>;
  /** How many different names carry a word. */
  readonly namesWith: ReadonlyMap<string, number>;
  readonly nameCount: number;
  neighbourCount(form: string): number;
}

/** Time and memory grow with the number of different calls. */
export function createCallGraph(records: readonly TrailRecord[]): CallGraph {
  const callsNaming = new Map<string, NamingCall[]>();
  const neighbours = new Map<string, Set<string>>();
  const seen = new Set<string>();
  for (const record of records) {
    const names = namesIn(record);
    const key = names.join('\n');
    if (names.length === 0 || seen.has(key)) continue;
    seen.add(key);
    const groups = names.map(nameForms);
    const things = [...new Set(groups.map((forms) => forms.at(-1) ?? ''))];
    const call = { forms: [...new Set(groups.flat())], things };
    for (const form of call.forms) {
      push(callsNaming, form, call);
      addNeighbours(neighbours, form, things);
    }
  }
  const namesWith = new Map<string, number>();
  const telling = new Set([...callsNaming.keys()].map((form) => nameForms(form).at(-1) ?? form));
  for (const name of telling) {
    for (const word of nameWords(name)) namesWith.set(word, (namesWith.get(word) ?? 0) + 1);
  }
  return {
    callsNaming,
    namesWith,
    nameCount: telling.size,
    neighbourCount: (form) => neighbours.get(form)?.size ?? 0,
  };
}

function push(calls: Map<string, NamingCall[]>, form: string, call: NamingCall): void {
  const known = calls.get(form);
  if (known === undefined) calls.set(form, [call]);
  else known.push(call);
}

function addNeighbours(
  neighbours: Map<string, Set<string>>,
  form: string,
  things: readonly string[],
): void {
  const known = neighbours.get(form) ?? new Set();
  neighbours.set(form, known);
  for (const thing of things) {
    if (known.size >= LIMITS.neighboursMax) return;
    known.add(thing);
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
  // “live” and “default” name no one thing.
  return names.filter((name) => !isCommonName(name));
}

function isNamed(value: string): boolean {
  return (LOOKS_NAMED.test(value) || /[a-z][A-Z]/.test(value)) && !/^[\d./:]+$/.test(value);
}
