import { describe, expect, it } from 'vitest';
import { DEFAULT_APPROVAL } from '../../src/domain/incident/approval.ts';
import { configFile } from '../support/config-file.ts';

const file = configFile();
const read = (yaml: string) => file.read(yaml).approval;

describe('who approves a plan', () => {
  it('is anybody but the planner, as long as nobody says otherwise', () => {
    expect(read('')).toEqual(DEFAULT_APPROVAL);
  });

  it('is said for each severity, and for people and user groups by their ids', () => {
    expect(
      read(
        'approval: {sev3: none, sev4: none, entitled: [U0123ABCD, W0123ABCD, U0123ABCD, S0123ABCD]}',
      ),
    ).toEqual({
      rules: { sev1: 'one-other', sev2: 'one-other', sev3: 'none', sev4: 'none' },
      entitledIds: ['U0123ABCD', 'W0123ABCD', 'S0123ABCD'],
    });
  });

  it.each([
    ['approval: none', /approval must be a table/],
    ['approval: {sev1: two}', /approval\.sev1 must be one-other .* or none/],
    ['approval: {sev5: none}', /sev5/],
    ['approval: {entitled: ["@ana"]}', /approval\.entitled\.0 must be the Slack id of a person/],
    ['approval: {entitled: []}', /approval\.entitled is empty/],
  ])('is refused where it says %s', (yaml, sentence) => {
    expect(() => read(yaml)).toThrow(sentence);
  });
});
