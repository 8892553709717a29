import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanTyped, cleanUntrusted } from '../../../src/slack/blocks/characters.ts';

const odd = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u0301',
        '\u202e',
        '\u200d',
        '\ufe0f',
        '\u{e0041}',
        '\u3164',
        '\n',
        '\r',
        '\t',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('text from outside', () => {
  it('is one line of at most so many characters with nothing invisible in it', () => {
    fc.assert(
      fc.property(odd, fc.integer({ min: 1, max: 60 }), (text, charactersMax) => {
        const clean = cleanUntrusted(text, charactersMax);

        expect(clean.length).toBeLessThanOrEqual(charactersMax);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
        expect(clean).not.toMatch(/\s{2}|\n|\p{M}{5}/u);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).toBe(clean.trim());
      }),
      { numRuns: 500 },
    );
  });

  it('is left as it is when there is nothing to clean', () => {
    expect(cleanUntrusted('arn:aws:iam::111122223333:role/Ops “ä” 日本')).toBe(
      'arn:aws:iam::111122223333:role/Ops “ä” 日本',
    );
  });

  it('shows each hidden character by its number', () => {
    expect(cleanUntrusted('a\u202e\u0000b')).toBe('a\\u{202e}\\u{0}b');
  });

  it('keeps four marks on a letter, and its neighbours', () => {
    expect(cleanUntrusted(`e${'\u0301'.repeat(9)}fe\u0301`)).toBe(`e${'\u0301'.repeat(4)}fe\u0301`);
  });

  it('comes out whole though much before it is dropped', () => {
    const marks = `e${'\u0301'.repeat(300)}`;

    expect(cleanUntrusted(`${marks}!`, 40)).toBe(`e${'\u0301'.repeat(4)}!`);
  });
});

describe('text that people typed', () => {
  it('keeps its lines, two line breaks in a row at most, and spaces for tabs', () => {
    expect(cleanTyped('a\r\nb\rc\n\n\n\n\nd\te', 100)).toBe('a\nb\nc\n\nd e');
  });

  it('keeps emoji and the joiners of scripts, and shows what steers the rest', () => {
    expect(cleanTyped('👩‍💻 ❤️ نمی‌خواهم', 100)).toBe('👩‍💻 ❤️ نمی‌خواهم');
    expect(cleanTyped('a\u202eb\u200bc', 100)).toBe('a\\u{202e}b\\u{200b}c');
  });

  it('is cut, trimmed and whole in its characters', () => {
    fc.assert(
      fc.property(odd, fc.integer({ min: 1, max: 60 }), (text, charactersMax) => {
        const clean = cleanTyped(text, charactersMax);

        expect(clean.length).toBeLessThanOrEqual(charactersMax);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/[\r\t\u202e]|\n{3}|\p{M}{5}/u);
        expect(clean).toBe(clean.trim());
      }),
      { numRuns: 500 },
    );
  });
});
