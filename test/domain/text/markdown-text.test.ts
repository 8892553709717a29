import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  markdownInline,
  markdownLink,
  markdownQuote,
  showHidden,
} from '../../../src/domain/text/markdown-text.ts';
import { namePeople } from '../../../src/domain/text/mentions.ts';
import { HOSTILE_TEXTS } from '../../support/part-arbitraries.ts';

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS),
      fc.constantFrom(
        '#',
        '-',
        '1.',
        '`',
        '```',
        '|',
        '[a](b)',
        '![',
        '<',
        '&lt;',
        '\\',
        '@',
        '://',
      ),
      fc.constantFrom('\n', '\r\n', '\t', '    ', '===', '---', '\u202e', '\u200b', '\ud800', '\0'),
      fc.string({ maxLength: 5, unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** What a renderer may still read as markup: the text without code spans and escaped characters. */
function bareMarkup(line: string): string {
  return line.replace(/\\[!-/:-@[-`{-~]|`[^`]+`/g, '');
}

describe('foreign text on one line', () => {
  test.each([
    ['*bold* _x_', '\\*bold\\* \\_x\\_'],
    ['[a](javascript:b)', '\\[a\\](javascript:b)'],
    ['<b>&amp;', '&lt;b&gt;&amp;amp;'],
    ['a | b', 'a \\| b'],
    ['- item', '\\- item'],
    ['2. item', '2\\. item'],
    ['# title', '\\# title'],
    ['10) item', '10\\) item'],
    ['v2. then 1) more', 'v2. then 1) more'],
    ['  - item  ', '\\- item'],
    ['a\rb', 'a b'],
    ['see https://evil.example/a?b=c#d now', 'see `https://evil.example/a?b=c#d` now'],
    ['www.evil.example', '`www.evil.example`'],
    ['me@evil.example', '`me@evil.example`'],
    ['one\n\ntwo', 'one two'],
    ['a\u202eb', 'a\\\\u\\{202e\\}b'],
  ])('turns %j into %j', (text, escaped) => {
    expect(markdownInline(text)).toBe(escaped);
  });

  test('leaves nothing that a renderer could read as markup, a link or HTML', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = markdownInline(text);
        expect(line).not.toMatch(/[\n\r\t]/);
        expect(bareMarkup(line)).not.toMatch(/[`*_[\]|~#<>]|:\/\/|www\.|@/i);
        expect(line).not.toMatch(/^(?:[-+=]|\d+[.)])/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('shows every character that hides or turns text around', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(showHidden(text)).not.toMatch(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is cut to the length asked for, never inside a character', () => {
    expect(markdownInline('abcdef', 4)).toBe('abc…');
    expect(markdownInline('ab😀cd', 4)).toBe('ab…');
    expect(markdownInline(`${' '.repeat(9)}abcd`, 4)).toBe('abcd');
    expect(markdownInline('a'.repeat(900))).toHaveLength(500);
  });
});

describe('foreign text of several lines', () => {
  test('keeps its lines and its indentation inside the quote', () => {
    expect(markdownQuote('first\n    second\n\n- third\n')).toBe(
      '> first  \n> \u00A0\u00A0\u00A0\u00A0second\n>\n> \\- third',
    );
  });

  test('breaks a line only where another follows it', () => {
    expect(markdownQuote('one\r\ntwo\rthree\n  \nfour')).toBe(
      '> one  \n> two  \n> three\n>\n> four',
    );
  });

  test('never leaves the quote nor begins a block in it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const line of markdownQuote(text).split('\n')) {
          expect(line).toMatch(/^>(?:$| \S| \u00A0)/);
          expect(bareMarkup(line.slice(1))).not.toMatch(/[`*_[\]|~#<>]|:\/\/|www\.|@/i);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('says how many lines it left out', () => {
    const lines = markdownQuote('x\n'.repeat(100)).split('\n');
    expect(lines).toHaveLength(81);
    expect(lines.at(-1)).toBe('> … and 20 more lines');
  });
});

describe('links of our own', () => {
  test.each([
    [
      'https://example.slack.com/archives/C1/p1',
      '[thread](https://example.slack.com/archives/C1/p1)',
    ],
    ['javascript:alert(1)', 'thread'],
    ['http://example.com/', 'thread'],
    ['http://127.0.0.1:8765/?channel=C1', '[thread](http://127.0.0.1:8765/?channel=C1)'],
    ['http://localhost/files/F1', '[thread](http://localhost/files/F1)'],
    ['http://localhost.evil.example/', 'thread'],
    ['http://127.0.0.1:80@evil.example/', 'thread'],
    ['https://example.com', '[thread](https://example.com)'],
    ['https://example.com?a=b#c', '[thread](https://example.com?a=b#c)'],
    ['xhttps://example.com/', 'thread'],
    ['https://example.com/) [x](https://evil.example', 'thread'],
    [null, 'thread'],
  ])('to %j become %j', (url, markdown) => {
    expect(markdownLink('thread', url)).toBe(markdown);
  });
});

describe('people in a text', () => {
  test('get their names where these are known', () => {
    const names = new Map([['U1', 'Ana']]);
    expect(namePeople('<@U1> asked <@U2|ben>', names)).toBe('Ana asked U2');
  });
});
