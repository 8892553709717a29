import type { MessageContent } from '../../blocks/message.ts';
import type { SlackContext } from '../../context.ts';
import type { Target } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';
import type { Addressee } from '../../send/tell-person.ts';

/** A button that somebody tapped. */
export interface Tap {
  readonly context: SlackContext;
  readonly payload: BlockAction;
  readonly target: Target;
  readonly who: Addressee;
  readonly dedupeId: string;
}

/** Does it, and says what the person should be told afterwards; null when the cards say it. */
export type Run = (tap: Tap) => Promise<MessageContent | null>;
