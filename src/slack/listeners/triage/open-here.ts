import { DEFAULT_SEVERITY } from '../../../domain/incident/default-severity.ts';
import type { IncidentState } from '../../../domain/incident/state.ts';
import { quoteShortly } from '../../../domain/text/cut-text.ts';
import { listWords } from '../../../domain/text/list-words.ts';
import type { OpenFacts } from '../../../domain/triage/triage-command.ts';
import { suggest } from '../../../domain/words/suggest.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { findSibling } from '../../../flows/find-sibling.ts';
import { openIncident } from '../../../flows/open-incident.ts';
import { refusedStart } from '../../access/refused-start.ts';
import { openedAnswer } from '../opened-answer.ts';
import { firstWords, openingId, threadTaken } from '../thread-taken.ts';
import { say, type TriageAnswer, type Turn } from './turn.ts';

/** Opens a session with the facts that the line gave. */
export async function openHere(turn: Turn, said: OpenFacts): Promise<TriageAnswer> {
  const { context, asker } = turn;
  const { description, severity, accounts, ...facts } = said;
  const unknown = unknownPlaybook(turn, facts.playbookId);
  if (unknown !== null) return say(unknown);
  const refused = await refusedStart(context, asker);
  if (refused !== null) return say(refused);
  const taken = await threadTaken(context, asker);
  if (taken !== null) return { kind: 'content', content: taken.content };
  const outcome = await openIncident(context, {
    ...facts,
    severity: severity ?? DEFAULT_SEVERITY,
    teamId: asker.teamId,
    channelId: asker.channelId,
    threadTs: asker.threadTs,
    sourcePermalink: null,
    actor: { kind: 'person', userId: asker.userId },
    dedupeId: openingId(asker, asker.dedupeId),
    replyUrl: asker.replyUrl,
  });
  if (outcome.kind === 'rejected') return say(outcome.sentence);
  const first = firstWords(outcome.state, asker.userId, context.clock.nowMs());
  if (first !== null) return say(first);
  if (description !== null) await keepDescription(turn, outcome.state, description);
  const limits = accounts.length === 0 ? '' : ` I look in ${placesOf(turn)} only.`;
  const { incidentId } = outcome.state;
  const drill = said.isDrill ? ' as a DRILL, which counts in no figure' : '';
  const sentence = `${incidentId} is open${drill}. I am posting it here and looking for evidence.${limits}`;
  const { state } = outcome;
  const sibling = await findSibling(context, state);
  return { kind: 'content', content: await openedAnswer(context, { state, sentence }, sibling) };
}

/** The channel decides which accounts are asked, whatever one line names. */
function placesOf({ context, asker }: Turn): string {
  const { accountNames } = context.scopeOf(asker.channelId);
  return accountNames.size === 0
    ? 'the account of my own credentials'
    : 'the accounts that this channel asks about';
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
