import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Inline,
  type MrkdwnPart,
  parseMrkdwn,
} from '../../../src/simulator/workspace/page/mrkdwn.ts';

describe('mrkdwn', () => {
  test('marks around words are styles, marks inside words are characters', () => {
    const parts = parseMrkdwn('*bold* _it_ ~no~ a_b_c 2*3*4');

    expect(parts).toEqual([
      {
        kind: 'lines',
        children: [
          { kind: 'strong', children: [text('bold')] },
          text(' '),
          { kind: 'em', children: [text('it')] },
          text(' '),
          { kind: 's', children: [text('no')] },
          text(' a_b_c 2*3*4'),
        ],
      },
    ]);
  });

  test('styles nest', () => {
    expect(inlinesOf('*a _b_*')).toEqual([
      { kind: 'strong', children: [text('a '), { kind: 'em', children: [text('b')] }] },
    ]);
  });

  test('angle brackets hold mentions, links and dates', () => {
    const found = inlinesOf(
      '<@U1|ana><#C1|ops><!here><!subteam^S1|@sre><https://e.org/?a=1&amp;b=2|here><!date^12^{date}^https://e.org|then>',
    );

    expect(found).toEqual([
      { kind: 'user', id: 'U1', name: 'ana' },
      { kind: 'channel', id: 'C1', name: 'ops' },
      { kind: 'broadcast', range: 'here' },
      { kind: 'group', id: 'S1', name: '@sre' },
      { kind: 'link', url: 'https://e.org/?a=1&b=2', label: 'here' },
      { kind: 'date', seconds: 12, format: '{date}', url: 'https://e.org', fallback: 'then' },
    ]);
  });

  test('escaped characters are text, also where they look like markup', () => {
    expect(inlinesOf('&lt;@U1&gt; &amp;lt;')).toEqual([text('<@U1> &lt;')]);
  });

  test('code and fences keep their marks', () => {
    expect(inlinesOf('`*a*`')).toEqual([{ kind: 'code', text: '*a*' }]);
    expect(parseMrkdwn('x\n```\n*a*\n b\n```\ny')).toEqual([
      { kind: 'lines', children: [text('x\n')] },
      { kind: 'pre', text: '*a*\n b' },
      { kind: 'lines', children: [text('y')] },
    ]);
  });

  test('lines that begin with an escaped > are one quote', () => {
    expect(parseMrkdwn('&gt; a\n&gt; b\nc').map(({ kind }) => kind)).toEqual(['quote', 'lines']);
  });

  test('what looks like a Markdown heading or list stays as typed', () => {
    expect(inlinesOf('# one\n- two\n1. three')).toEqual([text('# one\n- two\n1. three')]);
  });

  test('a bare address is a link without the full stop after it', () => {
    expect(inlinesOf('see https://e.org/x.')).toEqual([
      text('see '),
      { kind: 'link', url: 'https://e.org/x', label: 'https://e.org/x' },
      text('.'),
    ]);
  });

  test('no letter is lost, whatever marks surround it', () => {
    const marks = fc.string({
      unit: fc.constantFrom('a', 'b', '*', '_', '~', '`', ' ', '\n', '>'),
    });
    fc.assert(
      fc.property(marks, (typed) => {
        const letters = lettersOf(parseMrkdwn(typed));
        expect(letters).toBe(typed.replace(/[^ab]/g, ''));
      }),
    );
  });
});

function text(characters: string): Inline {
  return { kind: 'text', text: characters };
}

function inlinesOf(mrkdwn: string): readonly Inline[] {
  return parseMrkdwn(mrkdwn).flatMap((part) => ('children' in part ? part.children : []));
}

function lettersOf(parts: readonly (MrkdwnPart | Inline)[]): string {
  return parts
    .map((part) =>
      'children' in part ? lettersOf(part.children) : 'text' in part ? part.text : '',
    )
    .join('')
    .replace(/[^ab]/g, '');
}
