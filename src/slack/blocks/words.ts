import type { Rating, Severity } from '../../domain/incident/events.ts';
import type {
  HypothesisStatus,
  IncidentState,
  Plan,
  PlanStatus,
} from '../../domain/incident/state.ts';
import { INCIDENT_STEPS, type StepId, stepNumber } from '../../domain/incident/steps.ts';

/** One word and one mark for each value, the same on every card and in every form. */
export const SEVERITY_WORDS = {
  sev1: { mark: '🔴', short: 'SEV1', meaning: 'critical: most users cannot work' },
  sev2: { mark: '🟠', short: 'SEV2', meaning: 'major: an important part is broken' },
  sev3: { mark: '🟡', short: 'SEV3', meaning: 'minor: some users, a workaround, or not known yet' },
  sev4: { mark: '🔵', short: 'SEV4', meaning: 'low: nobody is held up' },
} as const satisfies Record<Severity, { mark: string; short: string; meaning: string }>;

export const HYPOTHESIS_WORDS = {
  proposed: { mark: '💡', word: 'proposed' },
  testing: { mark: '🧪', word: 'testing' },
  confirmed: { mark: '✅', word: 'confirmed' },
  eliminated: { mark: '❌', word: 'eliminated' },
  inconclusive: { mark: '❔', word: 'inconclusive' },
} as const satisfies Record<HypothesisStatus, { mark: string; word: string }>;

const PLAN_WORDS = {
  planned: { mark: '📝', word: 'planned, not approved yet' },
  approved: { mark: '👍', word: 'approved' },
  implemented: { mark: '🛠️', word: 'implemented' },
  'rolled-back': { mark: '↩️', word: 'rolled back' },
  replaced: { mark: '🗂️', word: 'replaced by a newer plan' },
} as const satisfies Record<PlanStatus, { mark: string; word: string }>;

/** The status as people see it: a plan may go in without anybody's approval. */
export function planWords({ status, need, waivedReason }: Plan): { mark: string; word: string } {
  if (status === 'planned' && need.rule === 'none') {
    return { mark: '📝', word: 'planned, needs no approval' };
  }
  if (status === 'approved' && waivedReason !== null) {
    return { mark: '⚠️', word: 'cleared without approval' };
  }
  return PLAN_WORDS[status];
}

export const RATINGS: readonly Rating[] = ['high', 'medium', 'low'];
export const SEVERITIES: readonly Severity[] = ['sev1', 'sev2', 'sev3', 'sev4'];

/** Practice: nobody may take it for real, on any card. */
export const DRILL = '🎯 DRILL';
export const DRILL_WORDS = `${DRILL}: practice, not a real incident`;

export const STEPS_TOTAL = INCIDENT_STEPS.length;

export function stepRow(step: StepId): (typeof INCIDENT_STEPS)[number] {
  return INCIDENT_STEPS.find((row) => row.id === step) ?? INCIDENT_STEPS[0];
}

/** `Step 4 of 7: Test the hypotheses`. */
export function stepTitle(step: StepId): string {
  return `Step ${stepNumber(step)} of ${STEPS_TOTAL}: ${stepRow(step).title}`;
}

/** For the lock screen: our own words and the id, nothing that anybody typed. */
export function notification(state: IncidentState, words: string): string {
  const drill = state.isDrill ? `${DRILL} ` : '';
  return `${drill}${state.incidentId} ${SEVERITY_WORDS[state.severity].short}: ${words}`;
}

/** `1 change`, `2 changes`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
