import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { runCommandIn } from '../support/run-command.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redthread-audit-'));
});
afterEach(() => rm(folder, { recursive: true }));

const entryOf = (changes: Partial<AuditEntry>): AuditEntry => ({
  atMs: Date.now(),
  userId: 'U1',
  channelId: 'C1',
  action: 'trail-lookup',
  question: 'who stopped i-0abc',
  recordCount: 3,
  outcome: 'complete',
  ...changes,
});

async function withEntries(...entries: readonly AuditEntry[]): Promise<void> {
  const store = await openStore({ redisUrl: null, dataDirectory: folder }, createKeptLog());
  for (const entry of entries) await store.recordAudit(entry);
  await store.close();
}

const audit = (...words: readonly string[]) =>
  runCommandIn({ REDTHREAD_DATA: folder }, 'audit', ...words);

describe('the audit log', () => {
  it('is printed whole, oldest first, one object a line', async () => {
    await withEntries(
      entryOf({ atMs: Date.UTC(2026, 2, 1) }),
      entryOf({ action: 'refusal', question: '/trail', outcome: 'guest' }),
    );
    const { code, out } = await audit();
    const rows = out
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row));
    expect(code).toBe(0);
    expect(rows.map(({ action }) => action)).toEqual(['trail-lookup', 'refusal']);
    expect(rows[0]).toMatchObject({ at: '2026-03-01T00:00:00.000Z', userId: 'U1', recordCount: 3 });
  });

  it('begins where it is wanted from', async () => {
    await withEntries(
      entryOf({ atMs: Date.UTC(2026, 2, 1), userId: 'U1' }),
      entryOf({ userId: 'U2' }),
    );
    const { out } = await audit('--since', '2d');
    expect(out).toContain('"U2"');
    expect(out).not.toContain('"U1"');
  });

  it('steers no terminal with what somebody asked', async () => {
    await withEntries(entryOf({ question: 'who \u001b[2J\u202e stopped it' }));
    const { out } = await audit();
    expect(['\u001b', '\u202e'].filter((character) => out.includes(character))).toEqual([]);
    expect(JSON.parse(out).question).toBe('who \u001b[2J\u202e stopped it');
  });

  it.each([
    [['--since', 'tomorrow'], /audit: --since: .*is not a time/],
    [['everything'], /audit: takes no words/],
    [['--all'], /audit: .*--all/],
  ])('is refused for %j with a sentence', async (words, sentence) => {
    const { code, errors } = await audit(...words);
    expect(code).toBe(2);
    expect(errors).toMatch(sentence);
  });
});
