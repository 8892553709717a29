import { runningTest } from './hypotheses.ts';
import { isUndecided } from './incident-alarms.ts';
import type { Gathering, HypothesisTest, IncidentState, Plan } from './state.ts';
import { stepNumber } from './steps.ts';

/** What holds an open incident up. */
export type Waiting =
  /** An alarm opened it: is it an incident at all? */
  | { readonly kind: 'decision' }
  | { readonly kind: 'test'; readonly test: HypothesisTest }
  | { readonly kind: 'approval'; readonly plan: Plan }
  | { readonly kind: 'implementation'; readonly plan: Plan }
  | { readonly kind: 'verification' }
  | { readonly kind: 'evidence'; readonly gathering: Gathering }
  /** Nothing but people, and the question of the step. */
  | { readonly kind: 'people' };

/**
 * The most telling one: what people do now comes before what the bot does, and once they are at a
 * solution the plan comes before a test that still runs.
 */
export function waitingFor(state: IncidentState): Waiting {
  if (isUndecided(state)) return { kind: 'decision' };
  const isSolving = stepNumber(state.step) >= stepNumber('solve');
  const [first, second] = isSolving ? [ofPlan, ofTest] : [ofTest, ofPlan];
  return first(state) ?? second(state) ?? ofGathering(state) ?? { kind: 'people' };
}

function ofTest(state: IncidentState): Waiting | null {
  const test = runningTest(state)?.tests.at(-1);
  return test === undefined ? null : { kind: 'test', test };
}

function ofGathering({ gatherings }: IncidentState): Waiting | null {
  const gathering = gatherings.find((row) => row.finishedAtMs === null);
  return gathering === undefined ? null : { kind: 'evidence', gathering };
}

function ofPlan({ plans, step }: IncidentState): Waiting | null {
  const plan = plans.at(-1);
  if (plan?.status === 'planned' && plan.need.rule !== 'none') return { kind: 'approval', plan };
  if (plan?.status === 'planned' || plan?.status === 'approved') {
    return { kind: 'implementation', plan };
  }
  return plan?.status === 'implemented' && step === 'verify' ? { kind: 'verification' } : null;
}
