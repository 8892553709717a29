import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { CANARIES, makeCanaryFolder } from '../support/e2e/canary-folder.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { runCommand } from '../support/run-command.ts';

const INSTANCE = 'i-0c4e8d21f6ab97530';
const STOPPED = /was stopped by|stopped/;

const found = (text: string) => CANARIES.filter((canary) => text.includes(canary));

/** Every file below a folder, as it lies on the disk. */
async function filesOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  return texts.join('\n');
}

async function redisFolder(url: string): Promise<string> {
  const client = new Redis(url);
  const [, folder = ''] = (await client.config('GET', 'dir')) as readonly string[];
  client.disconnect();
  return folder;
}

describe.each(['SQLite', 'Redis'] as const)('secrets in what AWS answers, with %s', (kind) => {
  let folder: string;
  let redis: RedisServer | null = null;
  let world: BotWorld;

  beforeAll(async () => {
    folder = await makeCanaryFolder();
    redis = kind === 'Redis' ? await startRedisServer() : null;
    world = await startBotWorld({
      world: { folder, seed: roomsSeed('canary') },
      environment: { LOG_LEVEL: 'debug', ...(redis !== null && { REDIS_URL: redis.url }) },
    });
  });
  afterAll(async () => {
    await world.close();
    await redis?.close();
    await rm(folder, { recursive: true });
  });

  it('reach neither Slack, nor the log, nor the store, nor a document', async () => {
    const ana = world.person('ana', 'canary');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await until('the evidence', async () =>
      (await stateOf(world, incidentId)).gatherings.every(
        ({ finishedAtMs }) => finishedAtMs !== null,
      ),
    );
    await ana.say(`/trail who stopped ${INSTANCE} since 3h`);
    await told(ana, STOPPED);
    await ana.tap('Share here', STOPPED);
    await ana.tap('Attach as evidence', STOPPED);
    await told(ana, /Attached to RT-/);
    await ana.say('/trail denied since 3h');
    await told(ana, /AccessDenied|denied|refused/);
    world.demo.aws.faults.add({ kind: 'access-denied' });
    await ana.say('/trail who changed sg-0abc1234 since 5h');
    await until('the refusal of AWS', () => toldTo(ana).length > 3);
    world.demo.aws.faults.clear();
    await ana.say(`/triage close ${incidentId} seen enough`);
    const document = await until('the document', async () => {
      return world.store().readDocument(incidentId);
    });
    await untilQuiet(world);

    const journal = world.demo.workspace.journal.entries();
    const data = process.env['REDTHREAD_DATA'] ?? '';
    const store = await filesOf(redis === null ? data : await redisFolder(redis.url));
    // Each of them holds what was found, so that an empty one would be seen.
    expect(JSON.stringify(journal)).toContain(INSTANCE);
    expect(store).toContain(INSTANCE);
    expect(document.markdown).toContain(INSTANCE);
    expect(found(JSON.stringify(journal))).toEqual([]);
    expect(found(JSON.stringify(world.logLines))).toEqual([]);
    expect(found(`${document.markdown}${document.json}`)).toEqual([]);
    expect(found(store)).toEqual([]);
  }, 180_000);
});

describe('secrets in exported files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makeCanaryFolder();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [
      'trail',
      [
        '--events',
        'events.jsonl',
        '--at',
        '2026-10-14T10:56:00Z',
        `who stopped ${INSTANCE} since 3h`,
      ],
    ],
    [
      'trail',
      ['--events', 'events.jsonl', '--at', '2026-10-14T10:56:00Z', '--json', 'denied since 3h'],
    ],
    [
      'investigate',
      ['--events', 'events.jsonl', '--alarms', 'alarms.json', '--at', '2026-10-14T10:56:00Z'],
    ],
    [
      'investigate',
      [
        '--events',
        'events.jsonl',
        '--alarms',
        'alarms.json',
        '--at',
        '2026-10-14T10:56:00Z',
        '--json',
      ],
    ],
  ])('are not printed by %s %j', async (command, words) => {
    const inFolder = words.map((word) => (/^\w+\.jsonl?$/.test(word) ? join(folder, word) : word));
    const { code, out, errors } = await runCommand(command, ...inFolder);
    expect(code).toBe(0);
    expect(out.length).toBeGreaterThan(100);
    expect(found(`${out}${errors}`)).toEqual([]);
  });
});
