import type { IncidentState } from '../../../domain/incident/state.ts';
import type { TriageCommand } from '../../../domain/triage/triage-command.ts';
import { refusedOwner } from '../../access/refused-owner.ts';
import { act, recordCommand } from './record-command.ts';
import { say, type TriageAnswer, type Turn } from './turn.ts';

const HANDED_OVER = 'Handed over. I send them a brief; if they cannot be reached, you hear of it.';

/** The words become a note first, so that the brief holds them. */
export async function handOff(
  turn: Turn,
  state: IncidentState,
  { userId, words }: Extract<TriageCommand, { kind: 'handoff' }>,
): Promise<TriageAnswer> {
  const refused = await refusedOwner(turn.context, userId);
  if (refused !== null) return say(refused);
  if (words !== null) {
    const note = { noteId: turn.context.ids.next('note'), text: words };
    const noted = await recordCommand(turn, state, { type: 'add-note', ...note }, 'words');
    if (noted.kind === 'rejected') return say(noted.sentence);
  }
  return act(turn, state, { type: 'assign-owner', ownerId: userId }, HANDED_OVER);
}
