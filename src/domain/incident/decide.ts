import { DEFAULT_APPROVAL } from './approval.ts';
import { COMMAND_RULES, type CommandRule } from './command-rules.ts';
import type { Decide, Decision, IncidentCommandType } from './commands.ts';
import {
  acceptProposal,
  declineProposal,
  mergeIncident,
  recordAlarm,
  separateAlarm,
} from './decide-alarms.ts';
import { tickCheck } from './decide-checks.ts';
import {
  abandonWork,
  closeIncident,
  documentFindings,
  recordPublication,
  reopenIncident,
} from './decide-closing.ts';
import { editDocument, evaluateProcess } from './decide-document.ts';
import { finishGathering, recordEvidence, requestGathering } from './decide-evidence.ts';
import { proposeHypothesis, rateHypothesis, reviveHypothesis } from './decide-hypotheses.ts';
import {
  addNote,
  captureMessage,
  editCapturedMessage,
  releaseCapturedMessage,
} from './decide-notes.ts';
import { sendNudge, snoozeNudges, stopNudges } from './decide-nudges.ts';
import { openIncident } from './decide-opening.ts';
import {
  approvePlan,
  planSolution,
  reportImplemented,
  rollBack,
  waiveApproval,
} from './decide-plan.ts';
import { choosePlaybook } from './decide-playbook.ts';
import {
  assignOwner,
  changeSeverity,
  changeTitle,
  isolateComponent,
  moveToStep,
  stateProblem,
} from './decide-problem.ts';
import { rankCauses } from './decide-ranking.ts';
import { redactRecord } from './decide-redaction.ts';
import { relocateIncident } from './decide-relocation.ts';
import { dismissSimilar, noteSimilar } from './decide-similar.ts';
import { concludeTest, startTest } from './decide-tests.ts';
import { escalateIncident, failVerification, verifySolution } from './decide-verification.ts';
import { recordWatch } from './decide-watch.ts';
import { beginWindow } from './decide-window.ts';
import {
  byWhom,
  type CommandOf,
  type DecisionContext,
  type Handler,
  type Rejection,
  reject,
  rejectTexts,
  stepWords,
} from './decision.ts';
import type { IncidentState } from './state.ts';
import type { StepId } from './steps.ts';

type LaterCommandType = Exclude<IncidentCommandType, 'open-incident'>;

/** Together with COMMAND_RULES the whole behaviour: when a command fits, and what it then does. */
const HANDLERS: { readonly [T in LaterCommandType]: Handler<T> } = {
  'record-alarm': recordAlarm,
  'separate-alarm': separateAlarm,
  'accept-proposal': acceptProposal,
  'decline-proposal': declineProposal,
  'merge-incident': mergeIncident,
  'state-problem': stateProblem,
  'isolate-component': isolateComponent,
  'choose-playbook': choosePlaybook,
  'change-title': changeTitle,
  'change-severity': changeSeverity,
  'assign-owner': assignOwner,
  'move-to-step': moveToStep,
  'add-note': addNote,
  'capture-message': captureMessage,
  'edit-captured-message': editCapturedMessage,
  'release-captured-message': releaseCapturedMessage,
  'request-gathering': requestGathering,
  'finish-gathering': finishGathering,
  'record-evidence': recordEvidence,
  'propose-hypothesis': proposeHypothesis,
  'rank-causes': rankCauses,
  'note-similar': noteSimilar,
  'dismiss-similar': dismissSimilar,
  'rate-hypothesis': rateHypothesis,
  'start-test': startTest,
  'conclude-test': concludeTest,
  'revive-hypothesis': reviveHypothesis,
  'plan-solution': planSolution,
  'approve-plan': approvePlan,
  'waive-approval': waiveApproval,
  'begin-window': beginWindow,
  'report-implemented': reportImplemented,
  'roll-back': rollBack,
  'record-watch': recordWatch,
  'tick-check': tickCheck,
  'verify-solution': verifySolution,
  'fail-verification': failVerification,
  'escalate-incident': escalateIncident,
  'document-findings': documentFindings,
  'edit-document': editDocument,
  'evaluate-process': evaluateProcess,
  'close-incident': closeIncident,
  'reopen-incident': reopenIncident,
  'relocate-incident': relocateIncident,
  'send-nudge': sendNudge,
  'snooze-nudges': snoozeNudges,
  'stop-nudges': stopNudges,
  'record-publication': recordPublication,
  'redact-record': redactRecord,
  'abandon-work': abandonWork,
};

