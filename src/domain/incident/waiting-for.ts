import { runningTest } from './hypotheses.ts';
import { isUndecided } from './incident-alarms.ts';
import type { Gathering, HypothesisTest, IncidentState, Plan } from './state.ts';

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

/** The most telling one: what people do now comes before what the bot does. */
export function waitingFor(state: IncidentState): Waiting {
  if (isUndecided(state)) return { kind: 'decision' };
  const test = runningTest(state)?.tests.at(-1);
  if (test !== undefined) return { kind: 'test', test };
  const gathering = state.gatherings.find((row) => row.finishedAtMs === null);
  return (
    ofPlan(state) ??
    (gathering === undefined ? { kind: 'people' } : { kind: 'evidence', gathering })
  );
}

function ofPlan({ plans, step }: IncidentState): Waiting | null {
  const plan = plans.at(-1);
  if (plan?.status === 'planned') return { kind: 'approval', plan };
  if (plan?.status === 'approved') return { kind: 'implementation', plan };
  return plan?.status === 'implemented' && step === 'verify' ? { kind: 'verification' } : null;
}
