import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** The next incident starts from what the last one taught. */
describe('earlier incidents', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('again', 'elsewhere', 'find') } });
  });
  afterEach(() => expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]));
  afterAll(() => world.close());

  /** One that was solved, with its cause on record. */
  async function pastIncident(room: string, rootCause: string): Promise<string> {
    const ana = world.person('ana', room);
    const { incidentId } = await openSession(ana, 'checkout certificate warnings');
    await untilQuiet(world);
    await ana.tap('More');
    await ana.fill('Move to another step', { 'Where to?': 'document', Why: 'Plain to see.' });
    await ana.fill('Record the findings', {
      'What was the root cause?': rootCause,
      'What did we learn?': 'Watch it.',
    });
    await ana.say('/triage close Fixed by hand.');
    await until('the end', async () => (await stateOf(world, incidentId)).status === 'closed');
    await untilQuiet(world);
    return incidentId;
  }

  it('that look alike come into the thread with their cause, and can be set aside', async () => {
    const ana = world.person('ana', 'again');
    const past = await pastIncident('again', 'The certificate had expired <!channel>.');
    const { incidentId } = await openSession(ana, 'certificate warnings at the checkout again');
    const card = await ana.seeMessage('It looks like');
    expect(ana.textOf(card)).toContain(past);
    expect(ana.textOf(card)).toContain('The certificate had expired');
    expect(card.threadTs).not.toBeNull();
    await ana.tap('Something else', 'It looks like');
    await ana.seeMessage('Set aside');
    await untilQuiet(world);
    expect((await stateOf(world, incidentId)).similar).toMatchObject([
      { incidentId: past, dismissed: { by: { userId: ana.id } } },
    ]);
  });

  it('of another channel are not shown here', async () => {
    const ana = world.person('ana', 'elsewhere');
    const { incidentId } = await openSession(ana, 'checkout certificate warnings');
    await untilQuiet(world);
    expect((await stateOf(world, incidentId)).similar).toEqual([]);
    await ana.say('/triage find certificate');
    expect(await told(ana, /Best matches/)).not.toContain('had expired');
  });

  it('are found by words, and nothing found says what was searched', async () => {
    const ana = world.person('ana', 'find');
    const past = await pastIncident('find', 'A renewal job was switched off.');
    await ana.say('/triage find renewal');
    const found = await told(ana, /Best matches in this channel/);
    expect(found).toContain(past.toUpperCase());
    expect(found).toContain('A renewal job was switched off.');
    await ana.say('/triage find database');
    expect(await told(ana, /No incident of this channel/)).toContain('I searched 1');
    expect(toldTo(ana).join()).not.toContain('undefined');
  });
});
