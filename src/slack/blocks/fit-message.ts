import type { ActionsBlock, Button, ContextBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { cutText } from '../../domain/text/cut-text.ts';
import { countCharacters, fitRichText, fitTextObject } from './fit-text.ts';
import { BLOCK_LIMITS as LIMITS } from './limits.ts';
import type { MessageContent } from './message.ts';

const CUT_NOTE: ContextBlock = {
  type: 'context',
  elements: [
    {
      type: 'plain_text',
      text: 'Cut short here. The written record has everything.',
      emoji: false,
    },
  ],
};

/** The last step before sending: whatever is too long or too many is cut, so Slack refuses nothing. */
export function fitMessage(content: MessageContent): MessageContent {
  const text = cutText(content.text.toWellFormed().trim(), LIMITS.notificationCharactersMax);
  const blocks = withUniqueIds(fitTotal(fitCount(content.blocks.flatMap(fitBlock))));
  return { text: text === '' ? 'Redthread' : text, blocks };
}

function fitBlock(block: KnownBlock): KnownBlock[] {
  switch (block.type) {
    case 'header':
      return [{ ...block, text: fitTextObject(block.text, LIMITS.headerCharactersMax) }];
    case 'section':
      return block.text === undefined
        ? []
        : [{ ...block, text: fitTextObject(block.text, LIMITS.sectionCharactersMax) }];
    case 'context':
      return fitContext(block);
    case 'actions':
      return fitActions(block);
    case 'rich_text': {
      const fitted = fitRichText(block, LIMITS.messageCharactersMax);
      return fitted === null ? [] : [fitted];
    }
    case 'plan':
      return [
        {
          ...block,
          title: cutText(block.title, LIMITS.taskTitleCharactersMax) || '–',
          tasks: (block.tasks ?? []).slice(0, LIMITS.tasksMax),
        },
      ];
    case 'divider':
      return [block];
    default:
      return [];
  }
}

function fitContext(block: ContextBlock): KnownBlock[] {
  const elements = block.elements
    .slice(0, LIMITS.contextElementsMax)
    .map((element) =>
      element.type === 'image' ? element : fitTextObject(element, LIMITS.contextCharactersMax),
    );
  return elements.length === 0 ? [] : [{ ...block, elements }];
}

function fitActions(block: ActionsBlock): KnownBlock[] {
  const elements = block.elements.slice(0, LIMITS.actionElementsMax).map((element) => {
    if (element.type === 'button') return fitButton(element);
    if (element.type !== 'static_select') return element;
    return {
      ...element,
      options: (element.options ?? []).slice(0, LIMITS.optionsMax).map(fitOption),
    };
  });
  return elements.length === 0 ? [] : [{ ...block, elements }];
}

function fitButton(button: Button): Button {
  return { ...button, text: fitTextObject(button.text, LIMITS.buttonCharactersMax) };
}

function fitOption(option: PlainTextOption): PlainTextOption {
  return { ...option, text: fitTextObject(option.text, LIMITS.optionCharactersMax) };
}

/** Too many blocks: the first ones stay, and the last buttons, and it says that something is gone. */
function fitCount(blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  if (blocks.length <= LIMITS.blocksPerMessageMax) return blocks;
  const kept = blocks.slice(0, LIMITS.blocksPerMessageMax - 2);
  const lastActions = blocks.findLast((block) => block.type === 'actions');
  const isLost = lastActions !== undefined && !kept.includes(lastActions);
  return [...kept, CUT_NOTE, ...(isLost ? [lastActions] : [])];
}

/** Buttons are never the part that is cut: their texts are set aside first. */
function fitTotal(blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  if (countCharacters(blocks) <= LIMITS.messageCharactersMax) return blocks;
  const buttons = countCharacters(blocks.filter((block) => block.type === 'actions'));
  let left = LIMITS.messageCharactersMax - buttons - countCharacters(CUT_NOTE);
  let isNoted = false;
  return blocks.flatMap((block) => {
    if (block.type === 'actions') return [block];
    const size = countCharacters(block);
    if (size <= left) {
      left -= size;
      return [block];
    }
    const cut = cutBlock(block, left);
    left = 0;
    const note = isNoted ? [] : [CUT_NOTE];
    isNoted = true;
    return [...(cut === null ? [] : [cut]), ...note];
  });
}

function cutBlock(block: KnownBlock, charactersMax: number): KnownBlock | null {
  if (block.type === 'rich_text') return fitRichText(block, charactersMax);
  if (block.type !== 'section' || block.text === undefined || charactersMax < 10) return null;
  return { ...block, text: fitTextObject(block.text, Math.floor(charactersMax / 2)) };
}

function withUniqueIds(blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  const seen = new Set<string>();
  return blocks.map((block) => {
    if (block.block_id === undefined || block.block_id === '') return block;
    const isNew = !seen.has(block.block_id) && block.block_id.length <= LIMITS.blockIdCharactersMax;
    seen.add(block.block_id);
    if (isNew) return block;
    const { block_id: _dropped, ...rest } = block;
    return rest as KnownBlock;
  });
}
