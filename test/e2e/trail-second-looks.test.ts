import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** Calls of the demo that are moved into the last ten minutes, so that they may still arrive late. */
const STOP = '61a5e29f-1180-46e1-b308-729fd62ac61c';
const OLDER = '74980a56-15af-408e-8d71-798b85492f3d';
const NEWER = '9c9d315b-ba8a-4545-b86f-73fcaab433c9';
const QUESTION = '/trail event:RegisterTargets since 1h';

/** CloudTrail delivers some calls minutes late: an answer is looked at again, and told only then. */
describe('a second look at an answer', () => {
  const late = new Set<string>();
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: {
        seed: roomsSeed('more', 'answer', 'same', 'edited', 'attached', 'evidence', 'closed'),
        deliveryLagMs: (eventId) => (late.has(eventId) ? Number.POSITIVE_INFINITY : 0),
      },
      pauses: { lookDelaysMs: [3_000, 6_000], freshMs: 0 },
    });
  });
  // So that the demo's last calls are a few minutes old in every test.
  beforeEach(() => world.demo.aws.moveTo(Date.now() + 7 * 60_000));
  afterEach(() => {
    late.clear();
    expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]);
  });
  afterAll(() => world.close());

  const laterWords = (person: TestPerson) =>
    toldTo(person).filter((text) => text.includes('Since you asked'));

  it('tells a call that arrived since, once, also when the bot was started again', async () => {
    const ana = world.person('ana', 'more');
    late.add(OLDER);
    await ana.say(QUESTION);
    await told(ana, /RegisterTargets/);
    await world.restartBot();
    late.clear();
    expect(await told(ana, /Since you asked on .*one more call arrived/)).not.toContain('answer');
    await untilQuiet(world);
    expect(laterWords(ana)).toHaveLength(1);
  });

  it('tells the answer when there was none, or when a newer call changes it', async () => {
    const ana = world.person('ana', 'answer');
    late.add(OLDER).add(NEWER);
    await ana.say(QUESTION);
    await told(ana, /No call that matches/);
    late.delete(OLDER);
    expect(await told(ana, /there is an answer now/)).toContain('Sure who?');
    late.delete(NEWER);
    expect(await told(ana, /the answer has changed/)).toContain('Sure who?');
    await untilQuiet(world);
    expect(laterWords(ana)).toHaveLength(2);
  });

  it('says nothing where nothing new matches', async () => {
    const ana = world.person('ana', 'same');
    await ana.say(QUESTION);
    await told(ana, /RegisterTargets/);
    await untilQuiet(world);
    expect(laterWords(ana)).toEqual([]);
  });

  it('does not look again at a question that was edited into another', async () => {
    const ana = world.person('ana', 'edited');
    late.add(OLDER);
    await ana.say(QUESTION);
    await told(ana, /RegisterTargets/);
    await ana.tap('Edit');
    await ana.seeForm('Edit the question');
    await ana.submit({ 'Who did what?': 'who stopped i-0c4e8d21f6ab97530 since 3h' });
    late.clear();
    await told(ana, /stopped i-0c4e8d21f6ab97530/);
    await untilQuiet(world);
    expect(laterWords(ana)).toEqual([]);
  });

  it('brings an answer that was attached as evidence up to date in its place', async () => {
    const ana = world.person('ana', 'attached');
    late.add(OLDER);
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.say(QUESTION);
    await told(ana, /RegisterTargets/);
    await ana.tap('Attach as evidence');
    await told(ana, /Attached to RT-/);
    late.clear();
    await told(ana, /one more call arrived/);
    await untilQuiet(world);
    const { evidence } = await stateOf(world, incidentId);
    const lookups = evidence.filter(({ kind }) => kind === 'lookup');
    expect(lookups.map(({ coverage }) => coverage.recordCount)).toEqual([2]);
  });

  it('puts changes that arrived late into the evidence card, with one line about them', async () => {
    const ana = world.person('ana', 'evidence');
    late.add(STOP);
    const { incidentId } = await openSession(ana, 'checkout is down');
    const before = await until('the changes', async () => {
      const state = await stateOf(world, incidentId);
      const changes = state.evidence.find(({ kind }) => kind === 'changes');
      return state.gatherings[0]?.finishedAtMs != null && changes?.coverage.recordCount;
    });
    late.clear();
    await ana.seeMessage(/delivered 1 change late \(StopInstances; the newest of/);
    await untilQuiet(world);
    const { notes, evidence } = await stateOf(world, incidentId);
    expect(notes).toHaveLength(1);
    expect(evidence.filter(({ kind }) => kind === 'changes')).toHaveLength(1);
    const cards = ana.messages().filter((message) => /🧵/.test(ana.textOf(message)));
    expect(cards.map((card) => ana.textOf(card))).toEqual([
      expect.stringContaining(`${before + 1} changes`),
    ]);
  });

  it('leaves the evidence of a closed incident alone', async () => {
    const ana = world.person('ana', 'closed');
    late.add(STOP);
    const { incidentId } = await openSession(ana, 'checkout is down');
    await until('the changes', async () =>
      (await stateOf(world, incidentId)).gatherings.every((one) => one.finishedAtMs !== null),
    );
    await ana.say('/triage close "false alarm"');
    await told(ana, /Closed/);
    late.clear();
    const lookups = () =>
      world.demo.aws.calls.filter(({ operation }) => operation === 'LookupEvents').length;
    const before = lookups();
    await untilQuiet(world);
    // What is under way in the two Regions is still answered.
    expect(lookups()).toBeLessThanOrEqual(before + 2);
    expect((await stateOf(world, incidentId)).notes).toEqual([]);
  });
});
