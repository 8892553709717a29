import type { Hypothesis, IncidentState } from '../../domain/incident/state.ts';
import { fittingItems } from '../../domain/playbook/fitting-items.ts';
import type { Playbook, SolutionTemplate } from '../../domain/playbook/playbook.ts';
import { FILLINGS_MAX, type Filling } from './fillings.ts';

const SUGGESTED =
  'Suggested by Redthread from what was changed, and checked by nobody yet. Change it as you see fit; Redthread itself changes nothing in AWS.';

/**
 * The change's own way back first, then the playbook's solutions, the fitting ones first; none that was
 * rolled back here.
 */
export function planFillings(
  state: IncidentState,
  playbook: Playbook | null,
  cause: Hypothesis | null,
): readonly Filling[] {
  const own = cause?.suggestion ?? null;
  const solutions =
    playbook === null ? [] : fittingItems(state, playbook, cause, playbook.solutions).items;
  const undone = new Set(
    state.plans.filter(({ status }) => status === 'rolled-back').map((row) => row.solution.trim()),
  );
  return [
    ...(own === null ? [] : [ownWayBack(own)]),
    ...solutions.map((row, index) => ofPlaybook(row, `playbook-${index}`, playbook?.title ?? '')),
  ]
    .filter(({ label }) => !undone.has(label.trim()))
    .slice(0, FILLINGS_MAX);
}

function ownWayBack({ solution, risk, rollback }: NonNullable<Hypothesis['suggestion']>): Filling {
  return {
    id: 'suggested',
    label: solution,
    texts: { solution, risk, mitigation: '', rollback },
    source: SUGGESTED,
  };
}

function ofPlaybook(
  { text, risk, mitigation, rollback }: SolutionTemplate,
  id: string,
  title: string,
): Filling {
  return {
    id,
    label: text,
    texts: { solution: text, risk, mitigation, rollback },
    source: `From the playbook “${title}”, which does not know your system. Say what exactly will be done, to which resources.`,
  };
}
