import type { ModalView } from '@slack/types';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import type { MessageContent } from '../../../src/slack/blocks/message.ts';

/** All that can be read in it, with links and bold as Slack's markup. */
export const words = (content: MessageContent): string =>
  toConservative(content)
    .blocks.map((block) => JSON.stringify(block))
    .join('\n');

export const wordsOf = (view: ModalView): string =>
  words({ text: 'x', blocks: view.blocks as MessageContent['blocks'] });

/** What can be tapped, row by row: labels, with what is behind the dots after a colon. */
export function rows(content: MessageContent): readonly string[] {
  return content.blocks.flatMap((block) =>
    block.type !== 'actions'
      ? []
      : [
          block.elements
            .map((element) =>
              'options' in element
                ? `${element.type}: ${(element.options ?? []).map(({ text }) => text.text).join(', ')}`
                : 'text' in element && typeof element.text === 'object'
                  ? element.text.text
                  : element.type,
            )
            .join(' | '),
        ],
  );
}
