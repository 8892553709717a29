import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { DEFAULT_APPROVAL } from '../../src/domain/incident/approval.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-approval-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(yaml: string) {
  const path = join(folder, 'redthread.yaml');
  writeFileSync(path, `regions: [eu-west-1]\n${yaml}\n`);
  return readConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    REDTHREAD_CONFIG: path,
  }).approval;
}

describe('who approves a plan', () => {
  it('is anybody but the planner, as long as nobody says otherwise', () => {
    expect(read('')).toEqual(DEFAULT_APPROVAL);
  });

  it('is said for each severity, and for people and user groups by their ids', () => {
    expect(
      read('approval: {sev3: none, sev4: none, entitled: [U0123ABCD, W0123ABCD, U0123ABCD, S0123ABCD]}'),
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
