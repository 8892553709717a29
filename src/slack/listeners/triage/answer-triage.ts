import { isDocumentCurrent } from '../../../domain/incident/is-document-current.ts';
import type { TriageCommand } from '../../../domain/triage/triage-command.ts';
import { findIncident, movedWords } from '../../../flows/find-incident.ts';
import { publishWork } from '../../../flows/work-after.ts';
import { renderHelp } from '../../blocks/help.ts';
import { renderEmptyMenu } from '../../blocks/menu.ts';
import { buildStartForm } from '../../forms/start.ts';
import { DOCUMENT_CURRENT } from '../actions/tap.ts';
import { askTrail } from '../commands/trail.ts';
import { actOnRequest, showMenu } from './act-on-request.ts';
import { findHere, listHere, listMine, onIncident } from './choose-incident.ts';
import { openHere } from './open-here.ts';
import { say, type TriageAnswer, type Turn } from './turn.ts';

/** Does what was asked and says what the asker alone should see. */
export async function answerTriage(turn: Turn, request: TriageCommand): Promise<TriageAnswer> {
  switch (request.kind) {
    case 'error':
      return { kind: 'content', content: renderHelp(request.sentence) };
    case 'help':
      return { kind: 'content', content: renderHelp() };
    case 'trail':
      await askTrail(turn.context, { ...turn.asker, question: request.question });
      return { kind: 'nothing' };
    case 'open':
      return openHere(turn, request.facts);
    case 'menu':
      return menu(turn);
    case 'list':
      return listHere(turn);
    case 'mine':
      return listMine(turn);
    case 'find':
      return findHere(turn, request.words);
    case 'export':
      return publish(turn, request.incidentId);
    case 'take':
    case 'handoff':
    case 'note':
      return onIncident(turn, null, (state) => actOnRequest(turn, state, request));
    case 'status':
    case 'escalate':
    case 'relocate':
    case 'redact':
    case 'close':
    case 'reopen':
      return onIncident(turn, request.incidentId, (state) => actOnRequest(turn, state, request));
  }
}

/** The menu of what is open here, or the form that opens something. */
async function menu(turn: Turn): Promise<TriageAnswer> {
  const { context, asker } = turn;
  const found = await findIncident(context, asker);
  if (found.kind === 'none' && found.movedAway.length > 0) {
    return { kind: 'content', content: renderEmptyMenu(found.movedAway.map(movedWords)) };
  }
  if (found.kind !== 'none') return onIncident(turn, null, (state) => showMenu(turn, state));
  const place = {
    channelId: asker.channelId,
    threadTs: asker.threadTs,
    sourcePermalink: null,
  };
  return { kind: 'form', view: buildStartForm({ place, prefill: {} }), without: renderEmptyMenu() };
}

/** Of the incident named, the one open here, or the last one closed here. */
async function publish(turn: Turn, named: string | null): Promise<TriageAnswer> {
  const { context, asker } = turn;
  const found = named === null ? await findIncident(context, asker) : null;
  const last = found?.kind === 'none' ? (found.recent[0]?.incidentId ?? null) : null;
  return onIncident(turn, named ?? last, async (state) => {
    if (isDocumentCurrent(state)) return say(DOCUMENT_CURRENT);
    const work = publishWork(state.incidentId, context.clock.nowMs());
    await context.store.schedule([work], asker.dedupeId);
    context.wakeWorkers();
    return say(`I am writing the document of ${state.incidentId} into its thread.`);
  });
}
