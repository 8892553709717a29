import { SECURITY_PLAYBOOK_ID } from '../playbook/playbook.ts';
import { missingForClose } from './close-gate.ts';
import { fitsNow } from './command-rules.ts';
import type { IncidentCommandType } from './commands.ts';
import type { TestVerdict } from './events.ts';
import { isTestable, nextToTest, runningTest } from './hypotheses.ts';
import { isUndecided } from './incident-alarms.ts';
import { LIMITS } from './limits.ts';
import type { Hypothesis, IncidentState, Plan, PlanStatus } from './state.ts';
import type { StepId } from './steps.ts';

/** Something a person can do now, for a button. */
export interface AvailableAction {
  readonly command: IncidentCommandType;
  /** The hypothesis or plan it is about; null when it is about the incident. */
  readonly itemId: string | null;
  readonly label: string;
  /** True for the first one only: what the method asks for next. */
  readonly primary: boolean;
}

/** What the action would be about: an id, null for the incident itself, nothing: not offered. */
type Subject = (state: IncidentState) => string | null | undefined;

interface Offer {
  readonly command: IncidentCommandType;
  readonly label: string;
  readonly about: Subject;
}

const always: Subject = () => null;
const onlyIf =
  (condition: (state: IncidentState) => boolean): Subject =>
  (state) =>
    condition(state) ? null : undefined;

const planIn =
  (...statuses: readonly PlanStatus[]): Subject =>
  (state) => {
    const plan: Plan | undefined = state.plans.at(-1);
    return plan !== undefined && statuses.includes(plan.status) ? plan.planId : undefined;
  };

/** Waits for somebody's approval. */
const unapproved: Subject = (state) =>
  state.plans.at(-1)?.need.rule === 'none' ? undefined : planIn('planned')(state);
/** May go in. */
const cleared: Subject = (state) =>
  state.plans.at(-1)?.need.rule === 'none'
    ? planIn('planned', 'approved')(state)
    : planIn('approved')(state);

/** The newest that is in: also while a later one is being planned. */
const implemented: Subject = ({ plans }) =>
  plans.findLast(({ status }) => status === 'implemented')?.planId;

const testable: Subject = (state) =>
  runningTest(state) === null ? nextToTest(state)?.hypothesisId : undefined;
const underTest: Subject = (state) => runningTest(state)?.hypothesisId;
const hasOpenPlan = (state: IncidentState): boolean =>
  planIn('planned', 'approved')(state) !== undefined;
const isComplete = (state: IncidentState): boolean => missingForClose(state).length === 0;

const OFFERS = {
  acceptProposal: {
    command: 'accept-proposal',
    label: 'Accept',
    about: onlyIf(isUndecided),
  },
  declineProposal: {
    command: 'decline-proposal',
    label: 'Not an incident',
    about: onlyIf(isUndecided),
  },
  merge: { command: 'merge-incident', label: 'Merge', about: onlyIf(isUndecided) },
  stateProblem: { command: 'state-problem', label: 'State the problem', about: always },
  isolate: { command: 'isolate-component', label: 'Name the component', about: always },
  propose: { command: 'propose-hypothesis', label: 'Add a hypothesis', about: always },
  startTest: { command: 'start-test', label: 'Test a hypothesis', about: testable },
  conclude: { command: 'conclude-test', label: 'Record the verdict', about: underTest },
  plan: {
    command: 'plan-solution',
    label: 'Plan a solution',
    about: onlyIf((state) => !hasOpenPlan(state)),
  },
  mitigate: {
    command: 'plan-solution',
    label: 'Act now',
    about: onlyIf((state) => !hasOpenPlan(state)),
  },
  contain: {
    command: 'plan-solution',
    label: 'Contain it now',
    about: onlyIf(
      (state) => state.playbook?.playbookId === SECURITY_PLAYBOOK_ID && !hasOpenPlan(state),
    ),
  },
  replan: { command: 'plan-solution', label: 'Change the plan', about: onlyIf(hasOpenPlan) },
  approve: { command: 'approve-plan', label: 'Approve the plan', about: unapproved },
  waive: {
    command: 'waive-approval',
    label: 'Go without approval',
    about: unapproved,
  },
  implemented: {
    command: 'report-implemented',
    label: 'It is implemented',
    about: cleared,
  },
  rollBack: { command: 'roll-back', label: 'Roll back', about: implemented },
  verify: { command: 'verify-solution', label: 'It works', about: always },
  fail: { command: 'fail-verification', label: 'It does not work', about: always },
  findings: { command: 'document-findings', label: 'Record the findings', about: always },
  note: { command: 'add-note', label: 'Add a note', about: always },
  gather: {
    command: 'request-gathering',
    label: 'Gather evidence again',
    about: onlyIf((state) => state.gatherings.every((row) => row.finishedAtMs !== null)),
  },
  takeOwnership: {
    command: 'assign-owner',
    label: 'Take ownership',
    about: onlyIf((state) => state.ownerId === null),
  },
  handOver: {
    command: 'assign-owner',
    label: 'Hand over',
    about: onlyIf((state) => state.ownerId !== null),
  },
  escalate: { command: 'escalate-incident', label: 'Escalate', about: always },
  severity: { command: 'change-severity', label: 'Change the severity', about: always },
  move: { command: 'move-to-step', label: 'Move to another step', about: always },
  relocate: {
    command: 'relocate-incident',
    label: 'Move to another channel',
    about: onlyIf((state) => state.formerPlaces.length < LIMITS.movesMax),
  },
  close: { command: 'close-incident', label: 'Close', about: always },
  closeComplete: { command: 'close-incident', label: 'Close', about: onlyIf(isComplete) },
  evaluate: { command: 'evaluate-process', label: 'Evaluate the process', about: always },
  editDocument: { command: 'edit-document', label: 'Edit the document', about: always },
  reopen: { command: 'reopen-incident', label: 'Reopen', about: always },
} as const satisfies Record<string, Offer>;

