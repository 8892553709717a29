import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapText } from '../../src/cli/wrap-text.ts';

describe('a line for a terminal', () => {
  it('goes on below under its text', () => {
    const [first = '', second = ''] = wrapText(`  + ${'word '.repeat(25)}end`, '    ').split('\n');

    expect(first).toMatch(/^ {2}\+ word/);
    expect(second).toMatch(/^ {4}word/);
  });

  it('keeps every word, and no line is too long but for a word that is', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,120}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.nat(6), (all, hang) => {
        const lines = wrapText(all.join(' '), ' '.repeat(hang)).split('\n');

        expect(lines.join(' ').split(/ +/).filter(Boolean)).toEqual(all);
        expect(lines.filter((line) => line.length > 100 && line.trim().includes(' '))).toEqual([]);
      }),
    );
  });
});
