import type {
  Actor,
  IncidentEvent,
  PreventiveMeasure,
  Rating,
  Severity,
  TestVerdict,
} from './events.ts';
import type { Evidence } from './evidence.ts';
import type { IncidentState } from './state.ts';
import type { StepId } from './steps.ts';

type OpenedEvent = Extract<IncidentEvent, { type: 'incident-opened' }>;

/** What a person or the bot wants done. Ids are made by the caller: the domain has no chance in it. */
export type IncidentCommand =
  | (Omit<OpenedEvent, 'type'> & {
      readonly type: 'open-incident';
      /** Id for the first gathering of evidence. */
      readonly gatheringId: string;
    })
  | {
      readonly type: 'state-problem';
      readonly symptoms: string;
      readonly affected: string;
      readonly startedAtMs: number | null;
      readonly recentChanges: string;
    }
  | { readonly type: 'isolate-component'; readonly component: string; readonly finding: string }
  | { readonly type: 'change-title'; readonly title: string }
  | { readonly type: 'change-severity'; readonly severity: Severity }
  | { readonly type: 'assign-owner'; readonly ownerId: string | null }
  | { readonly type: 'move-to-step'; readonly step: StepId; readonly reason: string | null }
  | { readonly type: 'add-note'; readonly noteId: string; readonly text: string }
  | {
      readonly type: 'capture-message';
      readonly channelId: string;
      readonly messageTs: string;
      readonly authorId: string | null;
      readonly text: string;
      readonly permalink: string | null;
      readonly writtenAtMs: number;
    }
  | { readonly type: 'edit-captured-message'; readonly messageTs: string; readonly text: string }
  | { readonly type: 'release-captured-message'; readonly messageTs: string }
  | {
      readonly type: 'request-gathering';
      readonly gatheringId: string;
      readonly fromMs: number;
      readonly toMs: number;
    }
  | { readonly type: 'finish-gathering'; readonly gatheringId: string; readonly summary: string }
  | { readonly type: 'record-evidence'; readonly evidence: Evidence }
  | {
      readonly type: 'propose-hypothesis';
      readonly hypothesisId: string;
      readonly statement: string;
      readonly likelihood: Rating;
      readonly impact: Rating;
      readonly evidenceIds: readonly string[];
    }
  | {
      readonly type: 'rate-hypothesis';
      readonly hypothesisId: string;
      readonly likelihood: Rating;
      readonly impact: Rating;
    }
  | { readonly type: 'start-test'; readonly hypothesisId: string; readonly test: string }
  | {
      readonly type: 'conclude-test';
      readonly hypothesisId: string;
      readonly verdict: TestVerdict;
      readonly finding: string;
    }
  | { readonly type: 'revive-hypothesis'; readonly hypothesisId: string; readonly reason: string }
  | {
      readonly type: 'plan-solution';
      readonly planId: string;
      readonly hypothesisId: string | null;
      readonly solution: string;
      readonly risk: string;
      readonly mitigation: string;
      readonly rollback: string;
    }
  | { readonly type: 'approve-plan'; readonly planId: string }
  | { readonly type: 'waive-approval'; readonly planId: string; readonly reason: string }
  | { readonly type: 'report-implemented'; readonly planId: string; readonly what: string }
  | { readonly type: 'roll-back'; readonly planId: string; readonly reason: string }
  | { readonly type: 'verify-solution'; readonly finding: string }
  | { readonly type: 'fail-verification'; readonly finding: string }
  | { readonly type: 'escalate-incident'; readonly to: string; readonly reason: string }
  | {
      readonly type: 'document-findings';
      readonly rootCause: string;
      readonly lessons: string;
      readonly preventiveMeasures: readonly PreventiveMeasure[];
    }
  | {
      readonly type: 'close-incident';
      /** Required when the close gate finds something missing. */
      readonly reason: string | null;
    }
  | { readonly type: 'reopen-incident'; readonly reason: string }
  | {
      readonly type: 'record-publication';
      readonly ofVersion: number;
      readonly permalink: string | null;
    }
  | { readonly type: 'abandon-work'; readonly task: string; readonly reason: string };

export type IncidentCommandType = IncidentCommand['type'];

/**
 * The answer of `decide`. A rejection is a sentence for the person who asked, not an exception.
 * `events` may be empty when what was asked for is already so (a second tap on the same button
 * by the same person).
 */
export type Decision =
  | { readonly kind: 'accepted'; readonly events: readonly IncidentEvent[] }
  | {
      readonly kind: 'rejected';
      readonly code: RejectionCode;
      /** One or two plain sentences: what, why, what to do. */
      readonly sentence: string;
    };

export type RejectionCode =
  | 'incident-closed'
  | 'incident-open'
  | 'incident-exists'
  | 'incident-missing'
  | 'already-done'
  | 'not-now'
  | 'not-found'
  | 'not-allowed'
  | 'missing-text'
  | 'text-too-long'
  | 'too-many'
  | 'reason-needed';

export type Decide = (
  state: IncidentState | null,
  command: IncidentCommand,
  actor: Actor,
  nowMs: number,
) => Decision;
