import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type TestPerson, walk } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, rootsOf, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { fieldErrors, told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** An incident that grew goes on in another channel; the thread that it left says where. */
describe('moving to another channel', () => {
  let world: BotWorld;

  beforeAll(async () => {
    const seed = roomsSeed('small', 'war', 'form', 'wide', 'talk', 'far', 'back', 'forth', 'no');
    world = await startBotWorld({
      world: {
        seed: {
          ...seed,
          channels: [
            ...seed.channels,
            { name: 'leads-only', hasBot: true, members: ['ben'] },
            { name: 'bot-less', hasBot: false },
          ],
        },
      },
      pauses: { unknownOutcomeWaitMs: 500 },
    });
  });
  afterAll(() => world.close());

  const idOf = (room: string) => world.demo.workspace.channelId(room);

  async function started(room: string) {
    const ana = world.person('ana', room);
    const opened = await openSession(ana, `${room} returns 5xx since 10 minutes ago sev2`);
    await until('evidence', async () =>
      (await stateOf(world, opened.incidentId)).gatherings.every(
        ({ finishedAtMs }) => finishedAtMs !== null,
      ),
    );
    await untilQuiet(world);
    return { ana, ...opened };
  }

  async function moved(from: string, to: string) {
    const session = await started(from);
    await session.ana.say(`/triage move #${to}`);
    await told(session.ana, /goes on in/);
    await session.ana.seeMessage('Go on there');
    await untilQuiet(world);
    return { ...session, there: world.person('ana', to) };
  }

  const controlsIn = (person: TestPerson, threadTs: string) =>
    person
      .messages()
      .filter((message) => !message.ephemeral)
      .filter((message) => message.ts === threadTs || message.threadTs === threadTs)
      .flatMap((message) => walk(message.blocks))
      .filter(({ type }) => type === 'button' || type === 'static_select' || type === 'overflow');

  it('shows the whole state there, and a pointer without buttons here', async () => {
    const { ana, there, incidentId, rootTs } = await moved('small', 'war');

    const [card, ...more] = rootsOf(there, incidentId);
    expect(more).toEqual([]);
    expect(there.textOf(card as never)).toContain('Waiting for:');
    const thread = there.messages().filter(({ threadTs }) => threadTs === card?.ts);
    const texts = thread.map((message) => there.textOf(message));
    expect(texts[0]).toMatch(/Moved here from #C\w+ by @U\w+/);
    expect(texts.filter((text) => text.includes('Step 1 of 7'))).toHaveLength(1);
    expect(texts.some((text) => text.includes('checkout-5xx'))).toBe(true);

    const [old] = rootsOf(ana, incidentId);
    expect(old?.ts).toBe(rootTs);
    expect(ana.textOf(old as never)).toMatch(/Moved to #C\w+ by @U\w+.*Go on there/);
    expect(controlsIn(ana, rootTs)).toEqual([]);
    const last = ana
      .messages()
      .filter(({ threadTs }) => threadTs === rootTs)
      .at(-1);
    expect(ana.textOf(last as never)).toMatch(/Moved to #C\w+/);
    expect((await stateOf(world, incidentId)).channelId).toBe(idOf('war'));
  });

  it('goes on there with what is done, and leaves the old thread alone', async () => {
    const { ana, there, incidentId, rootTs } = await moved('form', 'wide');
    const before = ana.messages().filter(({ threadTs }) => threadTs === rootTs).length;

    await there.say('/triage take');
    await there.seeMessage('owns it now');
    await there.say('/triage close Nothing was wrong.');
    await there.seeMessage('Closed');
    await there.seeMessage('The incident record');
    await untilQuiet(world);

    expect(ana.messages().filter(({ threadTs }) => threadTs === rootTs)).toHaveLength(before);
    expect(rootsOf(there, incidentId)).toHaveLength(1);
  });

  it('is chosen in a form, too, which says why it cannot be', async () => {
    const { ana, incidentId } = await started('no');
    const refusal = async (channelId: string) => {
      await ana.submit({ 'Which channel': channelId });
      return fieldErrors(ana);
    };
    await ana.tap('More');
    await ana.tap('Move to another channel');
    await ana.seeForm('Move to a channel');

    expect(await refusal(idOf('no'))).toContain('in this channel already');
    expect(await refusal(idOf('bot-less'))).toMatch(
      /I am not in that channel.*Nothing was changed/,
    );
    expect(await refusal(idOf('leads-only'))).toMatch(/You are not in that channel yourself/);
    expect((await stateOf(world, incidentId)).channelId).toBe(idOf('no'));
    expect(await refusal(idOf('forth'))).toBe('');
    await world.person('ana', 'forth').seeMessage(incidentId);
    await ana.say('/triage move somewhere');
    await told(ana, /as a channel that Slack recognises/);
  });

  it('tells whoever looks for it where it was, each person once where nobody asked', async () => {
    const { incidentId, rootTs } = await moved('talk', 'far');
    const ben = world.person('ben', 'talk');
    const pointers = () => toldTo(ben).filter((text) => text.includes('was moved')).length;

    await ben.say('Is anybody looking at this?', rootTs);
    await told(ben, /was moved and goes on in/);
    await ben.say('Hello?', rootTs);
    const mine = await until('the message', () => ben.findMessage('Hello?'));
    await ben.react(mine.ts, 'pushpin');
    await ben.say('@redthread status', rootTs);
    await until('the answer to a question', () => pointers() === 2);
    await ben.say('/triage status');
    await told(ben, new RegExp(`No incident is open in this channel. ${incidentId} was moved`));
    await ben.say('/triage');
    await told(ben, /No incident is open in this channel.*Start an incident/);

    expect((await stateOf(world, incidentId)).capturedMessages).toEqual([]);
    expect(pointers()).toBe(4);
  });

  it('keeps what was captured before, and follows it where it was written', async () => {
    const { ana, incidentId, rootTs } = await started('back');
    await ana.say('The load balancer drops connections.', rootTs);
    const said = await until('the message', () => ana.findMessage('load balancer drops'));
    await ana.react(said.ts, 'pushpin');
    await until(
      'it is kept',
      async () => (await stateOf(world, incidentId)).capturedMessages.length === 1,
    );
    await ana.say('/triage move #war');
    await ana.seeMessage('Go on there');

    const [kept] = (await stateOf(world, incidentId)).capturedMessages;
    expect(kept).toMatchObject({ channelId: idOf('back'), messageTs: said.ts });
    await ana.react(said.ts, 'pushpin', false);
    await until(
      'it is released',
      async () => (await stateOf(world, incidentId)).capturedMessages.length === 0,
    );
  });
});
