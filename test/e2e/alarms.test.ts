import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAPSED_REASON } from '../../src/domain/incident/decide-alarms.ts';
import { eventBridgeMessage, inEnvelope, rawNotification } from '../support/alarm-messages.ts';
import { ALARM_QUEUE, ALARM_QUEUES, alarmConfigFile } from '../support/e2e/alarm-world.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { postedSlots, rootsOf, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

describe('an alarm that comes through a queue', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { queues: ALARM_QUEUES, rateLimits: 'off' },
      environment: (demo) => ({
        REDTHREAD_CONFIG: alarmConfigFile(demo.workspace.channelId('incidents')),
      }),
      pauses: { alarmPoll: { waitSeconds: 1, hiddenSeconds: 2 } },
    });
    ana = world.person('ana');
    ben = world.person('ben');
  });
  afterAll(() => world.close());

  const send = (body: string, copies = 1) =>
    world.demo.aws.queues.send(ALARM_QUEUE, body, { copies });
  const untilTaken = () =>
    until('the queue is empty', () => world.demo.aws.queues.messages(ALARM_QUEUE).length === 0);

  /** The incident whose card names this alarm. */
  async function incidentOf(name: string): Promise<string> {
    const card = await ana.seeMessage(new RegExp(`Alarm ${name} .*RT-[0-9A-Z]{5}`));
    return /RT-[0-9A-Z]{5}/.exec(ana.textOf(card))?.[0] ?? '';
  }
  const idsOf = async (name: string) =>
    (await world.store().listIncidents({ limit: 100 }))
      .filter(({ title }) => title === `Alarm ${name}`)
      .map(({ incidentId }) => incidentId);

  it('opens one incident, whoever accepts it owns it, and the evidence is there already', async () => {
    send(eventBridgeMessage({ name: 'accepted', atMs: Date.now() - 60_000 }), 3);
    const incidentId = await incidentOf('accepted');
    const [card] = rootsOf(ana, incidentId);
    expect(ana.textOf(card!)).toMatch(
      /🔔 accepted in ALARM since .*HTTPCode_ELB_5XX_Count above 5/,
    );
    expect(ana.textOf(card!)).toContain('is this an incident?');
    await untilTaken();
    await ana.seeMessage(/Changes · /);
    await ana.tap('Accept', incidentId);
    await ana.seeMessage('owns it now');
    const state = await stateOf(world, incidentId);
    expect(state).toMatchObject({ ownerId: ana.id, proposal: { verdict: 'accepted' } });
    expect(state.startedAtMs).toBeLessThan(Date.now() - 120_000);
    expect(await idsOf('accepted')).toEqual([incidentId]);
    await until('nothing is left to decide', () =>
      rootsOf(ana, incidentId).every((root) => !ana.textOf(root).includes('Not an incident')),
    );
    send(eventBridgeMessage({ name: 'accepted', to: 'OK', from: 'ALARM', atMs: Date.now() }));
    await ana.seeMessage('accepted is OK');
    expect((await stateOf(world, incidentId)).status).toBe('open');
  });

  it('tells the second of two who accept who was first', async () => {
    send(rawNotification({ name: 'contested', atMs: Date.now() - 60_000 }));
    const incidentId = await incidentOf('contested');
    await ana.seeMessage(`${incidentId}`);
    await Promise.all([ana.tap('Accept', incidentId), ben.tap('Accept', incidentId)]);
    const { ownerId } = await stateOf(world, incidentId);
    const second = ownerId === ana.id ? ben : ana;
    expect(await told(second, /already accepted/)).toContain(String(ownerId));
  });

  it('is closed as no incident, and the same firing asks no more', async () => {
    const atMs = Date.now() - 120_000;
    send(inEnvelope(rawNotification({ name: 'declined', atMs })));
    const incidentId = await incidentOf('declined');
    await ana.fill('Not an incident', { 'Why not?': 'A load test' }, incidentId);
    await ana.seeMessage('Not an incident: A load test');
    send(rawNotification({ name: 'declined', atMs: atMs + 60_000, from: 'INSUFFICIENT_DATA' }));
    send(rawNotification({ name: 'declined', atMs }));
    await untilTaken();
    await untilQuiet(world);
    expect(await idsOf('declined')).toEqual([incidentId]);
    expect(await stateOf(world, incidentId)).toMatchObject({ status: 'closed', publication: null });
  });

  it('becomes part of another incident, where evidence is gathered again', async () => {
    const atMs = Date.now() - 60_000;
    send(eventBridgeMessage({ name: 'first', atMs }));
    const intoId = await incidentOf('first');
    send(eventBridgeMessage({ name: 'second', atMs }));
    const incidentId = await incidentOf('second');
    await ana.tap('Merge', incidentId);
    await ana.seeForm('Merge');
    expect(await ana.submit({ 'Which incident': intoId })).toEqual({});
    await ana.seeMessage(`Merged into ${intoId}`);
    await ana.seeMessage(`second joined, merged from ${incidentId}`);
    const target = await stateOf(world, intoId);
    expect(target.alarmNames).toEqual(['first', 'second']);
    expect(target.gatherings).toHaveLength(2);
    expect((await stateOf(world, incidentId)).status).toBe('closed');
    send(eventBridgeMessage({ name: 'second', to: 'OK', from: 'ALARM', atMs: Date.now() }));
    await ana.seeMessage('second is OK');
  });

  it('that resolves by itself before anybody came says so and leaves nothing open', async () => {
    send(eventBridgeMessage({ name: 'lapsed', atMs: Date.now() - 60_000 }));
    const incidentId = await incidentOf('lapsed');
    send(eventBridgeMessage({ name: 'lapsed', to: 'OK', from: 'ALARM', atMs: Date.now() }));
    await ana.seeMessage(LAPSED_REASON);
    await until('the card is closed', () =>
      rootsOf(ana, incidentId).some((root) => ana.textOf(root).includes('☑️ Closed')),
    );
    await untilQuiet(world);
    const slots = await postedSlots(world, ana.channelId, incidentId);
    expect(slots).toEqual([...new Set(slots)]);
    expect(await stateOf(world, incidentId)).toMatchObject({ proposal: { verdict: 'lapsed' } });
  });

  it('leads to nothing when a rule says so', async () => {
    send(eventBridgeMessage({ name: 'load-test', atMs: Date.now() - 60_000 }));
    await untilTaken();
    expect(await idsOf('load-test')).toEqual([]);
  });

  it('has a name that does no harm', async () => {
    const name = '<!channel> <https://evil.example|fix> @here';
    send(eventBridgeMessage({ name, atMs: Date.now() - 60_000 }));
    await untilTaken();
    await untilQuiet(world);
    const posts = world.demo.workspace.journal.calls('chat.postMessage');
    const texts = posts.map(({ args }) => String(args['text']));
    expect(texts.filter((text) => text.includes('evil.example'))).toEqual([]);
    expect(await idsOf(name)).toHaveLength(1);
  });

  it('is named, with the way there, to whoever opens one about it by hand', async () => {
    send(eventBridgeMessage({ name: 'known', atMs: Date.now() - 60_000 }));
    const incidentId = await incidentOf('known');
    await ben.say('/triage basket is slow alarm:known');
    const sentence = await told(ben, /was opened here by an alarm .*, for the same alarm/);
    expect(sentence).toMatch(new RegExp(`is open\\..*⚠️ ${incidentId} .* tap Merge there`));
    const answer = ben.messages().findLast((row) => row.ephemeral);
    expect(JSON.stringify(answer?.blocks)).toContain('/archives/');
    // Who uses the form is told as well, once the form has closed.
    await ana.say('/triage');
    await ana.fill(/Start/, { 'What is wrong': 'basket is slow, too' });
    await told(ana, /is open\. ⚠️ RT-\w{5} was opened here by @/);
  });
});
