import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../src/domain/words/split-words.ts';

const textsOf = (line: string) => splitWords(line).words.map(({ text }) => text);

describe('splitting a line into words', () => {
  it('keeps spaces inside straight and curly quotes', () => {
    expect(textsOf('user:"ana b"  “c d” e')).toEqual(['user:ana b', 'c d', 'e']);
  });

  it('says where in a word the quoted part begins', () => {
    expect(splitWords('user:"ana b"').words[0]).toEqual({
      text: 'user:ana b',
      start: 0,
      end: 12,
      quotedFrom: 5,
    });
  });

  it('takes off the links that Slack makes of addresses', () => {
    const line = 'user:<mailto:ana@example.com|ana@example.com> <http://a.b/c> <@U1|ana>';
    expect(textsOf(line)).toEqual(['user:ana@example.com', 'http://a.b/c', '<@U1|ana>']);
  });

  it('reports a quote that is never closed', () => {
    expect(splitWords('who "stopped it').unclosedQuoteAt).toBe(4);
  });

  it('gives positions that cut the same words out of the line', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', 'é', '\n', ':') }), (line) => {
        const cut = splitWords(line).words.map(({ start, end }) => line.slice(start, end));
        expect(cut).toEqual(textsOf(line));
      }),
    );
  });
});