/** Finding and testing causes go hand in hand. */
const SEARCHING: readonly Offer[] = [
  OFFERS.conclude,
  OFFERS.startTest,
  OFFERS.propose,
  OFFERS.takeOwnership,
  OFFERS.approve,
  OFFERS.implemented,
  OFFERS.rollBack,
  OFFERS.plan,
];

/** Most important first; what has no subject now is left out, and so is a second offer of the same. */
const STEP_OFFERS = {
  identify: [
    OFFERS.stateProblem,
    OFFERS.contain,
    OFFERS.takeOwnership,
    OFFERS.conclude,
    OFFERS.propose,
    OFFERS.mitigate,
    OFFERS.replan,
  ],
  isolate: [
    OFFERS.isolate,
    OFFERS.contain,
    OFFERS.takeOwnership,
    OFFERS.conclude,
    OFFERS.propose,
    OFFERS.mitigate,
    OFFERS.replan,
    OFFERS.startTest,
    OFFERS.stateProblem,
  ],
  hypothesize: SEARCHING,
  test: SEARCHING,
  solve: [
    OFFERS.approve,
    OFFERS.implemented,
    OFFERS.plan,
    OFFERS.waive,
    OFFERS.replan,
    OFFERS.takeOwnership,
    OFFERS.rollBack,
    OFFERS.conclude,
    OFFERS.startTest,
  ],
  verify: [OFFERS.verify, OFFERS.fail, OFFERS.rollBack, OFFERS.conclude, OFFERS.takeOwnership],
  document: [
    OFFERS.closeComplete,
    OFFERS.findings,
    OFFERS.fail,
    OFFERS.rollBack,
    OFFERS.takeOwnership,
    OFFERS.evaluate,
    OFFERS.editDocument,
  ],
} as const satisfies Record<StepId, readonly Offer[]>;

const OFFERS_AT_EVERY_STEP: readonly Offer[] = [
  OFFERS.note,
  OFFERS.gather,
  OFFERS.escalate,
  OFFERS.handOver,
  OFFERS.severity,
  OFFERS.move,
  OFFERS.relocate,
  OFFERS.close,
];

/** Before anything else people say whether what an alarm opened is an incident. */
const UNDECIDED_OFFERS: readonly Offer[] = [
  OFFERS.acceptProposal,
  OFFERS.declineProposal,
  OFFERS.merge,
];

function offersFor(state: IncidentState): readonly Offer[] {
  return state.status === 'closed'
    ? [OFFERS.reopen, OFFERS.editDocument, OFFERS.evaluate]
    : [...UNDECIDED_OFFERS, ...STEP_OFFERS[state.step], ...OFFERS_AT_EVERY_STEP];
}

/** What makes sense now, most important first; the first one is primary. */
export function availableActions(state: IncidentState): readonly AvailableAction[] {
  const actions = new Map<IncidentCommandType, Omit<AvailableAction, 'primary'>>();
  for (const { command, label, about } of offersFor(state)) {
    const itemId = about(state);
    if (itemId === undefined || actions.has(command) || !fitsNow(state, command)) continue;
    actions.set(command, { command, itemId, label });
  }
  return [...actions.values()].map((action, index) => ({ ...action, primary: index === 0 }));
}

/** Something a person can do now with one hypothesis on the board. */
export interface HypothesisAction extends AvailableAction {
  /** For `conclude-test`: the verdict that the button itself says; else null. */
  readonly verdict: TestVerdict | null;
}

type HypothesisOffer = Pick<Offer, 'command' | 'label'> & {
  readonly verdict?: TestVerdict;
  readonly fits: (hypothesis: Hypothesis, state: IncidentState) => boolean;
};

const isProposed = ({ status }: Hypothesis): boolean => status === 'proposed';

const HYPOTHESIS_OFFERS: readonly HypothesisOffer[] = [
  {
    command: 'conclude-test',
    label: 'Record the verdict',
    fits: ({ status }) => status === 'testing',
  },
  {
    command: 'plan-solution',
    label: 'Plan this fix',
    fits: ({ status }, state) => status === 'confirmed' && !hasOpenPlan(state),
  },
  {
    command: 'start-test',
    label: 'Test this',
    fits: (hypothesis, state) => isTestable(hypothesis) && runningTest(state) === null,
  },
  { command: 'conclude-test', label: 'Confirm', verdict: 'confirmed', fits: isProposed },
  { command: 'conclude-test', label: 'Rule out', verdict: 'eliminated', fits: isProposed },
  {
    command: 'revive-hypothesis',
    label: 'Revive it',
    fits: ({ status }) => status === 'confirmed' || status === 'eliminated',
  },
  {
    command: 'rate-hypothesis',
    label: 'Rate it',
    fits: (hypothesis) => isTestable(hypothesis) || hypothesis.status === 'testing',
  },
];

/** What can be done now with one hypothesis on the board, most important first. */
export function hypothesisActions(
  state: IncidentState,
  hypothesis: Hypothesis,
): readonly HypothesisAction[] {
  return HYPOTHESIS_OFFERS.filter(
    (offer) => fitsNow(state, offer.command) && offer.fits(hypothesis, state),
  ).map(({ command, label, verdict = null }, index) => ({
    command,
    itemId: hypothesis.hypothesisId,
    label,
    verdict,
    primary: index === 0,
  }));
}
