import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TRIAGE_HELP } from '../../src/domain/triage/triage-command.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** In this order, in the thread of one incident that ana opened: what is typed, and what she alone reads. */
const IN_THREAD: readonly (readonly [typed: string, answer: RegExp])[] = [
  ['help', /How to use Redthread/],
  ['mine', /The open incident here is not yours/],
  ['take', /You own it now/],
  ['mine', /Open and yours/],
  ['list', /Open in this channel/],
  ['find slow', /Best matches in this channel/],
  ['note It began at ten.', /Noted\./],
  ['severity sev2', /is SEV2 now/],
  ['severity', /Change the severity/],
  ['title Orders are slow', /has its new title/],
  ['status', /Orders are slow/],
  ['catch me up', /Last activity/],
  ['escalate AWS Support', /escalate AWS Support: REASON[\s\S]*Escalate/],
  ['escalate AWS Support: packet loss', /The escalation is on the record/],
  ['move', /move #channel/],
  ['redact', /\/triage redact RT-\w{5}/],
  ['handoff somebody', /as a mention that Slack recognises/],
  ['drill', /Say what to practise/],
  ['clsoe false alarm', /\/triage close false alarm[\s\S]*\/triage "clsoe false alarm"/],
  ['close', /Still missing[\s\S]*State it[\s\S]*Close/],
  ['close enough for today', /Closed\./],
  ['reopen It is back.', /RT-\w{5} is open again/],
  ['not an incident', /Closed\./],
  ['export', /I am writing the document|nothing has changed since/],
];

describe('lines that people type', () => {
  let world: BotWorld;
  let rootTs = '';
  let incidentId = '';

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('verbs', 'several', 'aside') } });
    const opened = await openSession(world.person('ana', 'verbs'), 'checkout is slow');
    ({ rootTs, incidentId } = opened);
    await untilQuiet(world);
  });
  afterAll(() => world.close());

  const toBot = (line: string) => `<@${world.demo.workspace.botUserId}> ${line}`;

  async function answerTo(person: TestPerson, line: string, thread: string | null = null) {
    const before = toldTo(person).length;
    await person.say(line, thread);
    return until(`an answer to ${line}`, () => toldTo(person).slice(before).at(-1));
  }

  it.each(
    IN_THREAD,
  )('answer `@redthread %s` in the thread of an incident', async (typed, answer) => {
    const ana = world.person('ana', 'verbs');

    expect(await answerTo(ana, toBot(typed), rootTs)).toMatch(answer);
  });

  it('were tried with every verb', () => {
    const [tried, known] = [
      IN_THREAD.map(([line]) => line.split(' ')[0]),
      Object.keys(TRIAGE_HELP),
    ];

    expect(known.filter((verb) => !tried.includes(verb))).toEqual([]);
  });

  it('escalate to AWS Support with the text for it', async () => {
    const { escalations } = await stateOf(world, incidentId);

    expect(escalations).toMatchObject([{ to: 'AWS Support' }]);
    expect(escalations[0]?.reason).toMatch(/^packet loss\n\nProblem: /);
  });

  it('act only when the bot is named first; otherwise the menu is shown', async () => {
    const ana = world.person('ana', 'aside');

    expect(await answerTo(ana, `thanks ${toBot('for the help')}`)).toContain('No incident is open');
    const channelId = world.demo.workspace.channelId('aside');
    expect(await world.store().listIncidents({ channelId, limit: 1 })).toEqual([]);
  });

  it('open what may be a verb as well with one tap, once', async () => {
    const ana = world.person('ana', 'aside');
    await answerTo(ana, '/triage list endpoint returns 500 sev2');
    await ana.tap('Open it with this title');
    await ana.seeMessage('SEV2 · list endpoint returns 500');
    await ana.tap('Open it with this title');
    const channelId = world.demo.workspace.channelId('aside');
    const open = await world.store().listIncidents({ channelId, limit: 5 });

    expect(open.map(({ title }) => title)).toEqual(['list endpoint returns 500']);
  });

  it('are given back for each of several incidents, to copy, and nothing is lost', async () => {
    const ana = world.person('ana', 'several');
    const ben = world.person('ben', 'several');
    const first = await openSession(ana, 'checkout is slow');
    await ana.say('/triage mail is late');
    await ana.seeMessage('SEV3 · mail is late');

    const which = await answerTo(ana, `/triage handoff <@${ben.id}> look at  the orders DB`);
    expect(which).toContain('Several are open here. Which one?');
    expect(which).toContain('Start another');
    const line = `handoff ${first.incidentId} <@${ben.id}> look at the orders DB`;
    expect(which).toContain(`/triage ${line}`);

    expect(await answerTo(ana, `/triage ${line}`)).toMatch(/Handed over/);
    const { ownerId, notes } = await stateOf(world, first.incidentId);
    expect([ownerId, notes.map(({ text }) => text)]).toEqual([ben.id, ['look at the orders DB']]);
    expect(await answerTo(ana, '/triage mine')).toContain('None of the 2 open incidents here');
    await ana.say(`/triage close ${first.incidentId} done`);
    const closed = await until('it is closed', async () =>
      (await stateOf(world, first.incidentId)).status === 'closed' ? true : undefined,
    );
    expect(closed).toBe(true);
    expect(await answerTo(ana, '/triage reopen it is back')).toContain(
      `/triage reopen ${first.incidentId} it is back`,
    );
  });
});
