import { isDocumentCurrent } from '../../../domain/incident/is-document-current.ts';
import type { TriageCommand } from '../../../domain/triage/triage-command.ts';
import { findIncident, findThreadIncident, movedWords } from '../../../flows/find-incident.ts';
import { publishWork } from '../../../flows/work-after.ts';
import { isDirect } from '../../access/access.ts';
import { SAY_IT_IN_A_CHANNEL } from '../../access/refused-start.ts';
import { renderDocumentCurrent } from '../../blocks/document-current.ts';
import { renderHelp } from '../../blocks/help.ts';
import { renderEmptyMenu } from '../../blocks/menu.ts';
import { buildStartForm } from '../../forms/start.ts';
import { askTrail } from '../commands/trail.ts';
import { actOnRequest, type IncidentRequest, showMenu } from './act-on-request.ts';
import { chooseClosed, findHere, listHere, listMine, onIncident } from './choose-incident.ts';
import { openHere } from './open-here.ts';
import { say, type TriageAnswer, type Turn } from './turn.ts';
import { refuseLine } from './typed-title.ts';

/** Does what was asked and says what the asker alone should see. */
export async function answerTriage(turn: Turn, request: TriageCommand): Promise<TriageAnswer> {
  switch (request.kind) {
    case 'error':
      return refuseLine(turn, request);
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
      return publish(turn, request);
    case 'reopen':
      return reopen(turn, request);
    case 'take':
    case 'handoff':
    case 'note':
    case 'severity':
    case 'title':
    case 'status':
    case 'escalate':
    case 'relocate':
    case 'redact':
    case 'close':
      return actOnOne(turn, request);
  }
}

function actOnOne(turn: Turn, request: IncidentRequest): Promise<TriageAnswer> {
  return onIncident(turn, request, (state) => actOnRequest(turn, state, request));
}

/** In its own thread a closed incident needs no id; elsewhere the closed ones are shown. */
async function reopen(
  turn: Turn,
  request: Extract<TriageCommand, { kind: 'reopen' }>,
): Promise<TriageAnswer> {
  const isNamed = request.incidentId !== null;
  if (isNamed || (await findThreadIncident(turn.context, turn.asker)) !== null) {
    return actOnOne(turn, request);
  }
  return chooseClosed(turn, request);
}

/** The menu of what is open here, or the form that opens something. */
async function menu(turn: Turn): Promise<TriageAnswer> {
  const { context, asker } = turn;
  const found = await findIncident(context, asker);
  if (found.kind === 'none' && found.movedAway.length > 0) {
    return { kind: 'content', content: renderEmptyMenu(found.movedAway.map(movedWords)) };
  }
  if (found.kind !== 'none') {
    return onIncident(turn, { kind: 'menu', incidentId: null }, (state) => showMenu(turn, state));
  }
  if (isDirect(asker.channelId)) return say(SAY_IT_IN_A_CHANNEL);
  const place = {
    channelId: asker.channelId,
    threadTs: asker.threadTs,
    sourcePermalink: null,
  };
  return { kind: 'form', view: buildStartForm({ place, prefill: {} }), without: renderEmptyMenu() };
}

/** Of the incident named, the one open here, or the last one closed here. */
async function publish(
  turn: Turn,
  request: Extract<TriageCommand, { kind: 'export' }>,
): Promise<TriageAnswer> {
  const { context, asker } = turn;
  const named = request.incidentId;
  const found = named === null ? await findIncident(context, asker) : null;
  const last = found?.kind === 'none' ? (found.recent[0]?.incidentId ?? null) : null;
  return onIncident(turn, { ...request, incidentId: named ?? last }, async (state) => {
    if (isDocumentCurrent(state)) {
      return { kind: 'content', content: renderDocumentCurrent(state) };
    }
    const work = publishWork(state.incidentId, context.clock.nowMs());
    await context.store.schedule([work], asker.dedupeId);
    context.wakeWorkers();
    return say(`I am writing the document of ${state.incidentId} into its thread.`);
  });
}
