import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';
import { freePort, startRedisServer } from '../support/redis-server.ts';
import { findHistoryProblems } from './support/check-history.ts';
import { openPlace, type Place } from './support/open-place.ts';
import { type Acknowledged, startWriter } from './support/writers.ts';

const run = promisify(execFile);
const APPENDS = 40;
const TEST_LIMIT_MS = 120_000;

let directory: string;
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'redthread-backup-'));
  closing.push(() => rm(directory, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function problemsIn(
  place: Place,
  acknowledged: readonly Acknowledged[],
): Promise<readonly string[]> {
  const store = await openPlace(place, createKeptLog());
  const problems = await findHistoryProblems(store, acknowledged);
  await store.close();
  return problems;
}

/** The commands are those of docs/operating.md. */
describe('a backup taken while the bot works', () => {
  it(
    'of the embedded store is whole: the process is held while its files are copied',
    async () => {
      const live = join(directory, 'live');
      const writer = startWriter({ kind: 'sqlite', path: join(live, 'redthread.db') }, 'one');
      closing.push(() => writer.kill9());
      await writer.waitForMore(APPENDS);
      const before = writer.acknowledged();
      const saved = join(directory, 'saved');
      await mkdir(saved);
      writer.pause();
      for (const name of await readdir(live)) await copyFile(join(live, name), join(saved, name));
      writer.resume();
      await writer.waitForMore(APPENDS);

      const path = join(saved, 'redthread.db');
      expect(await problemsIn({ kind: 'sqlite', path }, before)).toEqual([]);
      const database = new DatabaseSync(path, { readOnly: true });
      const found = database.prepare('PRAGMA integrity_check').get();
      database.close();
      expect(found).toEqual({ integrity_check: 'ok' });
    },
    TEST_LIMIT_MS,
  );

  it(
    'of Redis is whole, and is kept in the append-only file once it is restored',
    async () => {
      const server = await startRedisServer();
      closing.push(server.close);
      const installation = 'main';
      const writer = startWriter({ kind: 'redis', url: server.url, installation }, 'one');
      closing.push(() => writer.kill9());
      await writer.waitForMore(APPENDS);
      const before = writer.acknowledged();
      const saved = join(directory, 'restored');
      await mkdir(saved);
      await run('redis-cli', ['-p', `${server.port}`, '--rdb', join(saved, 'dump.rdb')]);
      await writer.waitForMore(APPENDS);

      const port = await freePort();
      const url = `redis://127.0.0.1:${port}`;
      const first = await serve(saved, port, 'no');
      await ask(port, 'CONFIG', 'SET', 'appendonly', 'yes');
      await until('the append-only file is written', async () => {
        const info = await ask(port, 'INFO', 'persistence');
        return /aof_rewrite_in_progress:0/.test(info) && /aof_rewrite_scheduled:0/.test(info);
      });
      await stop(first, port);
      const second = await serve(saved, port, 'yes');
      const problems = await problemsIn({ kind: 'redis', url, installation }, before);
      await stop(second, port);
      expect(problems).toEqual([]);
    },
    TEST_LIMIT_MS,
  );
});

async function serve(folder: string, port: number, appendOnly: string): Promise<ChildProcess> {
  const settings = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder, '--save', ''];
  const words = [...settings, '--appendonly', appendOnly, '--appendfsync', 'always'];
  const child = spawn('redis-server', words, { stdio: 'ignore' });
  closing.push(async () => child.kill('SIGKILL'));
  await until('Redis answers', async () => (await ask(port, 'PING')).startsWith('PONG'));
  return child;
}

async function stop(child: ChildProcess, port: number): Promise<void> {
  const ended = once(child, 'exit');
  await ask(port, 'SHUTDOWN', 'NOSAVE').catch(() => undefined);
  await ended;
}

async function ask(port: number, ...words: readonly string[]): Promise<string> {
  const { stdout } = await run('redis-cli', ['-p', `${port}`, ...words]);
  return stdout;
}
