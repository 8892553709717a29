import type { KnownBlock } from '@slack/types';
import type { FormerPlace, IncidentState } from '../../domain/incident/state.ts';
import { toConservative } from './conservative.ts';
import { fitMessage } from './fit-message.ts';
import { slackLink } from './links.ts';
import type { MessageContent, SlotContent } from './message.ts';
import { titleLine } from './overview.ts';
import { actor, bold, channel, date, line, link, type Part, richText } from './text.ts';
import { notification } from './words.ts';

const NOTICE = 'goes on in another channel';

export interface WhereNow {
  readonly left: FormerPlace;
  readonly channelId: string;
  /** Of the card there, where it is known. */
  readonly permalink: string | null;
}

/** What stays of the card in a channel that the incident has left: what it was, and where it is. */
export function renderMovedRoot(
  /** As it was when it was moved: what came later is told where it is now. */
  then: IncidentState,
  whereNow: WhereNow,
): MessageContent {
  return fitMessage({
    text: notification(then, NOTICE),
    blocks: [richText(titleLine(then), line(movedParts(whereNow)))],
  });
}

/** The last line of the thread that was left. */
export function renderMovedLine(then: IncidentState, whereNow: WhereNow): MessageContent {
  return fitMessage({
    text: notification(then, NOTICE),
    blocks: [richText(line(movedParts(whereNow)))],
  });
}

function movedParts({ channelId, permalink, left: { by, leftAtMs } }: WhereNow): Part {
  const url = slackLink(permalink);
  return [
    '➡️ ',
    bold('Moved to'),
    ' ',
    channel(channelId),
    ' by ',
    actor(by),
    ', ',
    date(leftAtMs),
    url === null ? '. It goes on there.' : ['. ', link(url, 'Go on there'), '.'],
  ];
}

/** The same message with nothing to tap: what it offered is done where the incident is now. */
export function withoutControls(content: SlotContent): SlotContent {
  const bare = { text: content.text, blocks: bareBlocks(content.blocks) };
  return { slot: content.slot, ...bare, conservative: toConservative(bare) };
}

function bareBlocks(blocks: MessageContent['blocks']): KnownBlock[] {
  return blocks.filter(({ type }) => type !== 'actions').map(withoutAccessory);
}

function withoutAccessory(block: KnownBlock): KnownBlock {
  if (block.type !== 'section' || block.accessory === undefined) return block;
  const { accessory: _taken, ...rest } = block;
  return rest;
}
