import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { createDatabase } from '../../../src/store/sqlite/database.ts';
import { migrate } from '../../../src/store/sqlite/migrations.ts';
import { createSqliteStore, openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { UNPRIVILEGED } from '../../support/image-layout.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { anAppend, aScheduled } from '../../support/store-builders.ts';
import { startWriter } from '../support/writers.ts';

const WRITER = fileURLToPath(new URL('../support/writer-process.ts', import.meta.url));

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'redthread-sqlite-'));
  path = join(directory, 'data', 'redthread.db');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (lockWaitMs = 0): Promise<Store> =>
  openSqliteStore({ path, log: createKeptLog(), lockWaitMs });

/** Changes the file as somebody else might, past the store. */
function tamper(sql: string): void {
  const raw = new DatabaseSync(path);
  raw.exec(sql);
  raw.close();
}

describe('a second opening of the same file', () => {
  it('is refused with a sentence that says what to do', async () => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({
      code: 'store-locked',
      message: expect.stringMatching(/redthread\.db is in use by another process.*REDIS_URL/),
    });
    await store.close();
  });

  it('does not disturb the first', async () => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({ code: 'store-locked' });
    expect(await store.append(anAppend())).toMatchObject({ kind: 'appended' });
    await expect(open()).rejects.toMatchObject({ code: 'store-locked' });
    await store.close();
  });

  it('is refused while another process has it, and works once that was killed', async () => {
    const writer = startWriter({ kind: 'sqlite', path }, 'holder');
    await writer.waitForMore(1);
    await expect(open()).rejects.toMatchObject({ code: 'store-locked' });
    await writer.kill9();
    const store = await open();
    await store.ping();
    await store.close();
  });

  it('makes a second process end with that error', async () => {
    const store = await open();
    const place = JSON.stringify({ kind: 'sqlite', path });
    const child = spawn(process.execPath, [WRITER, place, 'second'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const [exitCode] = await once(child, 'close');
    expect(exitCode).not.toBe(0);
    expect(said.join('')).toContain('store-locked');
    await store.close();
  });
});

describe('a file that another program has', () => {
  const backup = async () => {
    await (await open()).close();
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    return other;
  };

  it('is waited for', async () => {
    const other = await backup();
    const opening = open(20_000);
    setTimeout(() => other.close(), 200);
    const store = await opening;
    expect(await store.append(anAppend())).toMatchObject({ kind: 'appended' });
    await store.close();
  });

  it('is given up after a time, with a sentence, and opens when it is free', async () => {
    const other = await backup();
    await expect(open(200)).rejects.toMatchObject({
      code: 'store-locked',
      message: expect.stringContaining('A backup or another program that has it must end first'),
    });
    other.close();
    await (await open()).close();
  });
});

describe('a file that cannot be used', () => {
  it.each([
    [
      'a file that may not be written to',
      0o700,
      0o400,
      'could not be read or written. Check the disk, and who owns',
    ],
    [
      'a file in a folder that may not be written to',
      0o500,
      0o600,
      'cannot be written to. Check who owns it',
    ],
  ])('is out of reach as %s, and opens when that is mended', async (_what, folder, file, why) => {
    await (await open()).close();
    const ours = UNPRIVILEGED.uid ?? process.getuid?.() ?? 0;
    chmodSync(directory, 0o755);
    for (const each of [dirname(path), path]) chownSync(each, ours, UNPRIVILEGED.gid ?? ours);
    chmodSync(path, file);
    chmodSync(dirname(path), folder);
    const child = spawn(process.execPath, [WRITER, JSON.stringify({ kind: 'sqlite', path }), 'w'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...UNPRIVILEGED,
    });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    await once(child, 'close');
    expect(said.join('')).toMatch(`The database file ${path} ${why}`);
    expect(said.join('')).toContain('store-unavailable');
    chmodSync(dirname(path), 0o700);
    chmodSync(path, 0o600);
    await (await open()).close();
  });

  it('is called damaged when it is not a database', async () => {
    await (await open()).close();
    writeFileSync(path, 'this is not a database, however long one may look at it'.repeat(50));
    await expect(open()).rejects.toMatchObject({
      code: 'store-corrupt',
      message: expect.stringContaining(path),
    });
  });

  it('is refused when a newer Redthread wrote it', async () => {
    await (await open()).close();
    tamper('PRAGMA user_version = 99');
    await expect(open()).rejects.toMatchObject({ code: 'store-unsafe' });
  });

  it('is out of reach when its folder cannot be made', async () => {
    writeFileSync(join(directory, 'data'), 'a file where the folder should be');
    await expect(open()).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it('names the key of a value that cannot be read', async () => {
    const store = await open();
    await store.append(anAppend());
    await store.close();
    tamper(`UPDATE events SET body = '{"version":1}'`);
    const reopened = await open();
    await expect(reopened.readEvents('RT-1')).rejects.toMatchObject({
      code: 'store-corrupt',
      message: expect.stringContaining('events/RT-1/1'),
    });
    await reopened.close();
  });
});

describe('a full disk', () => {
  it('fails the append whole and lets reading go on', async () => {
    const raw = new DatabaseSync(':memory:');
    const database = createDatabase(raw, path);
    migrate(database, path);
    const store = createSqliteStore(database, { log: createKeptLog() });
    await store.append(anAppend());
    raw.exec('PRAGMA max_page_count = 1');
    const large = anAppend({ expectedVersion: 1, eventCount: 200, work: [aScheduled()] });
    await expect(store.append(large)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('disk is full'),
    });
    expect(await store.readEvents('RT-1')).toHaveLength(1);
    expect(await store.workCounts()).toMatchObject({ pending: 0 });
    await store.saveCached('window', 'x'.repeat(100_000), 60_000);
    expect(await store.readCached('window')).toBeNull();
    raw.exec('PRAGMA max_page_count = 100000');
    expect(await store.append(large)).toEqual({ kind: 'appended', version: 201 });
    await store.close();
  });
});