function rejectClosed(state: IncidentState, type: IncidentCommandType, nowMs: number): Rejection {
  const { closure } = state;
  const by = closure === null ? '' : ` ${byWhom(closure.by, closure.atMs, nowMs)}`;
  return type === 'close-incident'
    ? reject('already-done', `This incident was already closed${by}.`)
    : reject(
        'incident-closed',
        `This incident was closed${by}. To add to it, reopen it with /triage reopen ${state.incidentId} and a reason.`,
      );
}

function rejectOpen(state: IncidentState, nowMs: number): Rejection {
  const last = state.reopenings.at(-1);
  return last === undefined
    ? reject(
        'incident-open',
        'This incident is open, so there is nothing to reopen. Go on in its thread.',
      )
    : reject(
        'already-done',
        `This incident was already reopened ${byWhom(last.by, last.atMs, nowMs)}.`,
      );
}

function rejectStatus(
  state: IncidentState,
  type: IncidentCommandType,
  nowMs: number,
): Rejection | null {
  const rule: CommandRule = COMMAND_RULES[type];
  if (rule.when === 'open' && state.status === 'closed') return rejectClosed(state, type, nowMs);
  if (rule.when === 'closed' && state.status === 'open') return rejectOpen(state, nowMs);
  return null;
}

/** A second tap on a button whose first tap moved the incident on to `nextStep`. */
const MOVED_ON: readonly {
  readonly type: IncidentCommandType;
  readonly verified: boolean;
  readonly nextStep: StepId;
  readonly words: string;
}[] = [
  { type: 'verify-solution', verified: true, nextStep: 'document', words: 'verified' },
  {
    type: 'fail-verification',
    verified: false,
    nextStep: 'hypothesize',
    words: 'reported as not working',
  },
];

function rejectStep(
  state: IncidentState,
  type: IncidentCommandType,
  nowMs: number,
): Rejection | null {
  const rule: CommandRule = COMMAND_RULES[type];
  if (rule.steps.includes(state.step)) return null;
  const last = state.verifications.at(-1);
  const moved = MOVED_ON.find(
    (row) => row.type === type && row.verified === last?.verified && row.nextStep === state.step,
  );
  if (last !== undefined && moved !== undefined) {
    const by = byWhom(last.by, last.atMs, nowMs);
    return reject('already-done', `The solution was already ${moved.words} ${by}.`);
  }
  return reject(
    'not-now',
    `This does not fit yet: the incident is in ${stepWords(state.step)}. ${rule.instead ?? ''}`.trim(),
  );
}

function handle<T extends LaterCommandType>(
  type: T,
  command: CommandOf<T>,
  context: DecisionContext,
): Decision {
  const handler: Handler<T> = HANDLERS[type];
  return handler(command, context);
}

/** Why it cannot be done whatever it says, in a sentence; null: it depends on what it says. */
export function refusalNow(
  state: IncidentState,
  type: IncidentCommandType,
  nowMs: number,
): string | null {
  const refusal = rejectStatus(state, type, nowMs) ?? rejectStep(state, type, nowMs);
  return refusal?.sentence ?? null;
}

/** Pure and total: the events that follow from a command, or a sentence that says why not. */
export const decide: Decide = (state, command, actor, nowMs, approval = DEFAULT_APPROVAL) => {
  if (command.type === 'open-incident') {
    if (state === null) return openIncident(command, nowMs);
    const by = byWhom(state.openedBy, state.openedAtMs, nowMs);
    return reject(
      'incident-exists',
      `This incident was already opened ${by}. Go on in its thread.`,
    );
  }
  if (state === null) {
    return reject(
      'incident-missing',
      'There is no such incident. Open one with /triage, or list the open ones with /triage list.',
    );
  }
  return (
    rejectStatus(state, command.type, nowMs) ??
    rejectStep(state, command.type, nowMs) ??
    rejectTexts(command) ??
    handle(command.type, command, { state, actor, nowMs, approval })
  );
};
