import type { Likelihood } from '../investigation/hypotheses.ts';
import type { Assessment } from './ranking.ts';
import type { Hypothesis, IncidentState } from './state.ts';

/** Below it nothing is called possible, as in docs/ranking.md. */
const POSSIBLE_MIN = 0.1;

export interface LikelihoodNow {
  /** 0 to 1; of all explanations that are still open together at most 1. */
  readonly probability: number;
  readonly likelihood: Likelihood;
}

/**
 * How likely the bot holds it to be now: what was eliminated is out, and its share goes to the
 * others. Null for what people proposed and for what has a verdict that ends it.
 */
export function likelihoodNow(
  state: IncidentState,
  { status, assessment }: Hypothesis,
): LikelihoodNow | null {
  if (assessment === null || status === 'confirmed' || status === 'eliminated') return null;
  return shared(assessment, state);
}

/** The same for hypothesis 0, that no change on record explains it; null while nothing is ranked. */
export function nothingNow(state: IncidentState): LikelihoodNow | null {
  return state.ranking === null ? null : shared(state.ranking.nothing, state);
}

/** The word never rises to "likely" only because others fell: the reasons are what they were. */
function shared({ probability, likelihood }: Assessment, state: IncidentState): LikelihoodNow {
  const now = probability / openShare(state);
  if (likelihood === 'likely') return { probability: now, likelihood };
  return { probability: now, likelihood: now >= POSSIBLE_MIN ? 'possible' : 'unlikely' };
}

/** Rankings of different times may not add up to 1, but what is open never has more than all. */
function openShare({ hypotheses, ranking }: IncidentState): number {
  const sumOf = (rows: readonly Hypothesis[]) =>
    rows.reduce((sum, { assessment }) => sum + (assessment?.probability ?? 0), 0);
  const eliminated = hypotheses.filter(({ status }) => status === 'eliminated');
  const open = hypotheses.filter(({ status }) => status !== 'eliminated');
  const openSum = sumOf(open) + (ranking?.nothing.probability ?? 0);
  return Math.max(1 - sumOf(eliminated), openSum) || 1;
}
