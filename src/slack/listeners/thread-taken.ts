import { byWhom } from '../../domain/incident/decision.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { findThreadIncident, movedWords, type Place } from '../../flows/find-incident.ts';
import { closedWords, renderClosedHere } from '../blocks/closed-here.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { MessageContent } from '../blocks/message.ts';
import type { SlackContext } from '../context.ts';

/** What whoever wants to start an incident in this thread is told; null: it has none yet. */
export async function threadTaken(
  context: Pick<SlackContext, 'store' | 'clock'>,
  place: Place,
): Promise<{ readonly sentence: string; readonly content: MessageContent } | null> {
  const taken = await findThreadIncident(context, place);
  if (taken === null) return null;
  if (taken.kind === 'moved') return told(movedWords(taken));
  const state = await context.store.readState(taken.incidentId);
  if (state === null) return null;
  const nowMs = context.clock.nowMs();
  if (state.status === 'closed') {
    return { sentence: closedWords(state, nowMs), content: renderClosedHere(state, nowMs) };
  }
  return told(openWords(state, nowMs));
}

/** The same id for everybody who starts in this thread, so that two at once open one incident. */
export function openingId(
  { teamId, channelId, threadTs }: Place & { readonly teamId: string },
  otherwise: string,
): string {
  return threadTs === null ? otherwise : `thread:${teamId}:${channelId}:${threadTs}`;
}

/** For the one who was not first; null for whoever opened it. */
export function firstWords(state: IncidentState, userId: string, nowMs: number): string | null {
  const { openedBy } = state;
  const isMine = openedBy.kind === 'person' && openedBy.userId === userId;
  return isMine ? null : openWords(state, nowMs);
}

function openWords({ incidentId, openedBy, openedAtMs }: IncidentState, nowMs: number): string {
  return `${incidentId} is worked on in this thread, opened ${byWhom(openedBy, openedAtMs, nowMs)}. To keep your words there, write: @redthread note …`;
}

function told(sentence: string) {
  return { sentence, content: sentenceContent(sentence) };
}
