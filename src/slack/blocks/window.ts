import type { KnownBlock, ModalView } from '@slack/types';
import { type WindowTap, windowCallback } from '../ids.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { plain } from './text.ts';

const TITLES = {
  'show-status': 'Where it stands',
  'show-menu': 'What you can do now',
} as const satisfies Record<WindowTap, string>;

/** What the window shows, so that it can be drawn anew after a tap in it. */
export interface WindowOf {
  readonly tap: WindowTap;
  /** As `encodeTarget` makes it. */
  readonly target: string;
}

/** For whoever may look at the channel or at the thread: both show it. Null: only something to read. */
export function buildWindow(of: WindowOf | null, blocks: readonly KnownBlock[]): ModalView {
  const identity =
    of === null ? {} : { callback_id: windowCallback(of.tap), private_metadata: of.target };
  return {
    type: 'modal',
    ...identity,
    title: plain(of === null ? 'Redthread' : TITLES[of.tap], BLOCK_LIMITS.viewTitleCharactersMax),
    close: plain('Back', BLOCK_LIMITS.viewTitleCharactersMax),
    blocks: blocks.slice(0, BLOCK_LIMITS.blocksPerViewMax),
  };
}
