import { checkIdOf } from '../domain/incident/check-ticks.ts';
import type { Actor } from '../domain/incident/events.ts';
import type { FlowDependencies } from '../ports.ts';
import { type ActOutcome, actOnIncident } from './act-on-incident.ts';
import type { PlaybookDependencies } from './choose-playbook.ts';

/** Null: the playbook of the incident has no such check (any more), and nobody has ticked one. */
export async function tickCheck(
  deps: FlowDependencies & PlaybookDependencies,
  request: {
    readonly incidentId: string;
    /** From `checkIdOf`. */
    readonly checkId: string;
    readonly isDone: boolean;
    readonly actor: Actor;
    readonly dedupeId: string;
  },
): Promise<ActOutcome | null> {
  const { checkId, isDone, ...input } = request;
  const state = await deps.store.readState(input.incidentId);
  const playbook = deps.playbooks.find(({ id }) => id === state?.playbook?.playbookId);
  const ticked = (state?.checks ?? []).map((tick) => tick.text);
  const text = [...(playbook?.verification ?? []), ...ticked].find(
    (row) => checkIdOf(row) === checkId,
  );
  if (text === undefined) return null;
  return actOnIncident(deps, { ...input, command: { type: 'tick-check', text, isDone } });
}
