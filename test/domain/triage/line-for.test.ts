import { describe, expect, it } from 'vitest';
import { lineFor } from '../../../src/domain/triage/line-for.ts';
import { parseTriage } from '../../../src/domain/triage/parse-triage.ts';

const when = {
  timeZone: 'UTC',
  nowMs: Date.parse('2026-03-10T12:00:00Z'),
  meaning: 'past',
} as const;
const ID = 'RT-7K3F9';

describe('the line for one of several incidents', () => {
  it.each([
    'take',
    'export',
    'redact',
    'note two\nlines',
    'title Orders: slow',
    'handoff <@U0>',
    'handoff to <@U0|ana> look at the orders DB',
    'escalate',
    'escalate dba team',
    'escalate dba team: replication: broken',
    'severity',
    'sev2',
    'move',
    'move <#C012AB3CD|war>',
    'close',
    'not an incident',
    'close "to the limit"',
    'reopen it is back',
  ])('says the same as `%s`, and which', (typed) => {
    const request = parseTriage(typed, when);

    const line = lineFor(request, ID) ?? '';

    expect(line).toContain(` ${ID}`);
    expect(parseTriage(line, when)).toEqual({ ...request, incidentId: ID });
  });

  it.each([
    '',
    'help',
    'list',
    'status',
    'find x',
    'checkout is slow',
  ])('is none for `%s`', (typed) => {
    expect(lineFor(parseTriage(typed, when), ID)).toBeNull();
  });
});
