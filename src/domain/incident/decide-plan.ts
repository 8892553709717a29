import { cutText } from '../text/cut-text.ts';
import { upperFirst } from '../text/upper-first.ts';
import { approverWords, needAt, rejectApprover } from './approval.ts';
import { unknownHypothesis } from './decide-hypotheses.ts';
import {
  accept,
  byWhom,
  enterStep,
  type Handler,
  type Rejection,
  reject,
  tooMany,
} from './decision.ts';
import { findHypothesis } from './hypotheses.ts';
import { LIMITS } from './limits.ts';
import { rejectScope } from './plan-scope.ts';
import type { IncidentState, Plan, PlanStatus } from './state.ts';
import { stepNumber } from './steps.ts';

function findPlan(state: IncidentState, planId: string): Plan | null {
  return state.plans.find((plan) => plan.planId === planId) ?? null;
}

function unknownPlan(): Rejection {
  return reject('not-found', 'There is no such plan in this incident. Choose the current plan.');
}

function rejectUnfitHypothesis(
  state: IncidentState,
  hypothesisId: string | null,
): Rejection | null {
  if (hypothesisId === null) return null;
  const hypothesis = findHypothesis(state, hypothesisId);
  if (hypothesis === null) return unknownHypothesis();
  if (hypothesis.status === 'confirmed') return null;
  return reject(
    'not-now',
    `Hypothesis ${hypothesis.number} is not confirmed. Confirm it with a test first, or plan this as a mitigation without a hypothesis.`,
  );
}

function reasonToEnterSolve(state: IncidentState): string | null {
  if (stepNumber(state.step) > stepNumber('solve')) return 'A further solution was planned.';
  const isConfirmed = state.hypotheses.some((row) => row.status === 'confirmed');
  return isConfirmed ? null : 'Mitigation first: no hypothesis is confirmed yet.';
}

/** Tells how things stood from how they stand once somebody planned, approved or carried out another. */
export function planBasis({ plans }: Pick<IncidentState, 'plans'>): string {
  return `${plans.length}-${plans.at(-1)?.status ?? 'none'}`;
}

function rejectOutdated(
  state: IncidentState,
  basis: string | undefined,
  nowMs: number,
): Rejection | null {
  const last = state.plans.at(-1);
  if (last === undefined || basis === undefined || basis === planBasis(state)) return null;
  const planned = byWhom(last.by, last.plannedAtMs, nowMs);
  const fate = last.status === 'planned' ? '' : ` and ${fateWords(last, nowMs)}`;
  return reject(
    'outdated',
    `A solution was planned ${planned}${fate}, after you had opened this. Look at it before you plan another one.`,
  );
}

/** A plan without a hypothesis is a mitigation. It replaces one that was not implemented. */
export const planSolution: Handler<'plan-solution'> = (command, { state, nowMs, approval }) => {
  const earlier = findPlan(state, command.planId);
  if (earlier !== null) {
    const by = byWhom(earlier.by, earlier.plannedAtMs, nowMs);
    return reject('already-done', `This solution was already planned ${by}.`);
  }
  const { basis, ...planned } = command;
  return (
    rejectOutdated(state, basis, nowMs) ??
    rejectUnfitHypothesis(state, command.hypothesisId) ??
    rejectScope(command) ??
    tooMany(state.plans.length, LIMITS.plansMax, 'plans') ??
    accept(
      { ...planned, type: 'solution-planned', need: needAt(approval, state.severity) },
      ...enterStep(state, 'solve', reasonToEnterSolve(state)),
    )
  );
};

/** What became of the plan already, as a clause with who and when as far as the record says. */
function fateWords(plan: Plan, nowMs: number): string {
  if (plan.status === 'implemented' && plan.implementedBy !== null) {
    return `implemented ${byWhom(plan.implementedBy, plan.implementedAtMs ?? nowMs, nowMs)}`;
  }
  if (plan.status === 'approved' && plan.approvedBy !== null) {
    return `approved ${byWhom(plan.approvedBy, plan.approvedAtMs ?? nowMs, nowMs)}`;
  }
  return {
    planned: 'planned',
    approved: 'cleared by waiving the approval',
    implemented: 'implemented',
    'rolled-back': 'rolled back',
    replaced: 'replaced by a later plan',
  }[plan.status];
}

