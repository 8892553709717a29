import { type CaptureOutcome, captureMessage } from '../../flows/capture-message.ts';
import { capturedText } from '../captured-text.ts';
import type { SlackContext } from '../context.ts';
import type { MessageShortcut } from '../payloads.ts';
import { markMessage } from '../send/mark-message.ts';
import { readPermalink } from '../send/read-permalink.ts';

const OWN_MESSAGE =
  'I keep messages of people and of other apps on the timeline. What my own messages say is on the record where it belongs, or gets there with the button "Attach as evidence".';

/** Puts a message on the timeline of the incident it belongs to, and shows by a mark that it is there. */
export async function keepMessage(
  context: SlackContext,
  {
    channelId,
    message,
    userId,
    dedupeId,
  }: {
    readonly channelId: string;
    readonly message: MessageShortcut['message'];
    readonly userId: string;
    readonly dedupeId: string;
  },
): Promise<CaptureOutcome> {
  if (message.user === context.botUserId) {
    return { kind: 'refused', incidentId: null, sentence: OWN_MESSAGE };
  }
  const messageTs = message.ts;
  const outcome = await captureMessage(context, {
    place: { channelId, threadTs: message.thread_ts ?? messageTs },
    message: {
      channelId,
      messageTs,
      authorId: message.user ?? null,
      text: capturedText(message),
      permalink: await readPermalink(context, channelId, messageTs),
    },
    actorId: userId,
    dedupeId,
  });
  if (outcome.kind === 'captured') void markMessage(context, { channelId, messageTs }, true);
  return outcome;
}
