import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import { fitMessage } from '../../../src/slack/blocks/fit-message.ts';
import { line, list, plain, richText } from '../../../src/slack/blocks/text.ts';
import { checkBlocks } from '../../support/slack/check-blocks.ts';

const BUTTONS: KnownBlock = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'tap:show-menu', text: plain('More', 75), value: '|' }],
};

const aSection = (text: string): KnownBlock => ({
  type: 'section',
  text: { type: 'plain_text', text },
});

describe('a message that is too much for Slack', () => {
  it('keeps its buttons and says that it was cut', () => {
    const long = Array.from({ length: 9 }, () => aSection('a'.repeat(3_000)));

    const { blocks } = fitMessage({ text: 'x', blocks: [...long, BUTTONS] });

    expect(checkBlocks(blocks)).toEqual([]);
    expect(blocks.at(-1)).toEqual(BUTTONS);
    expect(JSON.stringify(blocks)).toContain('Cut short here');
  });

  it('keeps the first blocks and the last buttons of too many', () => {
    const many = Array.from({ length: 120 }, (_, index) => aSection(`Part ${index}`));

    const { blocks } = fitMessage({ text: 'x', blocks: [...many, BUTTONS] });

    expect(checkBlocks(blocks)).toEqual([]);
    expect(blocks).toHaveLength(50);
    expect(blocks[0]).toEqual(aSection('Part 0'));
    expect(blocks.at(-1)).toEqual(BUTTONS);
  });

  it('cuts a list item by item', () => {
    const items = Array.from({ length: 100 }, (_, index) => `${index}: ${'a'.repeat(200)}`);

    const { blocks } = fitMessage({ text: 'x', blocks: [richText(list(items))] });

    expect(checkBlocks(blocks)).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('40: ');
  });

  it('has no empty text, no empty block and no block id twice', () => {
    const blocks: KnownBlock[] = [
      { ...aSection(''), block_id: 'a' },
      { ...aSection('x'), block_id: 'a' },
      { type: 'actions', elements: [] },
      { type: 'context', elements: [] },
    ];

    const fitted = fitMessage({ text: '', blocks });

    expect(checkBlocks(fitted.blocks)).toEqual([]);
    expect(fitted.text).not.toBe('');
  });

  it('is left alone when it fits', () => {
    const content = { text: 'x', blocks: [richText(line('All well')), BUTTONS] };

    expect(fitMessage(content)).toEqual(content);
  });
});

describe('the check', () => {
  it('points at what Slack would refuse', () => {
    const twice: KnownBlock = {
      ...BUTTONS,
      elements: [BUTTONS.elements[0]!, BUTTONS.elements[0]!],
    };

    expect(checkBlocks([aSection('a'.repeat(3_001)), twice])).toEqual([
      { pointer: '/blocks/0/text', problem: 'has 3001 characters of 3000' },
      { pointer: '/blocks/1', problem: 'has the same action_id twice' },
    ]);
  });
});

describe('the conservative form', () => {
  it('says the same in markup that nothing can break out of', () => {
    const { blocks } = toConservative({
      text: 'x',
      blocks: [
        richText(
          line('Changed by ', { type: 'text', text: '`<!here>`', style: { code: true } }),
          line({ type: 'user', user_id: 'UANA' }, ' & <@UBEN>'),
        ),
      ],
    });

    expect(blocks).toEqual([
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: "Changed by `'&lt;!here&gt;'`\n<@UANA> &amp; &lt;@UBEN&gt;",
          verbatim: true,
        },
      },
    ]);
  });
});
