import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choosePlaybook,
  type PlaybookFacts,
} from '../../../src/domain/playbook/choose-playbook.ts';
import { fitsGlob } from '../../../src/domain/playbook/fits-pattern.ts';
import type { Playbook } from '../../../src/domain/playbook/playbook.ts';
import { aPlaybook } from '../../support/playbook-builders.ts';
import { anAlarm } from '../investigation/builders.ts';

const downtime = aPlaybook({
  words: ['down', 'website down', 'outage'],
  patterns: [{ namespace: null, metric: null, symptom: 'errors' }],
});
const cost = aPlaybook({
  id: 'cost',
  title: 'Cost',
  words: ['bill', 'cost'],
  patterns: [{ namespace: 'AWS/Billing', metric: null, symptom: null }],
});
const generic = aPlaybook({ id: 'generic', title: 'Generic', words: [], precedence: 0 });
const all = [downtime, cost, generic];

const errors = (name: string) => anAlarm(name);
const bill = anAlarm('bill', { namespace: 'AWS/Billing', metric: 'EstimatedCharges' });

const choose = (title: string, alarms: PlaybookFacts['alarms'] = [], playbooks = all) =>
  choosePlaybook({ title, alarms }, playbooks);

describe('choosing a playbook', () => {
  it('goes by words of the title, whatever their case and what stands between them', () => {
    expect(choose('WEBSITE — down!')?.playbook.id).toBe('downtime');
    expect(choose('the bill jumped')?.playbook.id).toBe('cost');
  });

  it('says which words, the longest phrase only', () => {
    expect(choose('website down')?.reason).toBe('The title says “website down”.');
    expect(choose('outage: website down')?.reason).toBe(
      'The title says “website down” and “outage”.',
    );
  });

  it('takes no part of a word for a word', () => {
    expect(choose('download of billing reports stuck')?.playbook.id).toBe('generic');
  });

  it('goes by alarms where the title says nothing, and names one', () => {
    const choice = choose('odd', [errors('checkout-5xx'), errors('orders-5xx')]);
    expect(choice?.playbook.id).toBe('downtime');
    expect(choice?.reason).toBe('2 alarms are of that kind, such as “checkout-5xx”.');
    expect(choose('odd', [bill])?.reason).toBe('The alarm “bill” is of that kind.');
  });

  it('counts title and alarms together', () => {
    const choice = choose('the cost of being down', [bill]);
    expect(choice?.playbook.id).toBe('cost');
    expect(choice?.reason).toBe('The title says “cost” and the alarm “bill” is of that kind.');
  });

  it('lets a storm of alarms count as three', () => {
    const storm = Array.from({ length: 40 }, (_, index) => errors(`alarm-${index}`));
    expect(choose('bill and cost, bill doubled', storm)?.playbook.id).toBe('downtime');
    expect(choose('bill and cost', [bill, ...storm.slice(0, 1)])?.playbook.id).toBe('cost');
    const words = aPlaybook({ id: 'own', words: ['one two three four'], patterns: [] });
    expect(choose('one two three four', storm, [...all, words])?.playbook.id).toBe('own');
  });

  it('takes a phrase for more than its words and a storm of alarms', () => {
    const storm = Array.from({ length: 40 }, (_, index) => errors(`alarm-${index}`));
    const unreachable = aPlaybook({ id: 'unreachable', words: ['ssh times out'], patterns: [] });
    const among = [...all, unreachable];
    expect(choose('website down, ssh times out', storm, among)?.playbook.id).toBe('unreachable');
    expect(choose('ssh is slow and times out', storm, among)?.playbook.id).toBe('downtime');
  });

  it('falls back to the generic one and says so', () => {
    const choice = choose('orders arrive twice');
    expect(choice?.playbook.id).toBe('generic');
    expect(choice?.reason).toBe('Neither the title nor an alarm points to a special one.');
  });

  it('settles a tie by precedence, then by id, whatever the order', () => {
    const security = aPlaybook({ id: 'security', words: ['down'], precedence: 90 });
    const playbooks = [downtime, security, cost, generic];
    expect(choose('it is down', [], playbooks)?.playbook.id).toBe('security');
    expect(choose('it is down', [], playbooks.toReversed())?.playbook.id).toBe('security');
    const twin = aPlaybook({ id: 'a-twin', words: ['down'] });
    expect(choose('it is down', [], [downtime, twin])?.playbook.id).toBe('a-twin');
    expect(choose('it is down', [], [twin, downtime])?.playbook.id).toBe('a-twin');
  });

  it('has nothing to choose from an empty list', () => {
    expect(choose('website down', [], [])).toBeNull();
  });
});

