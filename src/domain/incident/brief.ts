import { type Untrusted, untrusted } from '../untrusted.ts';
import { type MissingPart, missingForClose } from './close-gate.ts';
import type { RecordedEvent } from './events.ts';
import type { Statement } from './evidence.ts';
import { nextToTest, rankHypotheses } from './hypotheses.ts';
import type { Hypothesis, HypothesisTest, IncidentState, Plan } from './state.ts';
import { type Waiting, waitingFor } from './waiting-for.ts';
import { currentWatch, type Watch } from './watch.ts';

/** When it began, and who or what says so. */
export type BriefOnset =
  | { readonly kind: 'told'; readonly atMs: number }
  | { readonly kind: 'alarms'; readonly earliestMs: number; readonly latestMs: number }
  | { readonly kind: 'unknown' };

export interface RuledOut {
  readonly hypothesis: Hypothesis;
  /** The test that ended it; null in records that do not say. */
  readonly last: HypothesisTest | null;
}

export interface ActivePerson {
  readonly userId: string;
  /** The last thing they put on the record. */
  readonly lastAtMs: number;
  readonly eventCount: number;
}

/** Everything that somebody needs who goes on with an incident; nothing that is not on the record. */
export interface IncidentBrief {
  readonly state: IncidentState;
  readonly onset: BriefOnset;
  /** Names were chosen by others. */
  readonly scope: {
    readonly component: string | null;
    readonly alarms: readonly Untrusted[];
    readonly resources: readonly Untrusted[];
    readonly regions: readonly string[];
  };
  readonly stepSinceMs: number;
  /** Null: it is closed. */
  readonly waiting: Waiting | null;
  readonly ruledOut: readonly RuledOut[];
  /** Confirmed ones first, then the most likely. */
  readonly open: readonly Hypothesis[];
  /** The one to test next; null while a test runs, and when a cause is confirmed. */
  readonly nextTest: { readonly hypothesis: Hypothesis; readonly test: string | null } | null;
  readonly plan: Plan | null;
  /** Of the verification that runs, or ended last; null: none was begun, or no alarm was seen yet. */
  readonly watch: Watch | null;
  /** People who were asked about a call and have not said anything yet. */
  readonly unanswered: readonly Statement[];
  readonly escalations: IncidentState['escalations'];
  /** Most recent first. */
  readonly active: readonly ActivePerson[];
  /** Before it can be closed. */
  readonly missing: readonly MissingPart[];
}

/** `events` are those that lead to `state`. */
export function briefOf(state: IncidentState, events: readonly RecordedEvent[]): IncidentBrief {
  const ranked = rankHypotheses(state.hypotheses);
  const isOpen = state.status === 'open';
  return {
    state,
    onset: onsetOf(state),
    scope: scopeOf(state),
    stepSinceMs: state.visits.at(-1)?.enteredAtMs ?? state.openedAtMs,
    waiting: isOpen ? waitingFor(state) : null,
    ruledOut: ranked
      .filter(({ status }) => status === 'eliminated')
      .map((hypothesis) => ({ hypothesis, last: hypothesis.tests.at(-1) ?? null })),
    open: ranked.filter(({ status }) => status !== 'eliminated'),
    nextTest: isOpen ? nextTestOf(state) : null,
    plan: state.plans.at(-1) ?? null,
    watch: currentWatch(state),
    unanswered: state.evidence.filter(
      (row): row is Statement => row.kind === 'statement' && row.answer === null,
    ),
    escalations: state.escalations,
    active: activePeople(events),
    missing: isOpen ? missingForClose(state) : [],
  };
}

/** What people say comes first; else what the alarms tell. */
function onsetOf({ startedAtMs, ranking }: IncidentState): BriefOnset {
  if (startedAtMs !== null) return { kind: 'told', atMs: startedAtMs };
  const onset = ranking?.onset ?? null;
  if (onset === null) return { kind: 'unknown' };
  return { kind: 'alarms', earliestMs: onset.earliestMs, latestMs: onset.latestMs };
}

function scopeOf(state: IncidentState): IncidentBrief['scope'] {
  const alarms = [
    ...state.alarms.map(({ firing }): string => firing.name),
    ...state.alarmNames,
    ...(state.ranking?.onset?.alarms ?? []).map(({ name }): string => name),
  ];
  return {
    component: state.isolation?.component ?? null,
    alarms: [...new Set(alarms)].map(untrusted),
    resources: [...new Set(state.resources)].map(untrusted),
    regions: state.regions,
  };
}

function nextTestOf(state: IncidentState): IncidentBrief['nextTest'] {
  const isDecided = state.hypotheses.some(
    ({ status }) => status === 'confirmed' || status === 'testing',
  );
  const hypothesis = isDecided ? null : nextToTest(state);
  if (hypothesis === null) return null;
  return { hypothesis, test: hypothesis.suggestion?.test ?? null };
}

function activePeople(events: readonly RecordedEvent[]): readonly ActivePerson[] {
  const people = events.flatMap(({ actor, atMs }) =>
    actor.kind === 'person' ? [{ userId: actor.userId, atMs }] : [],
  );
  return [...Map.groupBy(people, ({ userId }) => userId)]
    .map(([userId, rows]) => ({
      userId,
      lastAtMs: Math.max(...rows.map(({ atMs }) => atMs)),
      eventCount: rows.length,
    }))
    .sort((a, b) => b.lastAtMs - a.lastAtMs || (a.userId < b.userId ? -1 : 1));
}
