import { describe, expect, it } from 'vitest';
import { parseTriage } from '../../../src/domain/triage/parse-triage.ts';
import type { TriageError } from '../../../src/domain/triage/triage-command.ts';

const when = {
  timeZone: 'Europe/Berlin',
  nowMs: Date.parse('2026-03-10T12:00:00Z'),
  meaning: 'past',
} as const;

function refused(text: string): TriageError {
  const command = parseTriage(text, when);
  expect(command).toMatchObject({ kind: 'error' });
  return command as TriageError;
}

describe('a line that is refused', () => {
  it.each([
    ['list of orders', '`list` takes nothing after it', 5, 14],
    ['move checkout', 'as a channel that Slack recognises', 5, 13],
    ['move <#C012> <#C013>', 'as a channel that Slack recognises', 5, 20],
    ['move x<#C012>', 'as a channel that Slack recognises', 5, 13],
    ['handoff ana', 'as a mention that Slack recognises', 8, 11],
    ['handoff x<@U012>', 'as a mention that Slack recognises', 8, 16],
    ['handoff to', 'as a mention that Slack recognises', 0, 7],
    ['note', 'Say what to note', 0, 4],
    ['find ', 'Say what to look for', 0, 4],
    ['reopen', 'Say why: `reopen ID REASON`', 0, 6],
    ['severity high', 'one of sev1', 9, 13],
    ['title ', 'Say the new title', 0, 5],
    ['reopen RT-7K3F9', 'Say why: `reopen RT-7K3F9 REASON`', 7, 15],
    ['redact hunter2', 'Do not type the text', 7, 14],
    ['drill', 'Say what to practise', 0, 5],
    ['ab "down', 'never closed', 3, 8],
    ['x'.repeat(3001), 'longer than 3000 characters', 3000, 3001],
  ])('points at what is wrong in `%s`', (line, part, start, end) => {
    const error = refused(line);
    expect(error).toMatchObject({ start, end });
    expect(error.sentence).toContain(part);
  });
});
