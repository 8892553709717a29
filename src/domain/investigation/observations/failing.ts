import type { ObservationKind } from '../../incident/ranking.ts';
import { shortName } from '../../trail/telling-names.ts';
import { untrusted } from '../../untrusted.ts';
import type { Failure, FailureKind } from '../failures.ts';
import { oldestFirst } from '../oldest-first.ts';
import type { Point } from '../point.ts';
import type { Symptom } from '../symptom.ts';
import { denialWords, deniedAction } from './denial-words.ts';
import type { Observation, Sight } from './observation.ts';
import {
  explainedPoint,
  fitPoint,
  oftenPoint,
  priorPoint,
  tiePoint,
  timePoint,
} from './observation-points.ts';
import { OBSERVED } from './observation-weights.ts';

const LIMITS = {
  /** Fewer are no burst: a call that fails twice has been tried again. */
  callsMin: 3,
  actionsShown: 3,
  namesShown: 2,
} as const;

interface Row {
  readonly kind: ObservationKind;
  /** What a change shows as that would explain it. */
  readonly shows: readonly Symptom[];
  readonly callsMin: number;
}

const BY_FAILURE: Readonly<Record<FailureKind, Row>> = {
  denied: { kind: 'denied-calls', shows: ['denied'], callsMin: LIMITS.callsMin },
  limit: { kind: 'limit-reached', shows: ['throttled', 'usage'], callsMin: LIMITS.callsMin },
  'no-capacity': { kind: 'no-capacity', shows: [], callsMin: 1 },
  broken: { kind: 'failing-calls', shows: ['errors', 'denied'], callsMin: LIMITS.callsMin },
};

/** Calls of one program that fail in one way since the trouble began, as an explanation of it. */
export function observeFailures(sight: Sight): readonly Observation[] {
  const byCaller = Map.groupBy(sight.scene.failures, ({ kind, caller }) => `${kind} ${caller}`);
  return [...byCaller.values()].flatMap((failures) => observationOf(failures, sight) ?? []);
}

function observationOf(failures: readonly Failure[], sight: Sight): Observation | null {
  const [first] = failures;
  if (first === undefined) return null;
  const { kind, shows, callsMin } = BY_FAILURE[first.kind];
  const calls = failures.flatMap((failure) => failure.calls).sort(oldestFirst);
  const [earliest] = calls;
  if (earliest === undefined || calls.length < callsMin) return null;
  const before = failures.reduce((count, { countBefore }) => count + countBefore, 0);
  const points: readonly Point[] = [
    priorPoint(kind),
    tieOf(failures, sight),
    fitPoint(kind, sight.scene),
    timePoint(sight.scene.onset, earliest.atMs),
    before === 0
      ? { weight: OBSERVED.isNew, words: 'no such call failed before' }
      : { weight: 0, words: '' },
    oftenPoint(calls.length, 'calls failed so'),
    explainedPoint(sight, shows),
  ];
  return {
    kind,
    statement: statementOf(failures, calls.length),
    thing: first.caller,
    eventIds: calls.map(({ eventId }) => eventId),
    atMs: earliest.atMs,
    points,
  };
}

function tieOf(failures: readonly Failure[], { scene }: Sight): Point {
  const counts = scene.views.some(
    ({ symptoms, episode }) => symptoms[0] === 'denied' && episode.alarm.dimensions.length === 0,
  );
  if (counts && failures.every(({ kind }) => kind === 'denied')) {
    return { weight: OBSERVED.tied, words: 'the alarm counts refused calls' };
  }
  const tie = tiePoint(
    scene,
    failures.flatMap(({ callerNames, named }) => [...callerNames, ...named]),
  );
  // AWS asks for machines with templates and subnets: whom they are for is not in the call.
  const isNameless = tie.weight < 0 && failures.every(({ kind }) => kind === 'no-capacity');
  return isNameless ? { weight: 0, words: '' } : tie;
}

function statementOf(failures: readonly Failure[], count: number): string {
  const [first] = failures;
  if (first === undefined) return '';
  const { kind, caller, code } = first;
  const actions = [...new Set(failures.map(actionOf))];
  const what = `${listed(actions, LIMITS.actionsShown)}${onWhat(failures)}`;
  const times = `${count} times since the trouble began`;
  if (kind === 'denied') {
    const said = failures.flatMap(({ calls }) => denialWords(calls[0].errorMessage ?? '') ?? [])[0];
    const why = said === undefined ? 'which policy said no is not on record' : said;
    return `${caller} was refused ${what} (${times}): ${why}.`;
  }
  if (kind === 'limit') {
    return `${caller} runs into a limit with ${what} (${code}, ${times}).`;
  }
  if (kind === 'no-capacity') {
    const lacking = lackingWords(first.calls[0].errorMessage ?? '');
    return `AWS had no capacity to give${lacking}: ${what} of ${caller} failed with ${code} (${times}).`;
  }
  return `${what} of ${caller} fails with ${code} (${times}): what it needs is gone or not ready.`;
}

/** " of c6i.8xlarge in us-west-2a", as far as the message says. */
function lackingWords(message: string): string {
  const [, type] = /sufficient ([\w.-]{2,40}) capacity/.exec(message) ?? [];
  const [, zone] = /\b([a-z]{2}(?:-[a-z]+)+-\d[a-z])\b/.exec(message) ?? [];
  return `${type === undefined ? '' : ` of ${type}`}${zone === undefined ? '' : ` in ${zone}`}`;
}

function actionOf({ call, kind, calls }: Failure): string {
  const action = kind === 'denied' ? deniedAction(calls[0].errorMessage ?? '') : null;
  return action ?? call;
}

function onWhat(failures: readonly Failure[]): string {
  const named = [...new Set(failures.flatMap((failure) => failure.named))];
  const accountId = failures[0]?.calls[0].accountId ?? null;
  const short = named.map((name) => shortName(untrusted(name), accountId));
  return short.length === 0 ? '' : ` on ${listed(short, LIMITS.namesShown)}`;
}

function listed(items: readonly string[], shown: number): string {
  const more = items.length - shown;
  return `${items.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
