import { encodeMessage } from '../ids.ts';
import { actions, tapButton } from './buttons.ts';
import { sentenceContent } from './error.ts';
import type { MessageContent } from './message.ts';

/** What was done with a message, and the way to take it off the timeline again. */
export function renderKeptMessage(sentence: string, messageTs: string): MessageContent {
  const content = sentenceContent(sentence);
  const aim = { incidentId: null, itemId: encodeMessage(messageTs) };
  return { ...content, blocks: [...content.blocks, ...actions(tapButton('release-message', aim))] };
}
