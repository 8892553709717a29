import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** The call that the demo's incident comes from. */
const CULPRIT = '61a5e29f-1180-46e1-b308-729fd62ac61c';

describe('the causes of an incident', { timeout: 120_000 }, () => {
  const late = new Set<string>();
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: {
        seed: roomsSeed('found', 'killed', 'late', 'attached'),
        deliveryLagMs: (eventId) => (late.has(eventId) ? Number.POSITIVE_INFINITY : 0),
      },
      pauses: { lookDelaysMs: [12_000, 24_000], freshMs: 0 },
    });
  });
  // So that the demo's last calls are a few minutes old, and may still arrive.
  beforeEach(() => world.demo.aws.moveTo(Date.now() + 7 * 60_000));
  afterEach(() => {
    late.clear();
    world.demo.aws.faults.clear();
    expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]);
  });
  afterAll(() => world.close());

  const culpritOf = async (incidentId: string) => {
    const { ranking, hypotheses } = await stateOf(world, incidentId);
    const row = hypotheses.find(({ cause }) => cause?.eventIds.includes(CULPRIT));
    const place = ranking?.causes.findIndex(({ cause }) => cause.eventIds.includes(CULPRIT));
    return row === undefined ? null : { row, place, ranking };
  };

  const boardOf = (person: TestPerson) =>
    person
      .messages()
      .map((message) => person.textOf(message))
      .filter((text) => /hypothes/i.test(text));

  async function finished(incidentId: string): Promise<void> {
    await until('the gathering is over', async () =>
      (await stateOf(world, incidentId)).gatherings.every((one) => one.finishedAtMs !== null),
    );
  }

  /** Nothing is left to be read for the ranking. */
  async function whole(incidentId: string): Promise<void> {
    await until(
      'the ranking is whole',
      async () => (await stateOf(world, incidentId)).ranking?.isPartial === false,
    );
  }

  it('are ranked and on the board, the culprit first', async () => {
    const ana = world.person('ana', 'found');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await finished(incidentId);
    await whole(incidentId);

    const found = await culpritOf(incidentId);
    expect(found?.place).toBe(0);
    expect(found?.ranking).toMatchObject({ isPartial: false, onset: { flapping: [] } });
    expect(found?.row.by).toEqual({ kind: 'bot' });
    await until('the board shows it', () =>
      boardOf(ana).find((text) => text.includes('i-0c4e8d21f6ab97530')),
    );
  });

  it('are each there once when the bot is stopped in the middle and started again', async () => {
    const ana = world.person('ana', 'killed');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await until('the first causes', async () => (await stateOf(world, incidentId)).ranking);
    await world.restartBot();
    await finished(incidentId);
    await whole(incidentId);

    const { hypotheses } = await stateOf(world, incidentId);
    const ofCulprit = hypotheses.filter(({ cause }) => cause?.eventIds.includes(CULPRIT));
    expect(ofCulprit).toHaveLength(1);
    expect((await culpritOf(incidentId))?.place).toBe(0);
  });

  it('are ranked again when CloudTrail delivers late, and one line says so', async () => {
    const ana = world.person('ana', 'late');
    late.add(CULPRIT);
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await finished(incidentId);
    expect(await culpritOf(incidentId)).toBeNull();
    late.clear();
    await until('the culprit is ranked', async () => culpritOf(incidentId));
    await untilQuiet(world);

    const state = await stateOf(world, incidentId);
    expect((await culpritOf(incidentId))?.place).toBe(0);
    expect(state.notes.filter(({ text }) => text.includes('delivered'))).toHaveLength(1);
  });

  it('are ranked again with what somebody attached', async () => {
    const ana = world.person('ana', 'attached');
    world.demo.aws.faults.add({
      kind: 'access-denied',
      operation: 'LookupEvents',
    });
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await finished(incidentId);
    expect(await culpritOf(incidentId)).toBeNull();
    world.demo.aws.faults.clear();
    await ana.say('/trail who stopped i-0c4e8d21f6ab97530');
    await told(ana, /noor\.haddad/);
    await ana.tap('Attach as evidence');

    await until('the culprit is ranked', async () => culpritOf(incidentId));
    expect((await culpritOf(incidentId))?.ranking?.occasion).toBe('attached-evidence');
  });
});
