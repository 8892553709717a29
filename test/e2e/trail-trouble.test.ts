import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AwsFault } from '../../src/simulator/aws/faults.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** What AWS refuses goes on being tried for some seconds. */
const ANSWERED_WITHIN_MS = 60_000;
const STOPPED = /noor\.haddad@northwind\.example stopped i-0c4e8d21f6ab97530/;
const EVERYWHERE = { operation: 'LookupEvents' } as const;

/** Whatever goes wrong with a question, the person who asked is told it in one clear sentence. */
describe('trouble with a question', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('words', 'aws', 'storm'), deliveryLagMs: 0 },
    });
  });
  afterEach(() => {
    world.demo.aws.faults.clear();
    expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]);
  });
  afterAll(() => world.close());

  const answerTo = async (person: TestPerson, line: string) => {
    const before = toldTo(person).length;
    await person.say(line);
    const answer = await until(
      'the answer',
      () =>
        toldTo(person)
          .slice(before)
          .findLast((text) => !text.includes('Looking')),
      ANSWERED_WITHIN_MS,
    );
    expect(answer).not.toMatch(/undefined|\[object|Error:|Exception|went wrong/);
    return answer;
  };

  it.each<[string, RegExp]>([
    ['who stopped i-0abc sicne 3h', /did you mean since/],
    ['who stopped i-0abc usr:ana', /did you mean user:/],
    ['is:wriet', /did you mean is:write/],
    ['i-0abc since 1h until 3h', /until is before since/],
    ['i-0abc since 2099-01-01', /2099-01-01 has not come yet/],
    ['i-0abc until tomorrow', /tomorrow/],
    ['i-0abc since 120d', /Event history keeps 90 days, and this reaches further back/],
    ['i-0abc account:123', /An account has 12 digits/],
    ['i-0abc region:mars', /A Region is written like/],
    ['user:', /needs a value right after it/],
    ['"i-0abc', /A quote is opened and never closed/],
  ])('answers `%s` without asking AWS', async (question, sentence) => {
    const calls = world.demo.aws.calls.length;
    expect(await answerTo(world.person('ana', 'words'), `/trail ${question}`)).toMatch(sentence);
    expect(world.demo.aws.calls).toHaveLength(calls);
  });

  it('says of an account that it has no credentials for that it has none', async () => {
    const answer = await answerTo(
      world.person('ana', 'words'),
      '/trail who stopped i-0c4e8d21f6ab97530 since 3h account:999900001111',
    );
    expect(answer).toMatch(/no credentials for account 999900001111|No account 999900001111/);
  });

  it.each<[string, AwsFault, RegExp]>([
    ['is denied', { kind: 'access-denied' }, /need the permission cloudtrail:LookupEvents/],
    ['finds expired credentials', { kind: 'expired-token' }, /credentials have expired/],
    ['is throttled for good', { kind: 'throttle' }, /slow down|fewer calls/],
    ['meets a fault of AWS', { kind: 'internal-error' }, /fault of its own/],
    ['gets its times refused', { kind: 'invalid-time-range' }, /did not accept the asked time/],
  ])(
    'says that nothing could be checked when it %s',
    async (_, fault, words) => {
      world.demo.aws.faults.add({ ...EVERYWHERE, ...fault });
      const ana = world.person('ana', 'aws');
      const answer = await answerTo(
        ana,
        `/trail who terminated i-0000000000${fault.kind.length}abc`,
      );
      expect(answer).toMatch(words);
      expect(answer).toContain(
        'Nothing could be checked, so this does not say that nobody did it.',
      );
    },
    90_000,
  );

  it('says so when AWS no longer knows the place between two pages, and the next try is whole', async () => {
    const fault = { ...EVERYWHERE, kind: 'invalid-next-token', region: 'eu-west-1' } as const;
    world.demo.aws.faults.add({ ...fault, after: 1 });
    const ana = world.person('ana', 'aws');
    const question = '/trail did agent:nobody-has-this since 20h';
    const answer = await answerTo(ana, question);
    expect(answer).toContain(
      'AWS lost its place in eu-west-1 half-way through its pages: ask again',
    );
    expect(answer).toContain('Not checked: eu-west-1');
    world.demo.aws.faults.clear();
    expect(await answerTo(ana, question)).not.toMatch(/lost its place|Not checked/);
  });

  it('answers through a throttling storm that passes', async () => {
    world.demo.aws.faults.throttleNext(4, 'LookupEvents');
    const ana = world.person('ana', 'storm');
    expect(await answerTo(ana, '/trail who stopped i-0c4e8d21f6ab97530 since 3h')).toMatch(STOPPED);
  }, 90_000);
});
