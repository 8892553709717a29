import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const START_LIMIT_MS = 20_000;
const POLL_MS = 20;

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Where the nodes of a Cluster talk to each other; 0: not one. */
  readonly busPort: number;
  /** Ends it as a crash would: no farewell, no last write. */
  kill9(): Promise<void>;
  /** Holds it as it is, with its connections open, until it is ended. */
  pause(): void;
  /** Starts it again on the same port and the same files. */
  restart(): Promise<void>;
  /** Stops it and removes its files. */
  close(): Promise<void>;
}

/** Settings as `redis-server` takes them on its command line, without the dashes. */
type RedisSettings = Readonly<Record<string, string>>;

const SAFE_SETTINGS: RedisSettings = {
  appendonly: 'yes',
  appendfsync: 'always',
  'maxmemory-policy': 'noeviction',
};

/**
 * A private server on a free loopback port, with a folder of its own; with the lines of a sentinel's
 * configuration a sentinel.
 */
export async function startRedisServer(
  settings: RedisSettings = {},
  sentinel: readonly string[] = [],
): Promise<RedisServer> {
  const binary = findBinary();
  const directory = await mkdtemp(join(tmpdir(), 'redthread-redis-'));
  const port = await freePort();
  const words =
    sentinel.length === 0
      ? serverWords({ ...settings, dir: directory, port: `${port}` })
      : await sentinelWords(directory, [...sentinel, `port ${port}`, `dir ${directory}`]);
  let child = await start(binary, words, port);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    busPort: Number(settings['cluster-port'] ?? 0),
    kill9: () => end(child, 'SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    async restart() {
      child = await start(binary, words, port);
    },
    async close() {
      await end(child, 'SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function serverWords(settings: RedisSettings): readonly string[] {
  const all = { bind: '127.0.0.1', ...SAFE_SETTINGS, ...settings, save: '' };
  return Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Sentinels write what they learn into their file, so they must have one. */
async function sentinelWords(directory: string, lines: readonly string[]) {
  const path = join(directory, 'sentinel.conf');
  await writeFile(path, ['bind 127.0.0.1', ...lines, ''].join('\n'));
  return [path, '--sentinel'];
}

function findBinary(): string {
  const binary = process.env['REDIS_SERVER_PATH'] ?? 'redis-server';
  try {
    execFileSync(binary, ['--version'], { stdio: 'ignore' });
    return binary;
  } catch (cause) {
    throw new Error(
      `These tests need redis-server, and "${binary}" does not run. Install Redis (apt-get install redis-server, brew install redis) or set REDIS_SERVER_PATH.`,
      { cause },
    );
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function start(
  binary: string,
  words: readonly string[],
  port: number,
): Promise<ChildProcess> {
  const child = spawn(binary, words, { stdio: 'ignore' });
  const endWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  const giveUpAtMs = Date.now() + START_LIMIT_MS;
  while (!(await answersPing(port))) {
    if (child.exitCode !== null || Date.now() > giveUpAtMs) {
      child.kill('SIGKILL');
      throw new Error(`redis-server did not start on port ${port}.`);
    }
    await delay(POLL_MS);
  }
  return child;
}

/** True once the server has loaded its files: before that it answers -LOADING. */
async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const [answer] = await once(socket, 'data');
    return /^(\+PONG|-NOAUTH)/.test(String(answer));
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
