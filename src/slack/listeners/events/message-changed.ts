import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { findCaptured } from '../../../flows/find-captured.ts';
import { releaseMessage } from '../../../flows/release-message.ts';
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
  const { messageTs, text } = changed;
  const actor = { kind: 'bot' } as const;
  if (text === null) {
    await releaseMessage(context, { ...changed, actor, dedupeId });
    return;
  }
  for (const incidentId of await findCaptured(context, changed)) {
    await actOnIncident(context, {
      incidentId,
      command: { type: 'edit-captured-message', messageTs, text },
      actor,
      dedupeId: `${dedupeId}:${incidentId}`,
    });
  }
}
