import type { ApprovalNeed } from './approval.ts';
import type { EvolversOf } from './evolver.ts';
import type { IncidentState, Plan } from './state.ts';

function changePlan(
  state: IncidentState,
  planId: string,
  change: (plan: Plan) => Plan,
): IncidentState {
  return {
    ...state,
    plans: state.plans.map((plan) => (plan.planId === planId ? change(plan) : plan)),
  };
}

/** Of the plan that waits for approval; what has gone in keeps what it needed then. */
export function withNeed(plans: readonly Plan[], need: ApprovalNeed): readonly Plan[] {
  return plans.map((plan) => (plan.status === 'planned' ? { ...plan, need } : plan));
}

const isUnimplemented = (plan: Plan): boolean =>
  plan.status === 'planned' || plan.status === 'approved';

export const PLAN_EVOLVERS: EvolversOf<
  | 'solution-planned'
  | 'plan-approved'
  | 'window-began'
  | 'approval-waived'
  | 'solution-implemented'
  | 'solution-rolled-back'
  | 'solution-verified'
  | 'verification-failed'
> = {
  'solution-planned': (state, { type: _type, ...planned }, { actor, atMs }) => ({
    ...state,
    plans: [
      ...state.plans.map(
        (plan): Plan => (isUnimplemented(plan) ? { ...plan, status: 'replaced' } : plan),
      ),
      {
        ...planned,
        status: 'planned',
        by: actor,
        plannedAtMs: atMs,
        windowBeganAtMs: null,
        approvedBy: null,
        approvedAtMs: null,
        waivedReason: null,
        implementedBy: null,
        implementedAtMs: null,
        implementedWhat: null,
        rolledBackReason: null,
        rolledBackAtMs: null,
      },
    ],
  }),
  'plan-approved': (state, event, { actor, atMs }) =>
    changePlan(state, event.planId, (plan) => ({
      ...plan,
      status: 'approved',
      approvedBy: actor,
      approvedAtMs: atMs,
    })),
  'window-began': (state, { planId }, { atMs }) =>
    changePlan(state, planId, (plan) => ({ ...plan, windowBeganAtMs: atMs })),
  // Nobody approved it, so `approvedBy` stays null: the reason says why it may go ahead.
  'approval-waived': (state, event) =>
    changePlan(state, event.planId, (plan) => ({
      ...plan,
      status: 'approved',
      waivedReason: event.reason,
    })),
  'solution-implemented': (state, event, { actor, atMs }) =>
    changePlan(state, event.planId, (plan) => ({
      ...plan,
      status: 'implemented',
      implementedBy: actor,
      implementedAtMs: atMs,
      implementedWhat: event.what,
    })),
  'solution-rolled-back': (state, event, { atMs }) =>
    changePlan(state, event.planId, (plan) => ({
      ...plan,
      status: 'rolled-back',
      rolledBackReason: event.reason,
      rolledBackAtMs: atMs,
    })),
  'solution-verified': (state, event, { actor, atMs }) => ({
    ...state,
    verifications: [
      ...state.verifications,
      { verified: true, finding: event.finding, by: actor, atMs },
    ],
  }),
  'verification-failed': (state, event, { actor, atMs }) => ({
    ...state,
    verifications: [
      ...state.verifications,
      { verified: false, finding: event.finding, by: actor, atMs },
    ],
  }),
};
