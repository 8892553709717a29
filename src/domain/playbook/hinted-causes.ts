import { confirmedClasses } from '../incident/hypotheses.ts';
import type { IncidentState } from '../incident/state.ts';
import type { ChangeClass } from '../investigation/change-class.ts';
import { fitsPattern } from './fits-pattern.ts';
import type { HypothesisTemplate, Playbook } from './playbook.ts';
import { playbookFacts } from './playbook-facts.ts';

/** Ids of the playbook's hypotheses that something on record hints at. */
export function hintedCauses(state: IncidentState, { hypotheses }: Playbook): ReadonlySet<string> {
  // Once a hypothesis is confirmed, only what belongs to it is of interest.
  const confirmed = hypotheses.filter(hasClassOf(confirmedClasses(state)));
  if (confirmed.length > 0) return new Set(confirmed.map(({ id }) => id));
  const ranked = (state.ranking?.causes ?? []).flatMap(({ cause }) =>
    cause.kind === 'change' ? [cause.changeClass] : [],
  );
  const { alarms } = playbookFacts(state);
  const hinted = hypotheses.filter(
    (template) =>
      hasClassOf(ranked)(template) ||
      template.patterns.some((pattern) => alarms.some((alarm) => fitsPattern(alarm, pattern))),
  );
  return new Set(hinted.map(({ id }) => id));
}

const hasClassOf =
  (classes: readonly ChangeClass[]) =>
  (template: HypothesisTemplate): boolean =>
    template.classes.some((name) => classes.includes(name));

/** Tests or solutions: those for hinted causes first, otherwise in the order of the playbook. */
export function hintedFirst<T extends { readonly causes: readonly string[] }>(
  items: readonly T[],
  hinted: ReadonlySet<string>,
): readonly T[] {
  const isHinted = ({ causes }: T) => causes.some((id) => hinted.has(id));
  return [...items.filter(isHinted), ...items.filter((item) => !isHinted(item))];
}
