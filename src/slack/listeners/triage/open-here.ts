import type { Severity } from '../../../domain/incident/events.ts';
import type { IncidentState } from '../../../domain/incident/state.ts';
import { quoteShortly } from '../../../domain/text/cut-text.ts';
import { listWords } from '../../../domain/text/list-words.ts';
import type { OpenFacts } from '../../../domain/triage/triage-command.ts';
import { suggest } from '../../../domain/words/suggest.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { findThreadIncident, movedWords } from '../../../flows/find-incident.ts';
import { openIncident } from '../../../flows/open-incident.ts';
import { say, type TriageAnswer, type Turn } from './turn.ts';

/** Not said: bad enough to look at, not bad enough to wake others. */
const DEFAULT_SEVERITY: Severity = 'sev3';

/** Opens a session with the facts that the line gave. */
export async function openHere(turn: Turn, said: OpenFacts): Promise<TriageAnswer> {
  const { context, asker } = turn;
  const { description, severity, accounts, ...facts } = said;
  const unknown = unknownPlaybook(turn, facts.playbookId);
  if (unknown !== null) return say(unknown);
  const taken = await findThreadIncident(context, asker);
  if (taken?.kind === 'moved') return say(movedWords(taken));
  if (taken !== null) {
    const { incidentId } = taken;
    return say(`${incidentId} is worked on in this thread. To keep your words, write: note …`);
  }
  const outcome = await openIncident(context, {
    ...facts,
    severity: severity ?? DEFAULT_SEVERITY,
    teamId: asker.teamId,
    channelId: asker.channelId,
    threadTs: asker.threadTs,
    sourcePermalink: null,
    actor: { kind: 'person', userId: asker.userId },
    dedupeId: asker.dedupeId,
    replyUrl: asker.replyUrl,
  });
  if (outcome.kind === 'rejected') return say(outcome.sentence);
  if (description !== null) await keepDescription(turn, outcome.state, description);
  const limits = accounts.length === 0 ? '' : ' I look in the account of my own credentials only.';
  const { incidentId } = outcome.state;
  const drill = said.isDrill ? ' as a DRILL, which counts in no figure' : '';
  return say(
    `${incidentId} is open${drill}. I am posting it here and looking for evidence.${limits}`,
  );
}

function unknownPlaybook({ context }: Turn, playbookId: string | null): string | null {
  const ids = context.playbooks.map(({ id }) => id);
  if (playbookId === null || ids.includes(playbookId)) return null;
  const meant = suggest(playbookId, ids);
  const hint = meant === null ? `There are ${listWords(ids)}.` : `Did you mean ${meant}?`;
  return `There is no playbook ${quoteShortly(playbookId)}, so nothing was opened. ${hint}`;
}

/** The title had to be cut: the whole text becomes the first note. */
async function keepDescription(turn: Turn, state: IncidentState, text: string): Promise<void> {
  const noteId = `${state.incidentId.toLowerCase()}-opening`;
  await actOnIncident(turn.context, {
    incidentId: state.incidentId,
    command: { type: 'add-note', noteId, text },
    actor: { kind: 'person', userId: turn.asker.userId },
    dedupeId: `${turn.asker.dedupeId}:description`,
  });
}
