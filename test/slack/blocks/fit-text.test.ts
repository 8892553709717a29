import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCharacters, fitRichText, fitTextObject } from '../../../src/slack/blocks/fit-text.ts';
import { line, list, mention, quote, richText } from '../../../src/slack/blocks/text.ts';

const plainText = (text: string) => ({ type: 'plain_text', text }) as const;
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true }) as const;

describe('a text object that is too long', () => {
  it('is cut, and left alone when it fits', () => {
    expect(fitTextObject(plainText('abcdef'), 4)).toEqual(plainText('abc…'));
    expect(fitTextObject(mrkdwn('abcd'), 4)).toEqual(mrkdwn('abcd'));
  });

  it('is never empty, and never half a character', () => {
    expect(fitTextObject(plainText(' '), 4).text).toBe('–');
    expect(fitTextObject(plainText('a\ud800'), 4).text).toBe('a\ufffd');
  });

  it.each([
    ['see <https://a.example|docs>', 12, 'see …'],
    ['a &lt; b', 5, 'a …'],
    ['<@U1> and <@U2>', 10, '<@U1> and…'],
    ['<@U1> and <@U2>', 13, '<@U1> and …'],
    ['a < b &lt; c…', 20, 'a '],
  ])('leaves no markup of %j open when cut to %i', (text, max, start) => {
    expect(fitTextObject(mrkdwn(text), max).text.startsWith(start)).toBe(true);
    expect(fitTextObject(mrkdwn(text), max).text).not.toMatch(/(?:<[^>]*|&[a-z]*)…$/);
  });

  it('has no markup to close where there is none', () => {
    expect(fitTextObject(plainText('a <b and more'), 6).text).toBe('a <b …');
  });
});

describe('the count of characters', () => {
  it('is of every text that a reader may see, however deep', () => {
    const block = richText(line('four'), list(['ab', 'c']), quote(mention('U123')));

    expect(countCharacters(block)).toBe('four'.length + 'abc'.length + 'U123'.length);
    expect(
      countCharacters({ title: 'ab', url: 'cde', fallback: 'f', value: 'no', type: 'no' }),
    ).toBe(6);
    expect(countCharacters([null, 'no', 7, { text: { text: 'yes' } }])).toBe(3);
  });
});

describe('a rich text that is too long', () => {
  const block = richText(line('12345'), list(['abcd', 'efgh']), quote('12345678'));

  it('is left as it is when it fits exactly', () => {
    expect(fitRichText(block, countCharacters(block))).toEqual(block);
  });

  it('keeps its beginning, and nothing empty', () => {
    expect(fitRichText(block, 9)).toEqual(richText(line('12345'), list(['abcd'])));
    expect(fitRichText(block, 5)).toEqual(richText(line('12345')));
    expect(fitRichText(block, 17)?.elements.at(-1)).toEqual(quote('1…'));
    expect(fitRichText(block, 1)).toBeNull();
  });

  it('leaves out a mention that does not fit, rather than to cut it', () => {
    expect(fitRichText(richText(line('ab', mention('U12345'))), 6)).toEqual(richText(line('ab')));
  });

  it('takes nothing more once something was cut', () => {
    const long = richText(line('ab'), line('1234567890'), line('c'));

    expect(JSON.stringify(fitRichText(long, 8))).not.toContain('"c"');
  });

  it('is never longer than asked for', () => {
    const texts = fc.array(fc.string({ minLength: 1, maxLength: 30 }), { maxLength: 6 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 120 }), (items, max) => {
        const fitted = fitRichText(richText(line(items), list(items), quote(items)), max);

        expect(countCharacters(fitted)).toBeLessThanOrEqual(max);
        expect(JSON.stringify(fitted)).not.toContain('"elements":[]');
      }),
    );
  });
});
