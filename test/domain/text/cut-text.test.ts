import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cutAtWord,
  cutText,
  hasVisibleText,
  quoteShortly,
} from '../../../src/domain/text/cut-text.ts';

describe('a text that is cut', () => {
  test('stays as it is when it fits, and ends in three dots when not', () => {
    expect(cutText('abcd', 4)).toBe('abcd');
    expect(cutText('abcde', 4)).toBe('abc…');
    expect(cutText('abcde', 0)).toBe('…');
  });

  test('is a whole beginning of it, never longer than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const cut = cutText(text, max);

        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
        expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
      }),
    );
    expect(cutText('ab😀cd', 4)).toBe('ab…');
    expect(cutText('😀cdef', 4)).toBe('😀c…');
  });

  test('can end before the word that would be halved', () => {
    expect(cutAtWord('every quarter', 11)).toBe('every…');
    expect(cutAtWord('every quarter', 13)).toBe('every quarter');
    expect(cutAtWord('quarterly', 5)).toBe('quar…');
  });
});

describe('a text to be seen', () => {
  test.each(['a', '7', '.', '€', 'ä', '日', ' x '])('is %j', (text) => {
    expect(hasVisibleText(text)).toBe(true);
  });

  test.each(['', ' \n\t', '\u200b\u202e', '\u0301'])('is not %j', (text) => {
    expect(hasVisibleText(text)).toBe(false);
  });
});

test('a text inside a sentence is short, on one line and in quotation marks', () => {
  expect(quoteShortly('  two \n\n lines ')).toBe('“two lines”');
  expect(quoteShortly('a'.repeat(100))).toBe(`“${'a'.repeat(79)}…”`);
});
