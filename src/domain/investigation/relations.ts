import type { CallGraph } from './call-graph.ts';
import { nameForms, nameWords } from './name-forms.ts';

const LIMITS = {
  /** Beyond this many neighbours a thing connects everything and says little (a VPC, a cluster). */
  neighboursTelling: 8,
  /** A call that names more things than this ties each of them less. */
  namedTelling: 6,
  /** How much of a tie is left one step further: security group of the database of the alarm. */
  stepFactor: 0.62,
  stepsMax: 2,
  strengthMin: 0.12,
  /** What thousands of calls name is no way from one thing to another. */
  callsMax: 2_000,
  /** Words that as many names carry as a system has parts, but not everything here. */
  systemNamesMin: 3,
  systemWordMin: 0.35,
  /** What is left of a name when it is not the thing's own but that of what it was called with. */
  aroundFactor: 0.8,
  aroundCallsMax: 60,
} as const;

/** How strongly a thing is tied to an alarm: 1 is what it names itself. */
export interface Tie {
  readonly strength: number;
  /** The alarm's own thing at the other end. */
  readonly through: string;
  /** Whether calls that fail since the trouble began led there, not the alarm itself. */
  readonly byFailure: boolean;
}

/** How what was changed hangs together with one alarm. */
export interface Relations {
  /** The strongest tie of any of these names to the alarm; null when there is none. */
  tieOf(names: readonly string[]): Tie | null;
  /** How telling the words are that the names share with the alarm: 0 to 1, and the word. */
  sharedWord(names: readonly string[]): { readonly weight: number; readonly word: string } | null;
  /** The word that says these belong to another system; null when none does. */
  otherSystem(names: readonly string[]): string | null;
}

export interface Seed {
  readonly name: string;
  /** Below 1 for what many systems share: a cluster, a load balancer. */
  readonly weight: number;
  readonly byFailure?: boolean;
}

/** Follows the calls from what the alarm names to what is tied to it; time grows with what it reaches. */
export function relate(
  graph: CallGraph,
  seeds: readonly Seed[],
  alarmWords: readonly string[],
): Relations {
  const ties = spreadTies(graph, seeds);
  const words = new Set(alarmWords.flatMap(nameWords));
  const weightOf = createWordWeights(graph);
  const wordsOf = rememberingLast((names) => systemWords(names, graph));
  const isShared = (word: string) => words.has(word);
  return {
    tieOf(names) {
      let found: Tie | null = null;
      for (const name of names) {
        for (const form of nameForms(name)) found = stronger(found, ties.get(form));
      }
      return found;
    },
    sharedWord(names) {
      const { found, factor } = wordsOf(names);
      const shared = found
        .filter(isShared)
        .map((word) => ({ word, weight: factor * weightOf(word) }))
        .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1));
      return shared[0] ?? null;
    },
    otherSystem(names) {
      const { found } = wordsOf(names);
      if (found.some((word) => isShared(word) && weightOf(word) >= LIMITS.systemWordMin)) {
        return null;
      }
      const isSystem = (word: string) =>
        !isShared(word) &&
        (graph.namesWith.get(word) ?? 0) >= LIMITS.systemNamesMin &&
        weightOf(word) >= LIMITS.systemWordMin;
      return found.find(isSystem) ?? null;
    },
  };
}

/** A security group has an id only: what it was called together with says whose it is. */
function systemWords(names: readonly string[], graph: CallGraph) {
  const own = new Set(names.flatMap(nameWords));
  if (own.size > 0) return { found: [...own], factor: 1 };
  const around = names
    .flatMap(nameForms)
    .filter((form) => graph.neighbourCount(form) <= LIMITS.neighboursTelling)
    .flatMap((form) => graph.callsNaming(form).slice(0, LIMITS.aroundCallsMax))
    .filter(({ things }) => things.length <= LIMITS.namedTelling)
    .flatMap(({ things }) => things.flatMap(nameWords));
  return { found: [...new Set(around)].sort(), factor: LIMITS.aroundFactor };
}

/** The same names are asked about several times in a row. */
function rememberingLast<T>(compute: (names: readonly string[]) => T) {
  let last: { readonly names: readonly string[]; readonly found: T } | null = null;
  return (names: readonly string[]): T => {
    if (last?.names !== names) last = { names, found: compute(names) };
    return last.found;
  };
}

function stronger(a: Tie | null, b: Tie | undefined): Tie | null {
  return b === undefined || (a !== null && a.strength >= b.strength) ? a : b;
}

function spreadTies(graph: CallGraph, seeds: readonly Seed[]): ReadonlyMap<string, Tie> {
  const ties = new Map<string, Tie>();
  const take = (form: string, tie: Tie): boolean => {
    const before = ties.get(form)?.strength ?? 0;
    if (tie.strength <= before || tie.strength < LIMITS.strengthMin) return false;
    ties.set(form, tie);
    return true;
  };
  let edge = new Set<string>();
  for (const { name, weight, byFailure = false } of seeds) {
    for (const form of nameForms(name)) {
      if (take(form, { strength: weight, through: name, byFailure })) edge.add(form);
    }
  }
  for (let step = 0; step < LIMITS.stepsMax; step += 1) {
    const reached = new Map<string, Tie>();
    for (const form of edge) {
      const tie = ties.get(form);
      if (tie !== undefined) reachFrom(graph, form, tie, reached);
    }
    edge = new Set([...reached].filter(([form, tie]) => take(form, tie)).map(([form]) => form));
  }
  return ties;
}

function reachFrom(graph: CallGraph, form: string, tie: Tie, reached: Map<string, Tie>): void {
  const calls = graph.callsNaming(form);
  if (calls.length > LIMITS.callsMax) return;
  for (const call of calls) {
    const { forms, things } = call;
    const share = Math.min(1, LIMITS.namedTelling / things.length);
    for (const other of forms.flat()) {
      const crowd = Math.max(1, graph.neighbourCount(other) / LIMITS.neighboursTelling);
      const strength = (tie.strength * LIMITS.stepFactor * share) / crowd;
      if (strength < LIMITS.strengthMin || strength <= (reached.get(other)?.strength ?? 0))
        continue;
      reached.set(other, { ...tie, strength });
    }
  }
}

/** A word that many things carry says little: its weight falls with the number of names it is in. */
function createWordWeights({ namesWith, nameCount }: CallGraph): (word: string) => number {
  const total = Math.log(nameCount + 2);
  return (word) => Math.max(0, 1 - Math.log((namesWith.get(word) ?? 1) + 1) / total);
}
