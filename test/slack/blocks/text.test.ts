import type { RichTextText } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { untrusted } from '../../../src/domain/untrusted.ts';
import {
  actor,
  bold,
  bolded,
  channel,
  date,
  dateMarkup,
  inline,
  italic,
  line,
  link,
  list,
  mention,
  plain,
  quote,
  richText,
  sentenceToRichText,
  show,
  time,
  typed,
} from '../../../src/slack/blocks/text.ts';

const AT_MS = Date.UTC(2026, 2, 8, 10, 42, 5, 900);
const AT_SECONDS = Math.floor(AT_MS / 1_000);

const shown = (text: string): string => {
  const element = show(untrusted(text));
  expect(element).toMatchObject({ type: 'text', style: { code: true } });
  return 'text' in element ? (element.text ?? '') : '';
};

describe('text from outside', () => {
  it('is shown as code on one line', () => {
    expect(shown('i-0abc\nand\tmore')).toBe('i-0abc and more');
  });

  it('shows what would be invisible or turn the direction of writing', () => {
    expect(shown('a\u202eb\u200bc\u{e0041}d')).toBe('a\\u{202e}b\\u{200b}c\\u{e0041}d');
  });

  it('has no halves of characters', () => {
    expect(shown('a\ud800b')).toBe('a\ufffdb');
  });

  it('is cut to 300 characters without halving one', () => {
    const text = shown('🧵'.repeat(1_000));

    expect(text.length).toBeLessThanOrEqual(300);
    expect(text.isWellFormed()).toBe(true);
    expect(text.endsWith('…')).toBe(true);
  });

  it('keeps few marks on one letter', () => {
    expect(shown(`e${'\u0301'.repeat(1_000_000)}!`)).not.toMatch(/\p{M}{5}/u);
  });

  it('says that it is empty', () => {
    expect(shown('')).toBe('(empty)');
  });
});

describe('text that people typed', () => {
  it('stays as it is, without being interpreted', () => {
    expect(typed('<!channel> *hi* <@U1>\n👩‍💻', 100)).toEqual({
      type: 'text',
      text: '<!channel> *hi* <@U1>\n👩‍💻',
    });
  });

  it('is left out when there is nothing to see', () => {
    expect(typed(' \n ', 100)).toBeNull();
  });

  it('is cut to a paragraph', () => {
    const long = typed('a'.repeat(9_000)) as RichTextText;

    expect(long.text).toBe(`${'a'.repeat(2_999)}…`);
  });

  it('may stand out, and is a dash when nothing of it can be seen', () => {
    expect(bold('sure')).toEqual({ type: 'text', text: 'sure', style: { bold: true } });
    expect(bold(' ')).toMatchObject({ text: '–' });
    expect(italic('so far')).toEqual({ type: 'text', text: 'so far', style: { italic: true } });
    expect(italic('')).toMatchObject({ text: '–' });
  });

  it('is bold in as few pieces as can be, around people and times', () => {
    expect(inline(bolded('Taken over by ', mention('UANA'), ' at ', 'noon', '', ' sharp'))).toEqual(
      [
        { type: 'text', text: 'Taken over by ', style: { bold: true } },
        { type: 'user', user_id: 'UANA' },
        { type: 'text', text: ' at noon sharp', style: { bold: true } },
      ],
    );
  });
});

describe('mentions', () => {
  it('come from user ids only', () => {
    expect(mention('U12AB')).toEqual({ type: 'user', user_id: 'U12AB' });
    expect(mention('S12AB').type).toBe('text');
    expect(mention('W12AB').type).toBe('user');
    expect(mention('U12AB> <!channel').type).toBe('text');
    expect(mention('xU12AB').type).toBe('text');
    expect(mention('U').type).toBe('text');
  });

  it('show what is no user id as code', () => {
    expect(mention('mary\nsmith')).toEqual({
      type: 'text',
      text: 'mary smith',
      style: { code: true },
    });
    expect(mention('')).toMatchObject({ text: 'somebody' });
  });

  it('lead to channels by their ids only', () => {
    expect(channel('C12AB')).toEqual({ type: 'channel', channel_id: 'C12AB' });
    expect(channel('G12AB').type).toBe('channel');
    const others = ['D12AB', 'C12AB>', 'xC12AB', 'C', ''].map(channel);
    expect(others).toEqual(others.map(() => ({ type: 'text', text: 'another channel' })));
  });

  it('say who did something: a person, the bot or nobody who is known', () => {
    expect(actor({ kind: 'person', userId: 'UANA' })).toEqual({ type: 'user', user_id: 'UANA' });
    expect(actor({ kind: 'bot' })).toEqual({ type: 'text', text: 'Redthread' });
    expect(actor(null)).toEqual({ type: 'text', text: 'somebody' });
  });

  it('are channels and groups of our sentences as well', () => {
    expect(inline(sentenceToRichText('See <#C0WAR>, <!subteam^S1ON>.'))).toEqual([
      { type: 'text', text: 'See ' },
      { type: 'channel', channel_id: 'C0WAR' },
      { type: 'text', text: ', ' },
      { type: 'usergroup', usergroup_id: 'S1ON' },
      { type: 'text', text: '.' },
    ]);
  });

  it('cannot be typed: what a person wrote is never read as one', () => {
    const anything = fc.array(
      fc.oneof(fc.constantFrom('<@U1AB>', '<!channel>', '<#C1AB>', '@here'), fc.string()),
    );
    fc.assert(
      fc.property(anything, (parts) => {
        const text = parts.join('');
        const elements = [...inline(text), ...inline(typed(text)), ...inline(bold(text))];
        expect(elements.every(({ type }) => type === 'text')).toBe(true);
      }),
    );
  });

  it('are found in our own sentences', () => {
    expect(inline(sentenceToRichText('Already done by <@UANA> and <!here>.'))).toEqual([
      { type: 'text', text: 'Already done by ' },
      { type: 'user', user_id: 'UANA' },
      { type: 'text', text: ' and <!here>.' },
    ]);
  });
});

