import type { ObservationKind } from '../incident/ranking.ts';
import type { Hypothesis } from '../incident/state.ts';
import type { Symptom } from '../investigation/symptom.ts';
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

export type Known = Pick<Hypothesis, 'cause' | 'statement'>;

/** Which of the playbook's causes a hypothesis is; none where the playbook has not thought of it. */
export function templatesOf(
  hypothesis: Known,
  { hypotheses }: Pick<Playbook, 'hypotheses'>,
): readonly HypothesisTemplate[] {
  return hypotheses.filter((template) => isOne(template, hypothesis));
}

/** People took it over from the playbook word for word. */
export function isWordForWord({ cause }: HypothesisTemplate, { statement }: Known): boolean {
  return statement.trim() === cause;
}

function isOne(template: HypothesisTemplate, known: Known): boolean {
  const { classes, patterns } = template;
  const { cause } = known;
  if (cause === null) return isWordForWord(template, known);
  if (cause.kind === 'change') return classes.includes(cause.changeClass);
  const symptoms: readonly Symptom[] = SYMPTOMS_OF[cause.observation];
  return patterns.some(({ symptom }) => symptom !== null && symptoms.includes(symptom));
}