const NEXT_MOVE = {
  planned:
    'Another person has to approve it first, or its approval has to be waived with a reason.',
  approved: 'Report it when it is implemented.',
  implemented: 'Say whether it worked, or roll it back.',
  'rolled-back': 'Plan another solution.',
  replaced: 'Use the current plan.',
} as const satisfies Record<PlanStatus, string>;

/** Null when the plan has the status that is wanted. `done` are the statuses that lie behind it. */
function rejectStatus(
  plan: Plan,
  wanted: PlanStatus,
  done: readonly PlanStatus[],
  nowMs: number,
): Rejection | null {
  if (plan.status === wanted) return null;
  const fate = fateWords(plan, nowMs);
  return done.includes(plan.status)
    ? reject('already-done', `This plan was already ${fate}. ${NEXT_MOVE[plan.status]}`)
    : reject('not-now', `This plan is only ${fate} so far. ${NEXT_MOVE[plan.status]}`);
}

export const approvePlan: Handler<'approve-plan'> = (
  command,
  { state, actor, nowMs, approval },
) => {
  const plan = findPlan(state, command.planId);
  if (plan === null) return unknownPlan();
  const wrongStatus = rejectStatus(plan, 'planned', AFTER_PLANNED, nowMs);
  if (wrongStatus !== null) return wrongStatus;
  const need = needAt(approval, state.severity);
  return (
    rejectApprover(need, plan.by, actor, command.memberOf) ??
    accept({ type: 'plan-approved', planId: plan.planId })
  );
};

const AFTER_PLANNED: readonly PlanStatus[] = ['approved', 'implemented', 'rolled-back', 'replaced'];

export const waiveApproval: Handler<'waive-approval'> = (command, { state, actor, nowMs }) => {
  const plan = findPlan(state, command.planId);
  if (plan === null) return unknownPlan();
  if (actor.kind === 'bot') {
    return reject(
      'not-allowed',
      'Only a person can waive an approval. Ask somebody in the thread.',
    );
  }
  return (
    rejectStatus(plan, 'planned', AFTER_PLANNED, nowMs) ??
    accept({ ...command, type: 'approval-waived' })
  );
};

export const reportImplemented: Handler<'report-implemented'> = (
  command,
  { state, nowMs, approval },
) => {
  const plan = findPlan(state, command.planId);
  if (plan === null) return unknownPlan();
  const need = needAt(approval, state.severity);
  if (plan.status === 'planned' && need.rule !== 'none') {
    return reject(
      'not-now',
      `This plan is only planned so far. ${upperFirst(approverWords(need, plan.by))} has to approve it first, or its approval has to be waived with a reason.`,
    );
  }
  const reason = state.step === 'solve' ? null : 'The solution was implemented.';
  return (
    rejectStatus(
      plan,
      plan.status === 'planned' ? 'planned' : 'approved',
      ['implemented', 'rolled-back', 'replaced'],
      nowMs,
    ) ?? accept({ ...command, type: 'solution-implemented' }, ...enterStep(state, 'verify', reason))
  );
};

export const rollBack: Handler<'roll-back'> = (command, { state, nowMs }) => {
  const plan = findPlan(state, command.planId);
  if (plan === null) return unknownPlan();
  const reason = cutText(
    `The solution was rolled back: ${command.reason}`,
    LIMITS.textCharactersMax,
  );
  return (
    rejectStatus(plan, 'implemented', ['rolled-back', 'replaced'], nowMs) ??
    accept({ ...command, type: 'solution-rolled-back' }, ...enterStep(state, 'hypothesize', reason))
  );
};
