import { lastRoot } from '../../domain/incident/places.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { Sibling } from '../../flows/find-sibling.ts';
import type { MessageContent } from '../blocks/message.ts';
import { renderOpened } from '../blocks/opened.ts';
import type { SlackContext } from '../context.ts';
import { readPermalink } from '../send/read-permalink.ts';

/** What whoever has opened this incident is told of it, and of one that may be about the same. */
export async function openedAnswer(
  context: SlackContext,
  { state, sentence }: { readonly state: IncidentState; readonly sentence: string },
  sibling: Sibling | null,
): Promise<MessageContent> {
  const other =
    sibling === null ? null : { ...sibling, permalink: await rootLink(context, sibling) };
  return renderOpened({ ...state, sentence }, other, context.clock.nowMs());
}

async function rootLink(
  context: SlackContext,
  { state: { incidentId } }: Sibling,
): Promise<string | null> {
  const root = lastRoot(await context.store.readMessages(incidentId));
  return root === null ? null : readPermalink(context, root.channelId, root.ts);
}
