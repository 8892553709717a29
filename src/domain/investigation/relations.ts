import type { TrailRecord } from '../trail/record.ts';
import { nameForms, nameWords } from './name-forms.ts';

const LIMITS = {
  /** Beyond this many neighbours a thing connects everything and says nothing (a VPC, a cluster). */
  neighboursTelling: 8,
  /** How much of a tie is left one step further: security group of the database of the alarm. */
  stepFactor: 0.62,
  stepsMax: 2,
  strengthMin: 0.05,
} as const;

/** How strongly a thing is tied to the alarms: 1 is what they name themselves. */
export interface Tie {
  readonly strength: number;
  /** The alarm's own thing at the other end. */
  readonly through: string;
}

/** What is tied to what, learnt from the calls that name several things at once. */
export interface Relations {
  /** The strongest tie of any of these names to the alarms; null when there is none. */
  tieOf(names: readonly string[]): Tie | null;
  /** How telling the words are that the names share with the alarms: 0 to 1, and the word. */
  sharedWord(names: readonly string[]): { readonly weight: number; readonly word: string } | null;
}

export interface AlarmName {
  readonly name: string;
  /** Below 1 for what many systems share: a cluster, a load balancer. */
  readonly weight: number;
}

export function relate(
  records: readonly TrailRecord[],
  alarmNames: readonly AlarmName[],
  alarmWords: readonly string[],
): Relations {
  const formsOfRecord = records.map(formsIn);
  const ties = spreadTies(formsOfRecord, alarmNames);
  const weightOf = createWordWeights(formsOfRecord);
  const words = new Set(alarmWords.flatMap(nameWords));
  return {
    tieOf(names) {
      const found = names.flatMap(nameForms).flatMap((form) => ties.get(form) ?? []);
      return found.reduce<Tie | null>(
        (a, b) => (a !== null && a.strength >= b.strength ? a : b),
        null,
      );
    },
    sharedWord(names) {
      const shared = [...new Set(names.flatMap(nameWords))]
        .filter((word) => words.has(word))
        .map((word) => ({ word, weight: weightOf(word) }))
        .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1));
      return shared[0] ?? null;
    },
  };
}

/** What a call names; a workload's own role and session are tied to what it calls. */
function formsIn({ resources, details, principal }: TrailRecord): readonly string[] {
  const names = [
    ...resources.map(({ name }): string => name),
    ...details.map(({ value }): string => value),
  ];
  if (principal.kind !== 'human' && principal.roleName !== null) {
    names.push(
      principal.roleName,
      ...(principal.sessionName === null ? [] : [principal.sessionName]),
    );
  }
  return [...new Set(names.flatMap(nameForms))];
}

function spreadTies(
  formsOfRecord: readonly (readonly string[])[],
  alarmNames: readonly AlarmName[],
): ReadonlyMap<string, Tie> {
  const ties = new Map<string, Tie>();
  const take = (form: string, tie: Tie): boolean => {
    const before = ties.get(form)?.strength ?? 0;
    if (tie.strength <= before || tie.strength < LIMITS.strengthMin) return false;
    ties.set(form, tie);
    return true;
  };
  for (const { name, weight } of alarmNames) {
    for (const form of nameForms(name)) take(form, { strength: weight, through: name });
  }
  const neighbours = countNeighbours(formsOfRecord);
  for (let step = 0; step < LIMITS.stepsMax; step += 1) {
    const before = new Map(ties);
    for (const forms of formsOfRecord) {
      const strongest = forms
        .flatMap((form) => before.get(form) ?? [])
        .reduce<Tie | null>((a, b) => (a !== null && a.strength >= b.strength ? a : b), null);
      if (strongest === null) continue;
      for (const form of forms) {
        const crowd = Math.max(1, (neighbours.get(form) ?? 1) / LIMITS.neighboursTelling);
        const strength = (strongest.strength * LIMITS.stepFactor) / crowd;
        take(form, { strength, through: strongest.through });
      }
    }
  }
  return ties;
}

function countNeighbours(
  formsOfRecord: readonly (readonly string[])[],
): ReadonlyMap<string, number> {
  const neighbours = new Map<string, Set<string>>();
  for (const forms of formsOfRecord) {
    // One thing has several forms: the first stands for the call.
    const [main] = forms;
    for (const form of forms) {
      const set = neighbours.get(form) ?? new Set();
      if (main !== undefined) set.add(main);
      neighbours.set(form, set);
    }
  }
  return new Map([...neighbours].map(([form, set]) => [form, set.size]));
}

/** A word that many things carry says little: its weight falls with the number of names it is in. */
function createWordWeights(
  formsOfRecord: readonly (readonly string[])[],
): (word: string) => number {
  const names = new Set(formsOfRecord.flat());
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const word of nameWords(name)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const total = Math.log(names.size + 2);
  return (word) => Math.max(0, 1 - Math.log((counts.get(word) ?? 1) + 1) / total);
}
