import type { Hypothesis, HypothesisStatus, IncidentState } from '../incident/state.ts';
import { fitsPattern } from './fits-pattern.ts';
import type { Playbook } from './playbook.ts';
import { playbookFacts } from './playbook-facts.ts';
import { type Known, templatesOf } from './templates-of.ts';

/** Ids of the playbook's hypotheses that something on record hints at. */
export function hintedCauses(state: IncidentState, playbook: Playbook): ReadonlySet<string> {
  const idsOf = (known: readonly Known[]) =>
    new Set(known.flatMap((row) => templatesOf(row, playbook).map(({ id }) => id)));
  // Once a hypothesis is confirmed, only what belongs to it is of interest.
  const confirmed = withStatus(state, 'confirmed');
  if (confirmed.length > 0) return idsOf(confirmed);
  const ruledOut = withStatus(state, 'eliminated');
  const ruledOutIds = new Set(ruledOut.map(({ hypothesisId }) => hypothesisId));
  const open = (state.ranking?.causes ?? []).filter(({ causeId }) => !ruledOutIds.has(causeId));
  const ranked = idsOf(open.filter(({ cause }) => cause.kind === 'change'));
  const refuted = idsOf(ruledOut);
  const { alarms } = playbookFacts(state);
  const ringing = playbook.hypotheses
    .filter(({ patterns }) => patterns.some((row) => alarms.some((it) => fitsPattern(it, row))))
    .map(({ id }) => id);
  return new Set([...ranked, ...ringing.filter((id) => !refuted.has(id))]);
}

const withStatus = (
  { hypotheses }: IncidentState,
  status: HypothesisStatus,
): readonly Hypothesis[] => hypotheses.filter((row) => row.status === status);

/** Tests or solutions: those for hinted causes first, otherwise in the order of the playbook. */
export function hintedFirst<T extends { readonly causes: readonly string[] }>(
  items: readonly T[],
  hinted: ReadonlySet<string>,
): readonly T[] {
  const isHinted = ({ causes }: T) => causes.some((id) => hinted.has(id));
  return [...items.filter(isHinted), ...items.filter((item) => !isHinted(item))];
}
