import type { AlarmChange } from '../alarm/alarm-change.ts';
import type { ApprovalPolicy } from './approval.ts';
import type { Actor, IncidentEvent } from './events.ts';
import type { IncidentState } from './state.ts';
import type { SeenAlarm } from './watch.ts';

/** Asks for one event: the same fields under the command's name. */
type AsksFor<T extends IncidentEvent['type'], Name extends string> = Omit<
  Extract<IncidentEvent, { type: T }>,
  'type'
> & { readonly type: Name };

export type ChosenPlaybook = Omit<Extract<IncidentEvent, { type: 'playbook-chosen' }>, 'type'>;

/** What a person or the bot wants done. Ids are made by the caller: the domain has no chance in it. */
export type IncidentCommand =
  | (Omit<AsksFor<'incident-opened', 'open-incident'>, 'isDrill'> & {
      /** Absent: it is real. */
      readonly isDrill?: boolean;
      /** Id for the first gathering of evidence. */
      readonly gatheringId: string;
      /** The alarm that opens it: then people are asked whether it is an incident. */
      readonly alarm?: AlarmChange;
      /** Null or absent: none is chosen yet. */
      readonly playbook?: ChosenPlaybook | null;
    })
  | AsksFor<'playbook-chosen', 'choose-playbook'>
  | (AsksFor<'alarm-changed', 'record-alarm'> & {
      /** Evidence is gathered again, in this window; null: not. */
      readonly gatheringId: string | null;
      readonly gatherWindow: { readonly fromMs: number; readonly toMs: number };
    })
  | AsksFor<'alarm-separated', 'separate-alarm'>
  | { readonly type: 'accept-proposal' }
  | { readonly type: 'decline-proposal'; readonly reason: string | null }
  | { readonly type: 'merge-incident'; readonly intoId: string }
  | (Omit<AsksFor<'problem-stated', 'state-problem'>, 'drafted'> & {
      /** Absent: people wrote all of it. */
      readonly drafted?: readonly string[];
      /** `problemBasis` of what the person has seen; absent: no matter what stands there. */
      readonly basis?: string | undefined;
    })
  | AsksFor<'component-isolated', 'isolate-component'>
  | AsksFor<'title-changed', 'change-title'>
  | Omit<AsksFor<'severity-changed', 'change-severity'>, 'need'>
  | AsksFor<'owner-changed', 'assign-owner'>
  | AsksFor<'step-entered', 'move-to-step'>
  | AsksFor<'note-added', 'add-note'>
  | AsksFor<'message-captured', 'capture-message'>
  | AsksFor<'captured-message-edited', 'edit-captured-message'>
  | AsksFor<'captured-message-released', 'release-captured-message'>
  | AsksFor<'gathering-requested', 'request-gathering'>
  | AsksFor<'gathering-finished', 'finish-gathering'>
  | AsksFor<'evidence-recorded', 'record-evidence'>
  | AsksFor<'hypothesis-proposed', 'propose-hypothesis'>
  /** Causes that share an event with a hypothesis on the board are that hypothesis. */
  | Omit<AsksFor<'causes-ranked', 'rank-causes'>, 'moves'>
  | AsksFor<'similar-found', 'note-similar'>
  | AsksFor<'similar-dismissed', 'dismiss-similar'>
  | AsksFor<'hypothesis-rated', 'rate-hypothesis'>
  | AsksFor<'test-started', 'start-test'>
  | AsksFor<'test-concluded', 'conclude-test'>
  | AsksFor<'hypothesis-revived', 'revive-hypothesis'>
  | (Omit<AsksFor<'solution-planned', 'plan-solution'>, 'need'> & {
      /** `planBasis` of what the person has seen; absent: no matter what was planned. */
      readonly basis?: string | undefined;
    })
  | (AsksFor<'plan-approved', 'approve-plan'> & {
      /** Which of the entitled user groups the person is in now; null: Slack does not say. Absent: none. */
      readonly memberOf?: readonly string[] | null;
    })
  | AsksFor<'window-began', 'begin-window'>
  | AsksFor<'approval-waived', 'waive-approval'>
  | AsksFor<'solution-implemented', 'report-implemented'>
  | AsksFor<'solution-rolled-back', 'roll-back'>
  | {
      readonly type: 'record-watch';
      readonly agreedMs: number;
      /** In the order of time; several of one alarm tell what it was since the look before. */
      readonly readings: readonly SeenAlarm[];
      readonly trouble: string | null;
    }
  | AsksFor<'check-ticked', 'tick-check'>
  | AsksFor<'solution-verified', 'verify-solution'>
  | AsksFor<'verification-failed', 'fail-verification'>
  | AsksFor<'incident-escalated', 'escalate-incident'>
  | AsksFor<'findings-documented', 'document-findings'>
  /** `basis`: the revision that whoever edits has seen; 0: none. */
  | (AsksFor<'document-edited', 'edit-document'> & { readonly basis: number })
  | (AsksFor<'process-evaluated', 'evaluate-process'> & { readonly basis: number })
  /** `reason` is required when the close gate finds something missing. */
  | AsksFor<'incident-closed', 'close-incident'>
  | AsksFor<'incident-reopened', 'reopen-incident'>
  | Omit<AsksFor<'incident-moved', 'relocate-incident'>, 'fromChannelId' | 'fromThreadTs'>
  | (AsksFor<'nudge-sent', 'send-nudge'> & {
      /** When somebody last wrote in the thread, which is not on the record; null: not known. */
      readonly talkedAtMs: number | null;
    })
  | AsksFor<'nudges-snoozed', 'snooze-nudges'>
  | AsksFor<'nudges-stopped', 'stop-nudges'>
  | AsksFor<'document-published', 'record-publication'>
  /** What is before it is rewritten in the same step. */
  | AsksFor<'record-redacted', 'redact-record'>
  | AsksFor<'work-abandoned', 'abandon-work'>;

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

export const REJECTION_CODES = [
  'incident-closed',
  'incident-open',
  'incident-exists',
  'incident-missing',
  'already-done',
  /** Somebody changed it after the person had looked. */
  'outdated',
  'not-now',
  'not-found',
  'not-allowed',
  'missing-text',
  'text-too-long',
  'too-many',
  'reason-needed',
] as const;

export type RejectionCode = (typeof REJECTION_CODES)[number];

export type Decide = (
  state: IncidentState | null,
  command: IncidentCommand,
  actor: Actor,
  nowMs: number,
  /** What plans need; the default where nobody said. */
  approval?: ApprovalPolicy,
) => Decision;
