import type { Alarm } from '../alarm/alarm.ts';
import { newestFirst } from '../trail/newest-first.ts';
import type { TrailRecord } from '../trail/record.ts';
import { untrusted } from '../untrusted.ts';
import { type CallGraph, createCallGraph } from './call-graph.ts';
import type { ChangeKind } from './change-class.ts';
import { createChangeIndex } from './change-index.ts';
import type { Change, ChangeSet } from './change-set.ts';
import type { Episode } from './episodes.ts';
import { type Failure, findFailures } from './failures.ts';
import { createHabits, type Habits } from './habits.ts';
import type { InvestigationInput } from './investigate.ts';
import { layersOf } from './layer.ts';
import { isCommonName, nameWords } from './name-forms.ts';
import { isNamelessDimension } from './nameless-dimensions.ts';
import type { Onset } from './onset.ts';
import { createRefiner } from './refine-kind.ts';
import { namesInRefusal, type Refuser } from './refusal.ts';
import { type Relations, relate, type Seed } from './relations.ts';
import { findRestarts, lastStartOf } from './restarts.ts';
import { createReversals, type Reversals } from './reversal.ts';
import { createSuspicion, type Suspicion } from './suspicion.ts';
import { isOwnNamespace, type Symptom, symptomOf, symptomsOf } from './symptom.ts';
import { OF_MORE } from './weights.ts';

const LIMITS = {
  /** More alarms than this say nothing more about what they hang on. */
  viewsMax: 8,
  /** A failing call of a program that the alarm is about names what it lacks. */
  messagesMax: 20,
  failureTied: 0.92,
  failureUntied: 0.4,
  tieMin: 0.3,
  wordMin: 0.35,
} as const;

/** One alarm, and what hangs together with it. */
export interface View {
  readonly episode: Episode;
  readonly symptoms: readonly Symptom[];
  readonly relations: Relations;
  /** Programs that the alarm is about were refused something since it began. */
  readonly isRefused: boolean;
  /** What said no to them, where AWS tells. */
  readonly refusers: readonly Refuser[];
  /** Bills, limits and the trail are everybody's: it names no thing, and is about all. */
  readonly isAccountWide: boolean;
  /** Calls that change what its metric is named after. */
  readonly layers: readonly RegExp[];
  /** When something that hangs together with it last started anew, shortly before the trouble. */
  readonly startedMs: number | null;
  /** What the alarm and its things are called. */
  readonly words: ReadonlySet<string>;
}

/** All that a change is held against. */
export interface Scene {
  readonly onset: Onset;
  readonly symptoms: readonly Symptom[];
  readonly views: readonly View[];
  readonly failures: readonly Failure[];
  /** Alarms that have no word in common: what fails is what several systems share. */
  readonly isWidespread: boolean;
  /** All that went off are bills: they show hours later what was spent. */
  readonly isAboutBills: boolean;
  /** The alarms, where all of them count calls. */
  readonly counting: readonly Alarm[];
  readonly habits: Habits;
  readonly reversals: Reversals;
  refine(change: Change): ChangeKind;
  suspicionOf(record: TrailRecord): readonly Suspicion[];
}

export function createScene(
  { records, transitions, nowMs }: InvestigationInput,
  onset: Onset,
  sets: readonly ChangeSet[],
): Scene {
  // In whatever order they came: what is seen first must not depend on it.
  const known = records.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => newestFirst(b, a));
  const graph = createCallGraph(known);
  const failures = findFailures(known, onset, nowMs);
  const restarts = findRestarts(known, onset);
  const views = onset.episodes
    .slice(0, LIMITS.viewsMax)
    .map((episode) => viewOf(episode, graph, failures, restarts));
  const isAboutSafety = views.some(({ symptoms }) => symptoms.includes('security'));
  const index = createChangeIndex(known);
  return {
    onset,
    symptoms: [...new Set(views.flatMap(({ symptoms }) => symptoms))],
    views,
    failures,
    isWidespread: views.some((a) =>
      views.some((b) => ![...a.words].some((word) => b.words.has(word))),
    ),
    isAboutBills: onset.episodes.every(({ alarm }) => alarm.namespace === 'AWS/Billing'),
    counting: countingAlarms(onset),
    habits: createHabits(sets, index, onset),
    reversals: createReversals(index, onset, transitions, nowMs),
    refine: createRefiner(known),
    suspicionOf: isAboutSafety ? createSuspicion(known) : () => [],
  };
}

