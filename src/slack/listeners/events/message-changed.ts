import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { findIncident } from '../../../flows/find-incident.ts';
import type { SlackContext } from '../../context.ts';

export interface ChangedMessage {
  readonly channelId: string;
  readonly messageTs: string;
  readonly threadTs: string | null;
  /** Null: it was deleted. */
  readonly text: string | null;
}

/** The timeline follows what people do to a captured message: edits are taken over, deletions honoured. */
export async function onMessageChanged(
  context: SlackContext,
  changed: ChangedMessage,
  dedupeId: string,
): Promise<void> {
  const { channelId, messageTs } = changed;
  const place = { channelId, threadTs: changed.threadTs ?? messageTs };
  const found = await findIncident(context, place);
  // What was put on the timeline before a move is followed where it was written.
  if (found.kind !== 'one' && found.kind !== 'moved') return;
  const state = await context.store.readState(found.incidentId);
  if (!state?.capturedMessages.some((message) => message.messageTs === messageTs)) return;
  await actOnIncident(context, {
    incidentId: found.incidentId,
    command:
      changed.text === null
        ? { type: 'release-captured-message', messageTs }
        : { type: 'edit-captured-message', messageTs, text: changed.text },
    actor: { kind: 'bot' },
    dedupeId,
  });
}
