import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';

describe('a drill', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('practice') } });
  });
  afterAll(() => world.close());

  it('is marked on every card and in the document, counted nowhere and recalled by nobody', async () => {
    const ana = world.person('ana', 'practice');
    await ana.say('/triage drill');
    await told(ana, /Say what to practise/);
    await ana.say('/triage drill checkout returns 5xx alarm:checkout-5xx sev2');
    const opened = await told(ana, /is open as a DRILL/);
    const drillId = /RT-[0-9A-Z]{5}/.exec(opened)?.[0] ?? '';
    await ana.seeMessage(/DRILL: practice.*checkout returns 5xx/);
    await untilQuiet(world);
    const cards = ana
      .messages()
      .filter(({ ephemeral, blocks }) => !ephemeral && JSON.stringify(blocks).includes('action'));
    expect(cards.length).toBeGreaterThan(1);
    expect(cards.filter((card) => !ana.textOf(card).includes('DRILL'))).toEqual([]);
    await ana.say(`/triage status ${drillId}`);
    await told(ana, /where it stands.*DRILL/);
    await ana.say(`/triage close ${drillId} practised enough`);
    await untilQuiet(world);
    const document = await world.store().readDocument(drillId);
    expect(document?.markdown).toMatch(/^# DRILL RT-.*\n\n\*\*A drill: practice/);

    const { incidentId } = await openSession(ana, 'checkout returns 5xx alarm:checkout-5xx');
    await untilQuiet(world);
    expect((await stateOf(world, incidentId)).similar).toEqual([]);
    await ana.say('/triage find checkout');
    const found = await told(ana, /Best matches in this channel/);
    expect(found).toContain(incidentId);
    expect(found).not.toContain(drillId);
    const summaries = await world.store().listIncidents({ limit: 5 });
    expect(summaries.map((row) => [row.incidentId, row.isCounted])).toEqual(
      expect.arrayContaining([
        [drillId, false],
        [incidentId, true],
      ]),
    );
  });
});
