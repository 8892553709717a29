import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** Messages on the timeline belong to the people who wrote them, wherever their incident is by now. */
describe('a message on the timeline', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('two', 'gone', 'war', 'ended', 'marks', 'pins', 'odd') },
    });
  });
  afterAll(() => world.close());

  const captured = async (incidentId: string) =>
    (await stateOf(world, incidentId)).capturedMessages.map(({ text }) => text);

  const untilCaptured = (incidentId: string, texts: readonly string[]) =>
    until(
      `${incidentId} holds ${texts.join()}`,
      async () => (await captured(incidentId)).join() === texts.join(),
    );

  async function pinned(person: TestPerson, text: string, threadTs: string): Promise<string> {
    await person.say(text, threadTs);
    const { ts } = await person.seeMessage(text);
    await person.react(ts, 'pushpin');
    return ts;
  }

  const remove = ({ id, channelId }: TestPerson, ts: string) =>
    world.demo.workspace.perform(id, { type: 'delete', channelId, ts });

  it('goes when it is deleted, although another incident is open in the channel', async () => {
    const ana = world.person('ana', 'two');
    const first = await openSession(ana, 'checkout is down');
    await openSession(ana, 'mail is late');
    const ts = await pinned(ana, 'It began at ten.', first.rootTs);
    await untilCaptured(first.incidentId, ['It began at ten.']);

    await remove(ana, ts);
    await untilCaptured(first.incidentId, []);
  });

  it('goes when it is deleted where the incident is no longer', async () => {
    const ana = world.person('ana', 'gone');
    const { incidentId, rootTs } = await openSession(ana, 'stock is down');
    const ts = await pinned(ana, 'The disk is full.', rootTs);
    await untilCaptured(incidentId, ['The disk is full.']);
    await ana.say('/triage move #war');
    await ana.seeMessage('Go on there');

    await remove(ana, ts);
    await untilCaptured(incidentId, []);
  });

  it('goes from the document of a closed incident, with the document that tells it', async () => {
    const ana = world.person('ana', 'ended');
    await ana.say('Carla saw it first.');
    const { ts } = await ana.seeMessage('Carla saw it first.');
    await ana.say('Has anybody told her?', ts);
    const { incidentId } = await openSession(ana, 'login is down');
    await ana.react(ts, 'pushpin');
    await untilCaptured(incidentId, ['Carla saw it first.']);
    await ana.say('/triage close enough');
    const documents = () =>
      ana.messages().flatMap(({ files }) => files.filter(({ name }) => name.endsWith('.md')));
    const texts = () =>
      Promise.all(
        documents().map(async ({ url }) =>
          (await fetch(new URL(url ?? '', world.demo.pageUrl))).text(),
        ),
      );
    await until('the document', async () => (await texts()).join().includes('Carla saw it'));
    await untilQuiet(world);

    // It has an answer, so Slack empties it instead.
    await remove(ana, ts);
    await untilCaptured(incidentId, []);
    await until('the new document alone', async () => {
      const left = await texts();
      return left.length === 1 && !left.join().includes('Carla saw it');
    });
    expect((await stateOf(world, incidentId)).status).toBe('closed');
  });

  const pinsOf = (person: TestPerson, ts: string) =>
    person
      .messages()
      .find((message) => message.ts === ts)
      ?.reactions.find(({ name }) => name === 'pushpin')?.userIds ?? [];

  it('stays until the last person has taken the pin off', async () => {
    const [ana, ben] = [world.person('ana', 'pins'), world.person('ben', 'pins')];
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    const ts = await pinned(ana, 'It began at ten.', rootTs);
    await ben.react(ts, 'pushpin');
    const bot = world.demo.workspace.botUserId;
    await until('three pins', () => pinsOf(ana, ts).length === 3);
    expect(pinsOf(ana, ts)).toContain(bot);

    await ana.react(ts, 'pushpin', false);
    await untilQuiet(world);
    expect(await captured(incidentId)).toEqual(['It began at ten.']);
    await ben.react(ts, 'pushpin', false);
    await untilCaptured(incidentId, []);
    await until('no pin', () => pinsOf(ana, ts).length === 0);
  });

  it('can be taken off again by whoever sees that it is there', async () => {
    const [ana, ben] = [world.person('ana', 'marks'), world.person('ben', 'marks')];
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    await ben.say('Somebody restarted it.', rootTs);
    const { ts } = await ben.seeMessage('Somebody restarted it.');
    const shortcut = ({ id, channelId }: TestPerson) =>
      world.demo.workspace.perform(id, {
        ...{ type: 'message-shortcut', callbackId: 'add_to_timeline', channelId, ts },
      } as const);
    await shortcut(ana);
    await told(ana, /Added to the timeline/);
    await until('the mark', () => pinsOf(ana, ts).length === 1);
    await ana.say('/triage close enough');
    await ana.seeMessage('Closed');

    await shortcut(ben);
    await told(ben, new RegExp(`This is on the timeline of ${incidentId}`));
    await ben.tap('Take it off the timeline');
    await told(ben, /Off the timeline of/);
    expect(await captured(incidentId)).toEqual([]);
    await until('no mark', () => pinsOf(ana, ts).length === 0);
  });

  it('is asked for in words where a pin cannot say enough', async () => {
    const ana = world.person('ana', 'odd');
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    await openSession(ana, 'mail is late');
    await ana.say('Which of the two?');
    await ana.react((await ana.seeMessage('Which of the two?')).ts, 'pushpin');
    await told(ana, /Several incidents are open here/);
    await ana.react(rootTs, 'pushpin');
    await told(ana, /messages of people and of other apps/);
    expect(await captured(incidentId)).toEqual([]);
    expect(toldTo(ana).filter((text) => text.includes('Several incidents'))).toHaveLength(1);
  });
});