describe('lines', () => {
  it('are never empty, because Slack refuses them', () => {
    expect(line(null, '', []).elements).toEqual([{ type: 'text', text: '–' }]);
  });

  it('keep one space or line break at the ends of a part, and none inside beyond what was written', () => {
    const texts = ['  a', 'a\t', '\n a', 'a \n', ' \n ', '\n\n', '   ', 'a b'].map((text) =>
      inline(text).map((element) => ('text' in element ? element.text : '')),
    );

    expect(texts.flat()).toEqual([' a', 'a ', '\na', 'a\n', ' ', '\n', ' ', 'a b']);
  });

  it('are bounded like any paragraph', () => {
    const [element] = inline('a'.repeat(9_000));

    expect(element).toEqual({ type: 'text', text: `${'a'.repeat(2_999)}…` });
  });

  it('make quotes, lists and blocks', () => {
    const a = { type: 'text', text: 'a' };
    const section = { type: 'rich_text_section', elements: [a] };

    expect(quote('a')).toEqual({ type: 'rich_text_quote', elements: [a] });
    expect(list(['a'])).toEqual({ type: 'rich_text_list', style: 'bullet', elements: [section] });
    expect(list(['a'], 'ordered')).toMatchObject({ style: 'ordered' });
    expect(richText(line('a'))).toEqual({ type: 'rich_text', elements: [section] });
  });

  it('are parted by a line break, unless a list or a quote parts them already', () => {
    const block = richText(line('a'), null, line('b'), list(['c']), line('d'), quote('e'));

    expect(block.elements).toEqual([
      line('a', '\n'),
      line('b'),
      list(['c']),
      line('d'),
      quote('e'),
    ]);
  });

  it('have a plain form for headers and buttons, never empty and without emoji names', () => {
    expect(plain('Close', 75)).toEqual({ type: 'plain_text', text: 'Close', emoji: false });
    expect(plain('abcdef', 4)).toMatchObject({ text: 'abc…' });
    expect(plain(' ', 75)).toMatchObject({ text: '–' });
  });
});

describe('times', () => {
  it('are read by everybody in their own zone', () => {
    expect(date(AT_MS)).toEqual({
      type: 'date',
      timestamp: AT_SECONDS,
      format: '{date_short_pretty} {time}',
      fallback: '2026-03-08 10:42:05 UTC',
    });
    expect(date(AT_MS, 'second')).toMatchObject({ format: '{date_short_pretty} {time_secs}' });
    expect(time(AT_MS)).toEqual({
      type: 'date',
      timestamp: AT_SECONDS,
      format: '{time_secs}',
      fallback: '10:42:05 UTC',
    });
  });

  it('are markup in small print only where Slack can read it', () => {
    expect(dateMarkup(AT_MS)).toBe(
      `<!date^${AT_SECONDS}^{date_short_pretty} {time}|2026-03-08 10:42:05 UTC>`,
    );
    expect(dateMarkup(0)).toMatch(/^<!date\^0\^/);
    expect(dateMarkup(-1)).toBe('1969-12-31 23:59:59 UTC');
    expect(dateMarkup(Number.NaN)).toBe('unknown time');
    expect(dateMarkup(Date.UTC(12_026, 0, 1))).toMatch(/^\+012026-/);
  });
});

describe('a link', () => {
  it('is its label alone without an address, and has a label always', () => {
    const url = 'https://acme.slack.com/archives/C1/p1';

    expect(link(url, 'thread')).toEqual({ type: 'link', url, text: 'thread' });
    expect(link(null, 'thread')).toEqual({ type: 'text', text: 'thread' });
    expect(link(url, ' ')).toMatchObject({ text: 'link' });
    expect(link(url, 'a'.repeat(300))).toMatchObject({ text: `${'a'.repeat(199)}…` });
  });
});