function countingAlarms({ episodes }: Onset): readonly Alarm[] {
  const alarms = episodes.map(({ alarm }) => alarm);
  return alarms.every((alarm) => symptomOf(alarm, 'ALARM') === 'security') ? alarms : [];
}

function viewOf(
  episode: Episode,
  graph: CallGraph,
  failures: readonly Failure[],
  restarts: readonly TrailRecord[],
): View {
  const { alarm } = episode;
  const seeds = seedsOf(alarm);
  const words = [
    alarm.name,
    ...alarm.dimensions.map(({ value }) => value),
    ...(isOwnNamespace(alarm) ? [systemOf(alarm.namespace ?? ''), alarm.metric ?? ''] : []),
  ];
  const own = relate(graph, seeds, words);
  const symptoms = symptomsOf(alarm);
  const isTied = ({ kind, callerNames, named }: Failure) => {
    // An alarm on refused calls is about all of them.
    if (kind === 'denied' && symptoms.includes('denied') && seeds.length === 0) return true;
    const names = [...callerNames, ...named];
    const strength = own.tieOf(names)?.strength ?? 0;
    return strength >= LIMITS.tieMin || (own.sharedWord(names)?.weight ?? 0) >= LIMITS.wordMin;
  };
  const tied = failures.filter(isTied);
  const failureSeeds = failures.flatMap((failure) => {
    const weight = tied.includes(failure) ? LIMITS.failureTied : LIMITS.failureUntied;
    const told = failure.calls.slice(0, LIMITS.messagesMax).flatMap(namesToldIn);
    return [...new Set([...failure.named, ...told, ...failure.callerNames.slice(0, 1)])].map(
      (name): Seed => ({ name, weight, byFailure: true }),
    );
  });
  return {
    episode,
    symptoms: [...new Set([...symptoms, ...lackOf(episode), ...tied.flatMap(symptomOfFailure)])],
    isRefused: tied.some(({ kind }) => kind === 'denied' || kind === 'broken'),
    refusers: [...new Set(tied.flatMap(({ refusedBy }) => refusedBy ?? []))],
    layers: layersOf(alarm),
    startedMs: lastStartOf(restarts, own),
    words: new Set(words.flatMap(nameWords)),
    isAccountWide: seeds.length === 0 && symptoms.every((symptom) => OF_MORE.has(symptom)),
    relations: failures.length === 0 ? own : relate(graph, [...seeds, ...failureSeeds], words),
  };
}

/** An alarm may be told to take missing data as breaching: then that is what it shows. */
function lackOf({ isNoData }: Episode): readonly Symptom[] {
  return isNoData ? ['no-data'] : [];
}

/** `Acme/Checkout`: who they are comes first and says nothing here. */
function systemOf(namespace: string): string {
  const [first = '', ...rest] = namespace.split('/');
  return rest.length === 0 ? first : rest.join(' ');
}

function namesToldIn({ errorMessage }: TrailRecord): readonly string[] {
  return errorMessage === null ? [] : namesInRefusal(errorMessage);
}

function symptomOfFailure({ kind, refusedBy }: Failure): readonly Symptom[] {
  if (kind === 'denied' || refusedBy !== null) return ['denied'];
  return kind === 'limit' ? ['throttled'] : [];
}

/** What many systems share says less about which of them fails. */
const SHARED_DIMENSIONS: Readonly<Record<string, number>> = {
  ClusterName: 0.45,
  LoadBalancer: 0.6,
  Service: 0.3,
};

function seedsOf(alarm: Alarm): readonly Seed[] {
  const { dimensions, metric, namespace } = alarm;
  const isOnly = dimensions.length === 1;
  return dimensions
    .filter(({ name, value }) => !isNamelessDimension(name, namespace) && !isCommonName(value))
    .map(({ name, value }) => {
      const weight = SHARED_DIMENSIONS[name] ?? 1;
      return { name: value, weight: isOnly ? Math.max(0.85, weight) : weight };
    })
    .concat(
      isOwnNamespace(alarm) && metric !== null ? [{ name: untrusted(metric), weight: 1 }] : [],
    );
}
