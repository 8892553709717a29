import type { SimilarIncident } from '../knowledge/find-similar.ts';
import type { ApprovalNeed } from './approval.ts';
import type { CheckTick } from './check-ticks.ts';
import type { DocumentEdit } from './document-edits.ts';
import type { Evaluation } from './evaluation.ts';
import type { Actor, PreventiveMeasure, Rating, Severity, TestVerdict } from './events.ts';
import type { Evidence } from './evidence.ts';
import type { IncidentAlarm, Proposal, SeparatedAlarm } from './incident-alarms.ts';
import type { Moments } from './moments.ts';
import type { Nudging } from './nudging.ts';
import type { PlanWindow } from './plan-scope.ts';
import type { Assessment, Cause, Ranking, Suggestion } from './ranking.ts';
import type { StepId } from './steps.ts';
import type { Watch } from './watch.ts';

export interface Note {
  readonly noteId: string;
  readonly text: string;
  readonly by: Actor;
  readonly atMs: number;
}

export interface CapturedMessage {
  readonly channelId: string;
  readonly messageTs: string;
  readonly authorId: string | null;
  readonly text: string;
  readonly permalink: string | null;
  readonly writtenAtMs: number;
}

export interface Gathering {
  readonly gatheringId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly requestedAtMs: number;
  /** Null while it runs. */
  readonly finishedAtMs: number | null;
  readonly summary: string | null;
}

export interface HypothesisTest {
  readonly test: string;
  readonly by: Actor;
  readonly startedAtMs: number;
  readonly verdict: TestVerdict | null;
  readonly finding: string | null;
  readonly concludedBy: Actor | null;
  readonly concludedAtMs: number | null;
}

/** One on record that looks like this one. */
export interface RecalledIncident extends SimilarIncident {
  /** Who said that it is something else; null: nobody. */
  readonly dismissed: { readonly by: Actor; readonly atMs: number } | null;
}

export type HypothesisStatus = 'proposed' | 'testing' | TestVerdict;

export interface Hypothesis {
  readonly hypothesisId: string;
  /** 1 for the first one proposed; what people call it by. */
  readonly number: number;
  readonly statement: string;
  readonly status: HypothesisStatus;
  readonly likelihood: Rating;
  readonly impact: Rating;
  /** What a person said about it stands, however the bot ranks it later. */
  readonly isRatedByPerson: boolean;
  /** What the bot holds it to be and makes of it; null for what people propose. */
  readonly cause: Cause | null;
  readonly assessment: Assessment | null;
  readonly suggestion: Suggestion | null;
  readonly evidenceIds: readonly string[];
  readonly by: Actor;
  readonly proposedAtMs: number;
  readonly tests: readonly HypothesisTest[];
}

export type PlanStatus = 'planned' | 'approved' | 'implemented' | 'rolled-back' | 'replaced';

export interface Plan {
  readonly planId: string;
  readonly hypothesisId: string | null;
  readonly solution: string;
  readonly risk: string;
  readonly mitigation: string;
  readonly rollback: string;
  /** Names or ARNs of what it touches; empty: nobody said. */
  readonly resources: readonly string[];
  readonly window: PlanWindow | null;
  /** What it needed when it was planned, or when the severity changed last. */
  readonly need: ApprovalNeed;
  /** When people were told that its window begins; null: they were not. */
  readonly windowBeganAtMs: number | null;
  readonly status: PlanStatus;
  readonly by: Actor;
  readonly plannedAtMs: number;
  readonly approvedBy: Actor | null;
  readonly approvedAtMs: number | null;
  /** Reason for going without an approval by another person. */
  readonly waivedReason: string | null;
  readonly implementedBy: Actor | null;
  readonly implementedAtMs: number | null;
  readonly implementedWhat: string | null;
  readonly rolledBackReason: string | null;
  readonly rolledBackAtMs: number | null;
}

export interface Verification {
  readonly verified: boolean;
  readonly finding: string;
  readonly by: Actor;
  readonly atMs: number;
}

export interface StepVisit {
  readonly step: StepId;
  readonly enteredAtMs: number;
  /** Null while it is the current step. */
  readonly leftAtMs: number | null;
  readonly reason: string | null;
}