const word = fc.constantFrom(
  'down',
  'bill',
  'ssh',
  'Denied',
  'up',
  '*',
  '..',
  '',
  'ünïcode',
  '5xx',
);
const phrase = fc.array(word, { maxLength: 3 }).map((parts) => parts.join(' '));
const playbook: fc.Arbitrary<Playbook> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'generic'),
    words: fc.array(phrase, { maxLength: 5 }),
    precedence: fc.integer({ min: 0, max: 2 }),
  })
  .map(aPlaybook);
const alarms = fc.array(fc.constantFrom(errors('one'), errors('two'), bill), { maxLength: 5 });
const facts = fc.record({ title: fc.oneof(fc.string(), phrase), alarms });
const playbooks = fc.uniqueArray(playbook, { minLength: 1, selector: ({ id }) => id });

describe('whatever the title and the playbooks', () => {
  it('one of the given ones is chosen, with a sentence', () => {
    fc.assert(
      fc.property(facts, playbooks, (known, given) => {
        const choice = choosePlaybook(known, given);
        expect(given).toContain(choice?.playbook);
        expect(choice?.reason).toMatch(/^[A-Z0-9].+\.$/u);
        expect(choice?.reason.length).toBeLessThan(400);
      }),
    );
  });

  it('their order makes no difference', () => {
    fc.assert(
      fc.property(facts, playbooks, (known, given) => {
        const ids = [given, given.toReversed()].map(
          (list) => choosePlaybook(known, list)?.playbook.id,
        );
        expect(ids[0]).toBe(ids[1]);
      }),
    );
  });

  it('one more of its words never makes the chosen one lose', () => {
    fc.assert(
      fc.property(facts, playbooks, (known, given) => {
        const before = choosePlaybook(known, given)?.playbook;
        const unique = 'zzz';
        const raised = given.map((row) =>
          row.id === before?.id ? { ...row, words: [...row.words, unique] } : row,
        );
        const after = choosePlaybook({ ...known, title: `${known.title} ${unique}` }, raised);
        expect(after?.playbook.id).toBe(before?.id);
      }),
    );
  });
});

describe('a pattern with stars', () => {
  it.each([
    ['checkout-5xx', 'checkout-*', true],
    ['checkout', 'checkout-*', false],
    ['StatusCheckFailed_System', 'statuscheckfailed*', true],
    ['a-b-c', 'a*b*c', true],
    ['ab', 'a*b*b', false],
    ['aba', 'ab*ba', false],
    ['', '*', true],
    ['anything', '', false],
    ['a.c', 'a?c', false],
  ])('%s against %s: %s', (text, glob, fits) => {
    expect(fitsGlob(text, glob)).toBe(fits);
  });

  it('fits whatever stands between its parts', () => {
    const part = fc.string().map((text) => text.replaceAll('*', ''));
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), part, (parts, between) => {
        expect(fitsGlob(parts.join(between), parts.join('*'))).toBe(true);
      }),
    );
  });

  it('is answered at once, however it is made', () => {
    expect(fitsGlob('a'.repeat(10_000), `${'a*'.repeat(49)}b`)).toBe(false);
  });
});
