import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmsNamedIn } from '../../../src/aws/cloudwatch/alarm-rule.ts';

const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:';

describe('the alarms named in the rule of a composite alarm', () => {
  it.each([
    ['one without quotes', 'ALARM(cpu-high)', ['cpu-high']],
    [
      'several in several states',
      'ALARM("a") AND NOT OK(b) OR INSUFFICIENT_DATA( "c" )',
      ['a', 'b', 'c'],
    ],
    ['one that is named twice', '(ALARM(a) OR ALARM(b)) AND NOT ALARM(a)', ['a', 'b']],
    ['by ARN, with and without quotes', `ALARM("${arn}a: b") OR ALARM(${arn}c)`, ['a: b', 'c']],
    [
      'with parentheses and quotes in their names',
      'ALARM("a (b) \\"c\\" OK(d)")',
      ['a (b) "c" OK(d)'],
    ],
    ['with spaces without quotes', 'ALARM(my alarm)', ['my alarm']],
    [
      'in a list of which so many must be in a state',
      'AT_LEAST(2, ALARM, (a, "b,c", d)) OR ALARM(e)',
      ['a', 'b,c', 'd', 'e'],
    ],
    ['called like a state', 'ALARM(OK) OR ALARM("ALARM")', ['OK', 'ALARM']],
    ['not at all', 'TRUE OR (FALSE AND NOT TRUE)', []],
    ['before the rule breaks off', 'ALARM(a) AND ALARM("b', ['a', 'b']],
    ['with nothing in a call', 'ALARM() OR ALARM("") OR ALARM(a)', ['a']],
  ])('are found: %s', (_, rule, names) => {
    expect(alarmsNamedIn(rule)).toEqual(names);
  });

  it('are at most a hundred, as AWS allows no more', () => {
    const rule = Array.from({ length: 300 }, (_, index) => `ALARM(a${index})`).join(' OR ');

    expect(alarmsNamedIn(rule)).toHaveLength(100);
  });

  it('are found again whatever they are called', () => {
    const name = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), (names) => {
        const quoted = names.map((each) => each.replaceAll(/[\\"]/g, '\\$&'));
        const rule = quoted.map((each) => `ALARM("${each}")`).join(' OR ');

        expect(new Set(alarmsNamedIn(rule))).toEqual(new Set(names));
      }),
    );
  });

  it('never stop the reading, whatever the rule is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('ALARM', '(', ')', ',', '"', '\\', ' ', 'x') }),
        (rule) => {
          expect(alarmsNamedIn(rule).length).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});
