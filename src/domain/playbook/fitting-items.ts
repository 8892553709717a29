import type { IncidentState } from '../incident/state.ts';
import { hintedCauses, hintedFirst } from './hinted-causes.ts';
import type { Playbook } from './playbook.ts';
import { type Known, templatesOf } from './templates-of.ts';

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
