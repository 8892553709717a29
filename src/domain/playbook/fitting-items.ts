import type { ObservationKind } from '../incident/ranking.ts';
import type { Hypothesis, IncidentState } from '../incident/state.ts';
import type { Symptom } from '../investigation/symptom.ts';
import { hintedCauses, hintedFirst } from './hinted-causes.ts';
import type { HypothesisTemplate, Playbook } from './playbook.ts';

/** Alarms of which kind go with what was observed. */
const SYMPTOMS_OF = {
  'denied-calls': ['denied'],
  'limit-reached': ['throttled', 'saturated'],
  'no-capacity': ['few-instances'],
  'failing-calls': ['errors'],
  'unusual-rate': ['traffic-surge', 'usage'],
  'suspicious-identity': ['security'],
  'aws-event': ['host-fault'],
} as const satisfies Record<ObservationKind, readonly Symptom[]>;

type Known = Pick<Hypothesis, 'cause' | 'statement'>;

/** Which of the playbook's causes a hypothesis is; none where the playbook has not thought of it. */
export function templatesOf(
  hypothesis: Known,
  { hypotheses }: Playbook,
): readonly HypothesisTemplate[] {
  return hypotheses.filter((template) => isOne(template, hypothesis));
}

function isOne({ cause: words, classes, patterns }: HypothesisTemplate, known: Known): boolean {
  const { cause } = known;
  // People took it over from the playbook word for word.
  if (cause === null) return known.statement.trim() === words;
  if (cause.kind === 'change') return classes.includes(cause.changeClass);
  const symptoms: readonly Symptom[] = SYMPTOMS_OF[cause.observation];
  return patterns.some(({ symptom }) => symptom !== null && symptoms.includes(symptom));
}

export interface FittingItems<T> {
  readonly items: readonly T[];
  /** They belong to the hypothesis; otherwise they are all that the playbook has. */
  readonly areForIt: boolean;
}

/** Tests or solutions for one hypothesis, its own first; null: for what is not known yet. */
export function fittingItems<T extends { readonly causes: readonly string[] }>(
  state: IncidentState,
  playbook: Playbook,
  hypothesis: Known | null,
  items: readonly T[],
): FittingItems<T> {
  const ids = new Set(
    hypothesis === null ? [] : templatesOf(hypothesis, playbook).map(({ id }) => id),
  );
  const own = items.filter(({ causes }) => causes.some((id) => ids.has(id)));
  if (own.length === 0) {
    return { items: hintedFirst(items, hintedCauses(state, playbook)), areForIt: false };
  }
  const forAll = items.filter(({ causes }) => causes.length === 0);
  return { items: [...own, ...forAll], areForIt: true };
}
