import type { IncidentCommand } from '../../../domain/incident/commands.ts';
import type { IncidentState } from '../../../domain/incident/state.ts';
import { type ActOutcome, actOnIncident } from '../../../flows/act-on-incident.ts';
import { say, type TriageAnswer, type Turn } from './turn.ts';

/** `part`: where one line leads to two commands, each is recorded once. */
export function recordCommand(
  turn: Turn,
  state: IncidentState,
  command: IncidentCommand,
  part = '',
): Promise<ActOutcome> {
  const { userId, dedupeId } = turn.asker;
  return actOnIncident(turn.context, {
    incidentId: state.incidentId,
    command,
    actor: { kind: 'person', userId },
    dedupeId: part === '' ? dedupeId : `${dedupeId}:${part}`,
  });
}

/** Records it and says so, or why not. */
export async function act(
  turn: Turn,
  state: IncidentState,
  command: IncidentCommand,
  done: string,
): Promise<TriageAnswer> {
  const outcome = await recordCommand(turn, state, command);
  return say(outcome.kind === 'rejected' ? outcome.sentence : done);
}
