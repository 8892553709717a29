import type { IncidentCommandType } from './commands.ts';
import type { IncidentState } from './state.ts';
import { INCIDENT_STEPS, type StepId } from './steps.ts';

export interface CommandRule {
  /** In which condition the incident must be; `always` means open or closed. */
  readonly when: 'missing' | 'open' | 'closed' | 'always';
  readonly steps: readonly StepId[];
  /** What to do instead when the step does not fit; null where every step fits. */
  readonly instead: string | null;
}

const EVERY_STEP: readonly StepId[] = INCIDENT_STEPS.map((row) => row.id);

const stepsFrom = (step: StepId): readonly StepId[] => EVERY_STEP.slice(EVERY_STEP.indexOf(step));

const openAnyStep = { when: 'open', steps: EVERY_STEP, instead: null } as const;
const alwaysAnyStep = { when: 'always', steps: EVERY_STEP, instead: null } as const;

/**
 * When each command makes sense. Speaking is always possible while the incident is open (notes,
 * hypotheses, escalation); what moves the method on is tied to steps. For plans, their own status
 * decides instead of the step: who went back to the hypotheses may still roll a fix back.
 */
export const COMMAND_RULES = {
  'open-incident': { when: 'missing', steps: EVERY_STEP, instead: null },
  // What happened to an alarm is known of closed incidents too: its next firing is told from this one.
  'record-alarm': alwaysAnyStep,
  'separate-alarm': openAnyStep,
  'accept-proposal': openAnyStep,
  'decline-proposal': openAnyStep,
  'merge-incident': openAnyStep,
  'state-problem': openAnyStep,
  'isolate-component': {
    when: 'open',
    steps: stepsFrom('isolate'),
    instead: 'State the problem first, or move to step 2 without a statement.',
  },
  'choose-playbook': openAnyStep,
  'change-title': openAnyStep,
  'change-severity': openAnyStep,
  'assign-owner': openAnyStep,
  'move-to-step': openAnyStep,
  'add-note': openAnyStep,
  'capture-message': openAnyStep,
  // People correct and delete their words whenever they like.
  'edit-captured-message': alwaysAnyStep,
  'release-captured-message': alwaysAnyStep,
  'request-gathering': openAnyStep,
  // A gathering that was under way when the incident was closed must be able to end.
  'finish-gathering': alwaysAnyStep,
  'record-evidence': openAnyStep,
  'propose-hypothesis': openAnyStep,
  'rank-causes': openAnyStep,
  'note-similar': openAnyStep,
  'dismiss-similar': openAnyStep,
  'rate-hypothesis': openAnyStep,
  'start-test': {
    when: 'open',
    steps: ['identify', 'isolate', 'hypothesize', 'test', 'solve'],
    instead:
      'Say first whether the solution worked, or move back to step 4 with a reason to test further.',
  },
  'conclude-test': openAnyStep,
  'revive-hypothesis': openAnyStep,
  // What still does harm is contained before its cause is known.
  'plan-solution': openAnyStep,
  'approve-plan': openAnyStep,
  'waive-approval': openAnyStep,
  'report-implemented': openAnyStep,
  'begin-window': openAnyStep,
  'roll-back': openAnyStep,
  'record-watch': {
    when: 'open',
    steps: ['verify', 'document'],
    instead: 'Alarms are watched once a solution is being verified.',
  },
  // Somebody may still be checking when another one says that it is fixed.
  'tick-check': {
    when: 'open',
    steps: ['verify', 'document'],
    instead: 'Checks are ticked once a solution is being verified.',
  },
  'verify-solution': {
    when: 'open',
    steps: ['verify'],
    instead: 'Report first that the solution is implemented, or move to step 6 with a reason.',
  },
  // Also after a successful verification: the alarm may fire again while people write.
  'fail-verification': {
    when: 'open',
    steps: ['verify', 'document'],
    instead: 'Report first that the solution is implemented, or move to step 6 with a reason.',
  },
  'escalate-incident': openAnyStep,
  // From the solution on, as a draft that a later version replaces: earlier it would be a guess.
  'document-findings': {
    when: 'open',
    steps: stepsFrom('solve'),
    instead: 'Put what you know into a hypothesis or a note, or move to step 7 with a reason.',
  },
  // Documents are edited once they are read, which is after the closing.
  'edit-document': alwaysAnyStep,
  'evaluate-process': alwaysAnyStep,
  'close-incident': openAnyStep,
  'reopen-incident': { when: 'closed', steps: EVERY_STEP, instead: null },
  'relocate-incident': openAnyStep,
  'send-nudge': openAnyStep,
  'snooze-nudges': openAnyStep,
  'stop-nudges': openAnyStep,
  'record-publication': alwaysAnyStep,
  // A password must go from closed incidents as well.
  'redact-record': alwaysAnyStep,
  'abandon-work': alwaysAnyStep,
} as const satisfies Record<IncidentCommandType, CommandRule>;

/** Whether open/closed and the step allow it; the handler may still have a reason against it. */
export function fitsNow(state: IncidentState, type: IncidentCommandType): boolean {
  const rule: CommandRule = COMMAND_RULES[type];
  const fitsStatus = rule.when === 'always' || rule.when === state.status;
  return fitsStatus && rule.steps.includes(state.step);
}
