import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { actedUpon } from '../support/e2e/markup.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { stateOf } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

const HOSTILE =
  '<!channel> <@U0EVIL123> <https://evil.example|the console> <script>alert(1)</script> *b* `c` \u202egpj.exe\u2066 &lt;!here&gt;';
const MARKER = /!channel|!here|U0EVIL123|evil\.example|script>/;

/** Whatever people type is shown as text: it pings nobody, links nowhere and is kept as typed. */
describe('hostile text', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let incidentId: string;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('hostile', 'line', 'check') } });
    ana = world.person('ana', 'hostile');
  });
  afterAll(() => world.close());

  it('shows a title, notes and answers of every form as plain text', async () => {
    await ana.say('/triage');
    await ana.seeForm('Start an incident');
    expect(await ana.submit({ 'What is wrong?': HOSTILE })).toEqual({});
    const opened = await until('the session', async () => {
      const [first] = await world.store().listIncidents({ channelId: ana.channelId, limit: 1 });
      return first;
    });
    incidentId = opened.incidentId;
    await ana.seeMessage(incidentId);
    await ana.fill(/^(Add a note|Note)$/, { 'What should be on the record?': HOSTILE });
    await ana.fill('State the problem', { 'What exactly is wrong?': HOSTILE });
    await ana.fill('Name the component', { 'Which component or resource': HOSTILE });
    await ana.fill('Add a hypothesis', { 'What could explain the problem?': HOSTILE });
    await ana.fill('Test a hypothesis', { 'Which one test': HOSTILE });
    await ana.tap('Record the verdict');
    await ana.seeForm();
    await until('the hostile words are on the cards', () =>
      ana.messages().some((message) => ana.textOf(message).includes('the console')),
    );
    expect(actedUpon(ana, MARKER)).toEqual([]);
  });

  it('keeps what was typed, so that nothing is lost by showing it harmlessly', async () => {
    const state = await stateOf(world, incidentId);
    expect(state.title).toContain('<!channel>');
    expect(state.problem?.symptoms).toContain('<script>alert(1)</script>');
  });

  it('shows a hostile command line and a hostile question as plain text', async () => {
    const ben = world.person('ben', 'line');
    await ben.say(`/triage ${HOSTILE}`);
    await told(ben, /RT-\w{5} is open/);
    await ben.seeMessage('Owner: nobody yet');
    await ben.say('/trail who stopped i-0abc1234 since <!channel>');
    await told(ben, /channel.* is not a time/);
    await ben.say(`/triage status ${HOSTILE}`);
    await ben.say(`/triage escalate to: ${HOSTILE} reason: ${HOSTILE}`);
    await until('the escalation', async () => {
      const [first] = await world.store().listIncidents({ channelId: ben.channelId, limit: 1 });
      return (await stateOf(world, first?.incidentId ?? '')).escalations.length === 1;
    });
    await ben.say('/triage list');
    await told(ben, /Open in this channel/);
    expect(actedUpon(ben, MARKER)).toEqual([]);
  });

  it('writes a document in which nothing of it is markup', async () => {
    await ana.say(`/triage close ${incidentId} ${HOSTILE}`);
    const document = await until('the document', () =>
      ana
        .messages()
        .flatMap(({ files }) => files)
        .find(({ name }) => name.endsWith('.md')),
    );
    const preview = document.preview ?? '';
    expect(preview).toContain('evil');
    expect(preview).not.toMatch(/<script|<!channel>|\]\(https:\/\/evil|\u202e/);
    expect(actedUpon(ana, MARKER)).toEqual([]);
  });

  it('would be seen by this test if Slack acted upon it', async () => {
    const checked = world.person('ana', 'check');
    const { apiUrl, botToken } = world.demo.workspace;
    await fetch(`${apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${botToken}` },
      body: JSON.stringify({
        channel: checked.channelId,
        text: 'x',
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<!channel> look' } }],
      }),
    });
    await until('the message', () => actedUpon(checked, MARKER).length > 0);
  });
});