/** A channel that the incident has left. */
export interface FormerPlace {
  readonly channelId: string;
  /** Null: its card had begun the thread. */
  readonly threadTs: string | null;
  readonly permalink: string | null;
  /** Version of the event that moved it. */
  readonly leftVersion: number;
  readonly leftAtMs: number;
  readonly by: Actor;
}

/** Everything known about one incident, computed by folding its events. */
export interface IncidentState {
  readonly incidentId: string;
  /** Version of the last event folded in. */
  readonly version: number;
  readonly status: 'open' | 'closed';
  readonly title: string;
  /** Practice: told on every card and in the document. */
  readonly isDrill: boolean;
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string | null;
  /** Where it was before it was moved, oldest first. */
  readonly formerPlaces: readonly FormerPlace[];
  readonly sourcePermalink: string | null;
  readonly severity: Severity;
  readonly ownerId: string | null;
  readonly openedBy: Actor;
  readonly openedAtMs: number;
  readonly startedAtMs: number | null;
  readonly lastActivityAtMs: number;
  readonly nudging: Nudging;
  /** What the figures are computed from. */
  readonly moments: Moments;
  readonly alarmNames: readonly string[];
  /** Those that were reported to this incident, in the order in which they first fired. */
  readonly alarms: readonly IncidentAlarm[];
  /** Alarms that people took out of it again. */
  readonly separated: readonly SeparatedAlarm[];
  /** Null for an incident that a person opened. */
  readonly proposal: Proposal | null;
  readonly resources: readonly string[];
  readonly regions: readonly string[];
  /** Null: none was chosen, as in incidents from before there were playbooks. */
  readonly playbook: {
    readonly playbookId: string;
    readonly title: string;
    readonly reason: string;
    readonly isByHand: boolean;
    readonly by: Actor;
  } | null;
  readonly step: StepId;
  /** Oldest first; the last one is the current step. */
  readonly visits: readonly StepVisit[];
  readonly problem: {
    readonly symptoms: string;
    readonly affected: string;
    readonly recentChanges: string;
    /** Lines of it that are Redthread's, word for word. */
    readonly drafted: readonly string[];
    readonly by: Actor;
    readonly atMs: number;
  } | null;
  readonly isolation: {
    readonly component: string;
    readonly finding: string;
    readonly by: Actor;
    readonly atMs: number;
  } | null;
  readonly notes: readonly Note[];
  readonly capturedMessages: readonly CapturedMessage[];
  readonly gatherings: readonly Gathering[];
  readonly evidence: readonly Evidence[];
  readonly hypotheses: readonly Hypothesis[];
  /** Incidents on record that look like this one; dismissed ones stay, so that they are not shown again. */
  readonly similar: readonly RecalledIncident[];
  /** The latest one; null as long as nothing was ranked. */
  readonly ranking: Ranking | null;
  /** Oldest first; the last one is the current plan. */
  readonly plans: readonly Plan[];
  /** Done after a fix, in the order of the ticks; `standingTicks` says which still count. */
  readonly checks: readonly CheckTick[];
  readonly verifications: readonly Verification[];
  /** Of the verification that runs, or ran last; null: no alarm was looked at yet. */
  readonly watch: Watch | null;
  readonly escalations: readonly {
    readonly to: string;
    readonly reason: string;
    readonly by: Actor;
    readonly atMs: number;
  }[];
  readonly findings: {
    readonly rootCause: string;
    readonly lessons: string;
    readonly preventiveMeasures: readonly PreventiveMeasure[];
    readonly by: Actor;
    readonly atMs: number;
  } | null;
  /** The latest of each section, those that were taken back included. */
  readonly edits: readonly DocumentEdit[];
  readonly evaluation: Evaluation | null;
  readonly closure: {
    readonly reason: string | null;
    readonly by: Actor;
    readonly atMs: number;
  } | null;
  readonly reopenings: readonly {
    readonly reason: string;
    readonly by: Actor;
    readonly atMs: number;
  }[];
  readonly publication: {
    readonly ofVersion: number;
    readonly permalink: string | null;
    readonly canvasLink: string | null;
    readonly atMs: number;
  } | null;
  readonly abandonedWork: readonly {
    readonly task: string;
    readonly reason: string;
    readonly atMs: number;
  }[];
}
