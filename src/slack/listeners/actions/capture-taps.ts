import { listWords } from '../../../domain/text/list-words.ts';
import { releaseMessage } from '../../../flows/release-message.ts';
import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import { decodeMessage, type TapId } from '../../ids.ts';
import { markMessage } from '../../send/mark-message.ts';
import type { Run, Tap } from './run.ts';

/** What people do to messages of the timeline. */
export const CAPTURE_TAPS = {
  'release-message': release,
} as const satisfies Partial<Readonly<Record<TapId, Run>>>;

async function release(tap: Tap): Promise<MessageContent> {
  const { context, target, who, dedupeId } = tap;
  const { channelId, threadTs, userId } = who;
  const message = { channelId, messageTs: decodeMessage(target.itemId ?? '') };
  const actor = { kind: 'person', userId } as const;
  const held = await releaseMessage(context, { ...message, threadTs, actor, dedupeId });
  if (held.length === 0) return sentenceContent('This message is on no timeline any more.');
  void markMessage(context, message, false);
  return sentenceContent(
    `Off the timeline of ${listWords(held)}. A 📌 that people put on it stays until they take it off.`,
  );
}
