import { describe, expect, test } from 'vitest';
import {
  findCompletions,
  toTyped,
  toWire,
} from '../../../src/simulator/workspace/page/composition.ts';
import { ana, aPerson, aWorkspace, ben, bot } from './page-builders.ts';

const names = aWorkspace();

describe('completions', () => {
  test('a slash offers the commands that begin like that', () => {
    const list = findCompletions('/tri', 4, names);

    expect(list?.kind).toBe('command');
    expect(list?.items.map(({ insert }) => insert)).toEqual(['/triage ']);
  });

  test('a command with arguments and a slash inside a sentence offer nothing', () => {
    expect(findCompletions('/triage x', 9, names)).toBeNull();
    expect(findCompletions('see /tri', 8, names)).toBeNull();
  });

  test('an @ offers people by handle and by any word of their name, the bot too', () => {
    expect(findCompletions('ask @oka', 8, names)?.items.map(({ key }) => key)).toEqual([ben.id]);
    expect(findCompletions('@red', 4, names)?.items.map(({ key }) => key)).toEqual([bot.id]);
  });

  test('an e-mail address is not a mention', () => {
    expect(findCompletions('ana@be', 6, names)).toBeNull();
  });
});

describe('names in typed text', () => {
  test('become tokens whole, in any case, the longest first', () => {
    const people = [...names.people, aPerson({ id: 'U9', name: 'ana.l', realName: 'Ana' })];

    expect(toWire('@Ana Lopes, @ana and @ana.l', { ...names, people })).toBe(
      '<@U1>, <@U9> and <@U9>',
    );
  });

  test('stay text inside other words and addresses', () => {
    expect(toWire('x@ben.org @benjamin #checkout-2', names)).toBe(
      'x@ben.org @benjamin #checkout-2',
    );
  });

  test('channels and broadcasts become tokens, all else is left for the server to escape', () => {
    expect(toWire('@here see #checkout <b>&', names)).toBe('<!here> see <#C1> <b>&');
  });

  test('come back when a message is edited', () => {
    const wire = 'a &lt;b&gt; <@U1> in <#C1|checkout> <!here> <https://e.org|e>';

    expect(toTyped(wire, names)).toBe('a <b> @Ana Lopes in #checkout @here https://e.org');
    expect(toWire(toTyped('<@U1> &amp; x', names), names)).toBe(`<@${ana.id}> & x`);
  });
});
