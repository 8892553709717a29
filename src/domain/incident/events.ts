import type { AlarmChange, AlarmPlace } from '../alarm/alarm-change.ts';
import type { SimilarIncident } from '../knowledge/find-similar.ts';
import type { ApprovalNeed } from './approval.ts';
import type { EditableSection } from './document-edits.ts';
import type { Remarks } from './evaluation.ts';
import type { Evidence } from './evidence.ts';
import type { ProposalVerdict } from './incident-alarms.ts';
import type { NudgeReason } from './nudging.ts';
import type { PlanWindow } from './plan-scope.ts';
import type { Move, Ranking } from './ranking.ts';
import type { StepId } from './steps.ts';
import type { Watch } from './watch.ts';

/** Who did it: a person by Slack id, or the bot itself. */
export type Actor = { readonly kind: 'person'; readonly userId: string } | { readonly kind: 'bot' };

export type Severity = 'sev1' | 'sev2' | 'sev3' | 'sev4';
export type Rating = 'high' | 'medium' | 'low';
export type TestVerdict = 'confirmed' | 'eliminated' | 'inconclusive';

/** A preventive measure agreed at the end; `ownerId` null means nobody has taken it yet. */
export interface PreventiveMeasure {
  readonly text: string;
  readonly ownerId: string | null;
}

