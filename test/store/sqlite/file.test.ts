import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { STORE_LIMITS } from '../../../src/store/limits.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import {
  anAppend,
  anAuditEntry,
  anOpening,
  aScheduled,
  claimOne,
  OPENED_AT_MS,
} from '../../support/store-builders.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'redthread-sqlite-'));
  path = join(directory, 'data', 'redthread.db');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (lockWaitMs = 0): Promise<Store> =>
  openSqliteStore({ path, log: createKeptLog(), lockWaitMs });

/** The same file, opened by the next process at this moment. */
async function openNext(nowMs: number, before: Store): Promise<Store> {
  await before.close();
  return openSqliteStore({ path, log: createKeptLog(), now: () => nowMs });
}

/** Changes the file as somebody else might, past the store. */
function tamper(sql: string): void {
  const raw = new DatabaseSync(path);
  raw.exec(sql);
  raw.close();
}

describe('the database file', () => {
  it('gives back at once what a process that is gone was holding', async () => {
    const before = await open();
    await before.schedule([aScheduled({ dueAtMs: 0 })], null);
    const held = await claimOne(before, 60_000);
    await before.close();

    const after = await open();
    const { nextDueAtMs } = await after.workCounts();
    expect(nextDueAtMs).toBeLessThan(Date.now() + 5_000);
    const later = await openNext(Date.now() + 10_000, after);
    const again = await claimOne(later);
    expect(again).toMatchObject({ workId: held?.workId, attempt: (held?.attempt ?? 0) + 1 });
    await later.close();
  });

  it('is made with its folder, for its owner alone', async () => {
    const store = await open();
    await store.append(anAppend());
    const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);
    expect(modeOf(join(directory, 'data'))).toBe('700');
    expect([modeOf(path), modeOf(`${path}-wal`)]).toEqual(['600', '600']);
    await store.close();
  });

  it('keeps everything over a restart', async () => {
    const first = await open();
    await first.append(anAppend({ work: [aScheduled()] }));
    await first.close();
    const second = await open();
    expect(await second.append(anAppend())).toEqual({ kind: 'duplicate', version: 1 });
    expect(await second.readEvents('RT-1')).toEqual(anAppend().events);
    expect(await second.workCounts()).toMatchObject({ pending: 1 });
    await second.close();
  });
});

describe('a file of the first schema', () => {
  it('opens with all that it holds, and can cache from then on', async () => {
    mkdirSync(join(directory, 'data'));
    tamper(readFileSync(new URL('../data/schema-v1.sql', import.meta.url), 'utf8'));
    const store = await open();
    expect(await store.readEvents('RT-1')).toEqual(anAppend().events);
    expect(await store.workCounts()).toMatchObject({ pending: 1 });
    await store.saveCached('window', 'body', 60_000);
    await (await openNext(Date.now(), store)).close();
    const again = await open();
    expect(await again.readCached('window')).toBe('body');
    await again.close();
  });
});

describe('what is kept only for a time', () => {
  it('forgets a dedupe id after 25 hours and not before', async () => {
    let nowMs = OPENED_AT_MS;
    const log = createKeptLog();
    const store = await openSqliteStore({ path: ':memory:', log, now: () => nowMs });
    await store.schedule([], 'tap');
    nowMs += STORE_LIMITS.dedupeTtlMs - 1;
    expect(await store.schedule([], 'tap')).toBe(false);
    nowMs += 1;
    expect(await store.schedule([], 'tap')).toBe(true);
    await store.close();
  });

  it('trims the audit log by number and by age', async () => {
    let nowMs = OPENED_AT_MS;
    const store = await openSqliteStore({
      path: ':memory:',
      log: createKeptLog(),
      now: () => nowMs,
      auditRetention: { entriesMax: 3, keepMs: 1_000 },
    });
    const questions = async () => (await store.readAudit(9)).map((entry) => entry.question);
    for (const question of ['1', '2', '3', '4']) {
      await store.recordAudit(anAuditEntry({ question }));
    }
    expect(await questions()).toEqual(['4', '3', '2']);
    nowMs += 1_001;
    await store.recordAudit(anAuditEntry({ question: '5' }));
    expect(await questions()).toEqual(['5']);
    await store.close();
  });
});

it('computes a snapshot that it cannot read from the events', async () => {
  const first = await open();
  await first.append(anOpening());
  await first.close();
  tamper(`UPDATE incidents SET state = '{"of":"long ago"}'`);
  const store = await open();
  expect(await store.readState('RT-1')).toMatchObject({ version: 1, title: 'Checkout is slow' });
  await store.close();
});

it('sets a work item aside that it cannot read, and hands out the others', async () => {
  const first = await open();
  await first.schedule([aScheduled({ workId: 'bad' }), aScheduled({ workId: 'good' })], null);
  await first.close();
  tamper(`UPDATE work SET payload = '{"kind":"from the future"}' WHERE work_id = 'bad'`);
  const log = createKeptLog();
  const store = await openSqliteStore({ path, log });
  const claims = await store.claimWork({ leaseMs: 1_000, limit: 9 });
  expect(claims.map((claim) => claim.workId)).toEqual(['good']);
  expect(log.lines).toMatchObject([{ level: 'warn', fields: { workId: 'bad' } }]);
  await store.close();
});

it('keeps a bounded number of dead letters', async () => {
  const store = await openSqliteStore({ path: ':memory:', log: createKeptLog() });
  for (let count = 0; count < STORE_LIMITS.deadWorkMax + 5; count += 1) {
    await store.schedule([aScheduled()], null);
    const failure = { reason: `failure ${count}`, delayMs: 0, failuresMax: 1 };
    await store.failWork(await claimOne(store), failure);
  }
  expect(await store.workCounts()).toMatchObject({ dead: STORE_LIMITS.deadWorkMax });
  const newest = `failure ${STORE_LIMITS.deadWorkMax + 4}`;
  expect(await store.listDeadWork(1)).toMatchObject([{ reason: newest }]);
  await store.close();
});
