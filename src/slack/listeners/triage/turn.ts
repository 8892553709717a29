import type { ModalView } from '@slack/types';
import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import type { SlackContext } from '../../context.ts';

/** Who asked, and where. */
export interface Asker {
  readonly userId: string;
  readonly teamId: string;
  readonly channelId: string;
  /** Null outside threads. */
  readonly threadTs: string | null;
  readonly timeZone: string;
  readonly replyUrl: string | null;
  readonly dedupeId: string;
}

/** One line of `/triage` or of a mention, on its way to an answer. */
export interface Turn {
  readonly context: SlackContext;
  readonly asker: Asker;
}

/** What the asker alone sees. */
export type TriageAnswer =
  /** The answer comes by itself. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'content'; readonly content: MessageContent }
  /** A form needs a trigger, which a mention does not have: there `without` is shown. */
  | { readonly kind: 'form'; readonly view: ModalView; readonly without: MessageContent };

export function say(sentence: string): TriageAnswer {
  return { kind: 'content', content: sentenceContent(sentence) };
}
