import type { Button } from '@slack/types';
import { leadingHypothesis, nextToTest, runningTest } from '../../domain/incident/hypotheses.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { StepId } from '../../domain/incident/steps.ts';
import type { FormId, TapId } from '../ids.ts';
import { aimAt, formButton, tapButton } from './buttons.ts';

/** One button: what it opens or does, and what it is about. */
export interface Offer {
  readonly form?: FormId;
  readonly tap?: TapId;
  readonly itemId?: string;
  readonly label?: string;
}

export interface IncidentButtons {
  /** What the step asks for, the most likely first. */
  readonly primary: readonly Button[];
  /** What is always possible. */
  readonly secondary: readonly Button[];
}

/** Only what makes sense now. Who may do it is checked when it arrives. */
export function incidentButtons(state: IncidentState): IncidentButtons {
  const primary = state.status === 'closed' ? CLOSED_OFFERS : openOffers(state);
  return {
    primary: primary.map((offer, index) => toButton(state, offer, index === 0)),
    secondary:
      state.status === 'closed' ? [] : SECONDARY.map((offer) => toButton(state, offer, false)),
  };
}

/** The buttons of a step's own card: without the one for the owner, which is on the root. */
export function stepButtons(state: IncidentState): readonly Button[] {
  return stepOffers(state).map((offer, index) => toButton(state, offer, index === 0));
}

const CLOSED_OFFERS: readonly Offer[] = [{ form: 'reopen' }, { tap: 'publish-again' }];

const SECONDARY: readonly Offer[] = [
  { form: 'note' },
  { tap: 'gather-again' },
  { form: 'escalation' },
  { form: 'severity' },
  { form: 'move' },
];

function openOffers(state: IncidentState): readonly Offer[] {
  const owner: Offer = state.ownerId === null ? { tap: 'take-ownership' } : { form: 'owner' };
  const steps = stepOffers(state);
  const offers = state.ownerId === null ? [owner, ...steps] : [...steps, owner];
  const isLastStep = state.step === 'document';
  return isLastStep ? offers : [...offers, { form: 'close' }];
}

function stepOffers(state: IncidentState): readonly Offer[] {
  return STEP_OFFERS[state.step](state);
}

const STEP_OFFERS = {
  identify: () => [{ form: 'problem' }, { form: 'hypothesis' }],
  isolate: () => [{ form: 'isolation' }, { form: 'hypothesis' }],
  hypothesize: (state) => [{ form: 'hypothesis' }, ...testOffers(state)],
  test: (state) => [...testOffers(state), { form: 'hypothesis' }],
  solve: (state) => planOffers(state),
  verify: () => [{ form: 'verified' }, { form: 'verification-failed' }],
  document: (state) =>
    state.findings === null
      ? [{ form: 'findings' }, { form: 'close' }]
      : [{ form: 'close' }, { form: 'findings', label: 'Edit the findings' }],
} as const satisfies Record<StepId, (state: IncidentState) => readonly Offer[]>;

function testOffers(state: IncidentState): readonly Offer[] {
  const running = runningTest(state);
  if (running !== null) return [{ form: 'verdict', itemId: running.hypothesisId }];
  const next = nextToTest(state);
  if (next === null) return [];
  return [{ form: 'test', itemId: next.hypothesisId, label: `Test hypothesis ${next.number}` }];
}

function planOffers(state: IncidentState): readonly Offer[] {
  const plan = state.plans.at(-1);
  const cause = leadingHypothesis(state);
  const planning: Offer =
    cause?.status === 'confirmed' ? { form: 'plan', itemId: cause.hypothesisId } : { form: 'plan' };
  switch (plan?.status) {
    case 'planned':
      return [
        { tap: 'approve-plan', itemId: plan.planId },
        { form: 'waiver', itemId: plan.planId },
        { ...planning, label: 'Change the plan' },
      ];
    case 'approved':
      return [
        { form: 'implemented', itemId: plan.planId },
        { ...planning, label: 'Change the plan' },
      ];
    default:
      return [planning];
  }
}

function toButton(state: IncidentState, offer: Offer, isFirst: boolean): Button {
  const aim = aimAt(state, offer.itemId ?? null);
  const look = {
    ...(offer.label === undefined ? {} : { label: offer.label }),
    ...(isFirst ? { style: 'primary' as const } : {}),
  };
  if (offer.tap !== undefined) return tapButton(offer.tap, aim, look);
  return formButton(offer.form ?? 'note', aim, look);
}
