import { leadingExplanation } from './leading-explanation.ts';
import type { IncidentState } from './state.ts';

/** Those of the others that call the same recorded calls the likeliest cause: perhaps one trouble. */
export function sameLead(
  state: IncidentState,
  others: readonly IncidentState[],
): readonly string[] {
  const own = new Set(leadingCalls(state));
  return others.flatMap((other) =>
    other.incidentId !== state.incidentId && leadingCalls(other).some((id) => own.has(id))
      ? other.incidentId
      : [],
  );
}

function leadingCalls(state: IncidentState): readonly string[] {
  const leading = leadingExplanation(state);
  return leading?.kind === 'hypothesis' ? (leading.hypothesis.cause?.eventIds ?? []) : [];
}
