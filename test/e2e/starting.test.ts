import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inDirect } from '../support/e2e/asked.ts';
import { botPosts } from '../support/e2e/bot-posts.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf } from '../support/e2e/sessions.ts';
import { fieldErrors, told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** Where an incident starts: in which channel and thread, and who was first. */
describe('starting an incident', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('first', 'over', 'thread', 'home') },
    });
  });
  afterAll(() => world.close());

  const openIn = ({ channelId }: TestPerson) =>
    world.store().listIncidents({ channelId, status: 'open', limit: 10 });

  const shortcut = ({ id, channelId }: TestPerson, ts: string) =>
    world.demo.workspace.perform(id, {
      ...{ type: 'message-shortcut', callbackId: 'start_triage_from_message', channelId, ts },
    } as const);

  it('opens one when two people start from the same message, and tells the second who was first', async () => {
    const [ana, ben] = [world.person('ana', 'first'), world.person('ben', 'first')];
    await ben.say('Mail is late');
    const { ts } = await ben.seeMessage('Mail is late');
    await Promise.all([shortcut(ana, ts), shortcut(ben, ts)]);
    await Promise.all([ana.seeForm('Start an incident'), ben.seeForm('Start an incident')]);

    await Promise.all([ana.submit({}), ben.submit({})]);
    const [opened, ...more] = await until('an incident', async () => {
      const open = await openIn(ana);
      return open.length > 0 ? open : null;
    });
    expect(more).toEqual([]);
    const [first, second] = opened?.openedById === ana.id ? ['ana', ben] : ['ben', ana];
    expect(fieldErrors(second as TestPerson)).toMatch(
      new RegExp(`worked on in this thread, opened by .*${first}`, 'i'),
    );
  });

  it('says in the thread of a closed one who closed it, and opens that again', async () => {
    const ana = world.person('ana', 'over');
    const { incidentId, rootTs } = await openSession(ana, 'checkout is down');
    await ana.say('/triage close enough');
    await ana.seeMessage('Closed');

    await ana.say('@redthread checkout is down again', rootTs);
    await told(ana, new RegExp(`${incidentId} was worked on in this thread and was closed by`));
    await ana.say('It is down again.', rootTs);
    await shortcut(ana, (await ana.seeMessage('It is down again.')).ts);
    await until('it is said twice', () => {
      const said = ana
        .messages()
        .filter((message) => ana.textOf(message).includes('was closed by'));
      return said.length === 2;
    });
    await ana.fill('Reopen', { 'Why is it open again?': 'It is back.' }, 'was closed by');
    await until('it is open', async () => (await stateOf(world, incidentId)).status === 'open');
    expect(await openIn(ana)).toHaveLength(1);
  });

  it('opens in the thread where the button is', async () => {
    const ana = world.person('ana', 'thread');
    await ana.say('Is search slow for you too?');
    const { ts } = await ana.seeMessage('Is search slow');
    await ana.say('@redthread', ts);
    await ana.fill('Start an incident', { 'What is wrong?': 'Search is slow' });

    const [opened] = await openIn(ana);
    expect((await stateOf(world, opened?.incidentId ?? '')).threadTs).toBe(ts);
  });

  it('opens in the channel of the incident that a direct message is about, and in no direct message', async () => {
    const ana = world.person('ana', 'home');
    const { incidentId } = await openSession(ana, 'checkout is down');
    const direct = inDirect(world, 'ana');
    const button = (value: string, label: string) => ({
      ...{ actionId: 'tap:open-start-form', value, label },
    });
    await botPosts(world, direct, [button('|', 'Start'), button(`${incidentId}|`, 'Another')]);

    await direct.tap('Start');
    await told(direct, /worked on in channels, not in direct messages/);
    await direct.fill('Another', { 'What is wrong?': 'Mail is late' });
    expect(await openIn(ana)).toHaveLength(2);
    expect(await openIn(direct)).toEqual([]);
  });
});
