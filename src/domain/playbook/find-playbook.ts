import type { IncidentState } from '../incident/state.ts';
import type { Playbook } from './playbook.ts';

/** The one that guides the incident; null: none was chosen, or the team has removed it since. */
export function playbookOf(
  { playbook }: Pick<IncidentState, 'playbook'>,
  playbooks: readonly Playbook[],
): Playbook | null {
  return playbooks.find(({ id }) => id === playbook?.playbookId) ?? null;
}
