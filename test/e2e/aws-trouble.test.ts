import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AwsFault } from '../../src/simulator/aws/faults.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { makeBrokenFolder, UNREADABLE_COUNT } from '../support/e2e/broken-folder.ts';
import { actedUpon } from '../support/e2e/markup.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const ROOMS = ['denied', 'throttled', 'broken', 'disabled', 'hung'] as const;

/** A gathering may take a minute before it gives up on what does not answer. */
const GATHERED_WITHIN_MS = 100_000;

function gathered(world: BotWorld, incidentId: string) {
  return until(
    'the evidence is in',
    async () => {
      const state = await stateOf(world, incidentId);
      return state.gatherings.every((one) => one.finishedAtMs !== null) && state;
    },
    GATHERED_WITHIN_MS,
  );
}

describe('trouble with AWS', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed(...ROOMS) } });
  });
  afterEach(() => world.demo.aws.faults.clear());
  afterAll(() => world.close());

  it.each<[string, AwsFault, RegExp]>([
    ['denied', { kind: 'access-denied' }, /Not checked:? us-east-1.*access denied.*permission/],
    ['throttled', { kind: 'throttle' }, /Not checked:? us-east-1.*slow down/],
    ['broken', { kind: 'internal-error' }, /Not checked:? us-east-1.*failed.*fault of its own/],
    ['disabled', { kind: 'region-disabled' }, /Not checked:? us-east-1.*credentials were refused/],
    ['hung', { kind: 'hang' }, /Not checked:? us-east-1.*no answer in time/],
  ])(
    'names the Region that was not searched when it is %s, and shows what the other one said',
    async (room, fault, words) => {
      world.demo.aws.faults.add({ ...fault, region: 'us-east-1', operation: 'LookupEvents' });
      const ana = world.person('ana', room);
      const { incidentId } = await openSession(ana, 'checkout returns 5xx');
      await gathered(world, incidentId);
      const card = await until('the card', () =>
        ana.messages().find((message) => words.test(ana.textOf(message))),
      );
      expect(ana.textOf(card)).toContain('i-0c4e8d21f6ab97530');
      expect(ana.textOf(card)).toContain('eu-west-1');
    },
    120_000,
  );
});

describe('credentials that AWS does not know', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('keys') },
      environment: { AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE' },
    });
  });
  afterAll(() => world.close());

  it('says so on the evidence cards and to who asks, claims nothing, and the session goes on', async () => {
    const ana = world.person('ana', 'keys');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    const state = await gathered(world, incidentId);
    expect(state.evidence.map((evidence) => evidence.coverage.recordCount)).toEqual([0, 0]);
    const card = await ana.seeMessage(/Changes.*credentials were refused/);
    expect(ana.textOf(card)).toContain('Nothing could be checked');
    expect(ana.textOf(card)).not.toContain('AKIAI44QH8DHBEXAMPLE');
    await ana.say('/trail who stopped i-0c4e8d21f6ab97530');
    await told(ana, /credentials were refused/);
    await ana.fill('State the problem', { 'What exactly is wrong?': 'Every request fails.' });
    expect((await stateOf(world, incidentId)).step).toBe('isolate');
  });
});

describe('records that cannot be read', () => {
  let world: BotWorld;
  let folder: string;

  beforeAll(async () => {
    folder = await makeBrokenFolder();
    world = await startBotWorld({ world: { seed: roomsSeed('damaged'), folder } });
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  it('are counted on the card while all others are shown', async () => {
    const ana = world.person('ana', 'damaged');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    const state = await gathered(world, incidentId);
    const changes = state.evidence.find((evidence) => evidence.kind === 'changes');
    expect(changes?.coverage.skippedCount).toBe(UNREADABLE_COUNT);
    const card = await ana.seeMessage(`${UNREADABLE_COUNT} unreadable left out`);
    expect(ana.textOf(card)).toContain('i-0c4e8d21f6ab97530');
    expect(ana.textOf(card)).toContain('noor.haddad@northwind.example');
    expect(ana.textOf(card)).not.toContain('undefined');
    expect(actedUpon(ana, /!channel/)).toEqual([]);
  });
});