/** Text that people type is kept as typed (cut to LIMITS); the renderers make it harmless. */
export type IncidentEvent =
  | {
      readonly type: 'incident-opened';
      readonly incidentId: string;
      readonly title: string;
      readonly teamId: string;
      readonly channelId: string;
      /** The thread to work in when it exists already (opened from a message); null: the root card starts it. */
      readonly threadTs: string | null;
      /** Link of the message it was opened from. */
      readonly sourcePermalink: string | null;
      /** When the problem began, as far as the person who opened it said. */
      readonly startedAtMs: number | null;
      readonly severity: Severity;
      readonly alarmNames: readonly string[];
      readonly resources: readonly string[];
      readonly regions: readonly string[];
      /** Practice: it counts in no figure, and no later incident is told that it looks like this one. */
      readonly isDrill: boolean;
    }
  /** An alarm opened it: people have yet to say whether it is an incident. */
  | { readonly type: 'incident-proposed' }
  | {
      /** A known alarm went back to OK, or any went into ALARM. */
      readonly type: 'alarm-changed';
      readonly change: AlarmChange;
      /** The incident that this alarm had opened for itself; null: it was reported to this one. */
      readonly mergedFrom: string | null;
    }
  | {
      /** An alarm that had joined is something else: it has an incident of its own now. */
      readonly type: 'alarm-separated';
      readonly alarm: AlarmPlace;
      readonly intoId: string;
    }
  | {
      readonly type: 'proposal-decided';
      readonly verdict: ProposalVerdict;
      readonly mergedInto: string | null;
    }
  | {
      /** Which playbook's questions, checks and ideas the step cards show from now on. */
      readonly type: 'playbook-chosen';
      readonly playbookId: string;
      /** Kept here: a team may rename or remove its playbook later. */
      readonly title: string;
      /** One sentence; names in it were chosen by others. */
      readonly reason: string;
      /** False: the bot chose it, and may choose another one when it knows more. */
      readonly isByHand: boolean;
    }
  | {
      readonly type: 'problem-stated';
      readonly symptoms: string;
      readonly affected: string;
      readonly startedAtMs: number | null;
      readonly recentChanges: string;
      /** Lines of these texts that Redthread drafted and people took over as they were. */
      readonly drafted: readonly string[];
    }
  | { readonly type: 'component-isolated'; readonly component: string; readonly finding: string }
  | { readonly type: 'title-changed'; readonly title: string }
  | {
      readonly type: 'severity-changed';
      readonly severity: Severity;
      /** What a plan that waits for approval needs from now on; null: as before. */
      readonly need: ApprovalNeed | null;
    }
  | { readonly type: 'owner-changed'; readonly ownerId: string | null }
  | {
      readonly type: 'step-entered';
      readonly step: StepId;
      /** Null when the method itself leads here; a sentence when a person moved it or a step was disproved. */
      readonly reason: string | null;
    }
  | { readonly type: 'note-added'; readonly noteId: string; readonly text: string }
  | {
      /** A message put on the timeline by reaction or shortcut, with its own time and author. */
      readonly type: 'message-captured';
      readonly channelId: string;
      readonly messageTs: string;
      readonly authorId: string | null;
      readonly text: string;
      readonly permalink: string | null;
      readonly writtenAtMs: number;
    }
  | { readonly type: 'captured-message-edited'; readonly messageTs: string; readonly text: string }
  | { readonly type: 'captured-message-released'; readonly messageTs: string }
  | {
      readonly type: 'gathering-requested';
      readonly gatheringId: string;
      readonly fromMs: number;
      readonly toMs: number;
    }
  | { readonly type: 'gathering-finished'; readonly gatheringId: string; readonly summary: string }
  | { readonly type: 'evidence-recorded'; readonly evidence: Evidence }
  | {
      readonly type: 'hypothesis-proposed';
      readonly hypothesisId: string;
      readonly statement: string;
      readonly likelihood: Rating;
      readonly impact: Rating;
      readonly evidenceIds: readonly string[];
    }
  | {
      /** The bot ranked the explanations anew; those that are worth it are hypotheses from now on. */
      readonly type: 'causes-ranked';
      readonly ranking: Ranking;
      /** Hypotheses that are new, or whose likelihood moved enough to be told. */
      readonly moves: readonly Move[];
    }
  | {
      /** Incidents on record that look like this one, best first; replaces what was found before. */
      readonly type: 'similar-found';
      readonly similar: readonly SimilarIncident[];
    }
  /** A false friend: it looks alike and is something else. */
  | { readonly type: 'similar-dismissed'; readonly similarId: string }
  | {
      readonly type: 'hypothesis-rated';
      readonly hypothesisId: string;
      readonly likelihood: Rating;
      readonly impact: Rating;
    }
  | { readonly type: 'test-started'; readonly hypothesisId: string; readonly test: string }
  | {
      readonly type: 'test-concluded';
      readonly hypothesisId: string;
      readonly verdict: TestVerdict;
      readonly finding: string;
    }
  | {
      /** Back to "proposed" from confirmed, eliminated or inconclusive: something disproved the verdict. */
      readonly type: 'hypothesis-revived';
      readonly hypothesisId: string;
      readonly reason: string;
    }
  | {
      readonly type: 'solution-planned';
      readonly planId: string;
      readonly hypothesisId: string | null;
      readonly solution: string;
      readonly risk: string;
      readonly mitigation: string;
      readonly rollback: string;
      /** Names or ARNs of what it touches, as typed; empty: nobody said. */
      readonly resources: readonly string[];
      /** When it is to go in; null: as soon as it may. */
      readonly window: PlanWindow | null;
      readonly need: ApprovalNeed;
    }
  | { readonly type: 'plan-approved'; readonly planId: string }
  /** The time has come for a plan that may go in and is not in yet: people are told. */
  | { readonly type: 'window-began'; readonly planId: string }
  | { readonly type: 'approval-waived'; readonly planId: string; readonly reason: string }
  | { readonly type: 'solution-implemented'; readonly planId: string; readonly what: string }
  | { readonly type: 'solution-rolled-back'; readonly planId: string; readonly reason: string }
  /** The alarms after the fix, where something about them changed. */
  | { readonly type: 'watch-checked'; readonly watch: Watch }
  /** A check of the playbook was done, or after all was not. */
  | { readonly type: 'check-ticked'; readonly text: string; readonly isDone: boolean }
  | { readonly type: 'solution-verified'; readonly finding: string }
  | { readonly type: 'verification-failed'; readonly finding: string }
  | { readonly type: 'incident-escalated'; readonly to: string; readonly reason: string }
  | {
      readonly type: 'findings-documented';
      readonly rootCause: string;
      readonly lessons: string;
      readonly preventiveMeasures: readonly PreventiveMeasure[];
    }
  | {
      /** A person's words for a section of the document; empty: as recorded again. */
      readonly type: 'document-edited';
      readonly section: EditableSection;
      readonly text: string;
    }
  /** What people say about how they worked on it. */
  | ({ readonly type: 'process-evaluated' } & Remarks)
  | {
      readonly type: 'incident-closed';
      /** Why it was closed although something was missing; null when nothing was. */
      readonly reason: string | null;
    }
  | { readonly type: 'incident-reopened'; readonly reason: string }
  | {
      /** It goes on in another channel; what was posted before stays where it is, and points there. */
      readonly type: 'incident-moved';
      readonly channelId: string;
      /** As Slack called it then; null: Slack did not say. */
      readonly channelName: string | null;
      readonly fromChannelId: string;
      /** The thread it had been opened in, where that was there before it. */
      readonly fromThreadTs: string | null;
      /** Of the card that was left behind. */
      readonly fromPermalink: string | null;
    }
  /** People were reminded; what of is seen from the state. */
  | { readonly type: 'nudge-sent'; readonly why: NudgeReason }
  | { readonly type: 'nudges-snoozed'; readonly untilMs: number }
  | { readonly type: 'nudges-stopped' }
  | {
      readonly type: 'document-published';
      /** The version of the record that the document tells. */
      readonly ofVersion: number;
      readonly permalink: string | null;
      /** Of the same as a canvas, where the workspace has them. */
      readonly canvasLink: string | null;
    }
  | {
      /** Text was taken out of everything before this; which one is written nowhere. */
      readonly type: 'record-redacted';
      readonly reason: string;
      /** In how many texts of the record it was. */
      readonly places: number;
    }
  | {
      /** Something the bot had to do and gave up on, made visible. `task` is in plain words. */
      readonly type: 'work-abandoned';
      readonly task: string;
      readonly reason: string;
    };

export type IncidentEventType = IncidentEvent['type'];

export const EVENT_SCHEMA_VERSION = 1;

/** An event in the log. Never changed or deleted; corrections are events. */
export interface RecordedEvent {
  readonly schemaVersion: typeof EVENT_SCHEMA_VERSION;
  /** 1 for the first event of the incident; gapless. */
  readonly version: number;
  readonly atMs: number;
  readonly actor: Actor;
  readonly event: IncidentEvent;
}
