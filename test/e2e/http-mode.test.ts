import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/simulator/workspace/start-workspace.ts';
import { MANIFEST } from '../../src/slack/manifest.ts';
import { type HttpBot, SIGNING_SECRET, startHttpBot } from '../support/e2e/http-bot.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { until } from '../support/poll.ts';
import { freePort } from '../support/redis-server.ts';

/** The walk of whole-incident.test.ts in short, with Slack's payloads as signed HTTP requests. */
describe('an incident in HTTP mode', () => {
  let workspace: Workspace;
  let bot: HttpBot;
  let ana: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    const port = await freePort();
    workspace = await startWorkspace({
      manifest: MANIFEST,
      delivery: {
        mode: 'http',
        url: `http://127.0.0.1:${port}/slack/events`,
        signingSecret: SIGNING_SECRET,
      },
    });
    const { apiUrl, botToken } = workspace;
    bot = await startHttpBot({ apiUrl, botToken, port });
    ana = createPerson(workspace, 'ana', workspace.channelId('incidents'));
    ben = createPerson(workspace, 'ben', workspace.channelId('incidents'));
  });
  afterAll(async () => {
    await bot.close();
    await workspace.close();
  });

  const toldAlone = (person: TestPerson, words: RegExp) =>
    until(`${words} is said to one person`, () =>
      person.messages().find((message) => message.ephemeral && words.test(person.textOf(message))),
    );

  it('opens from a command, with evidence in the thread', async () => {
    await ana.say('/triage checkout returns 5xx sev2');
    const root = await ana.seeMessage('Owner: nobody yet');
    const changes = await ana.seeMessage('i-0c4e8d21f6ab97530');
    expect(changes.threadTs).toBe(root.ts);
  });

  it('takes a tap and a form', async () => {
    await ana.tap('Take it');
    await ana.seeMessage(`Owner: @${ana.id}`);
    await ana.fill('State the problem', {
      'What exactly is wrong?': 'Checkout answers 503 to every request.',
      'Who and what is affected?': 'All customers in Europe.',
      'Since when?': String(Math.floor(Date.now() / 1_000) - 15 * 60),
      'What changed recently?': 'Nothing that we know of.',
    });
    await ana.seeMessage('Checkout answers 503 to every request.');
  });

  it('answers a mention in the thread', async () => {
    const root = await ana.seeMessage('Owner:');
    await ben.say('@redthread status', root.ts);
    const status = await toldAlone(ben, /RT-[0-9A-Z]{5}/);
    expect(status.threadTs).toBe(root.ts);
  });

  it('answers a question to the asker alone, and attaches the answer on a tap on it', async () => {
    await ana.say('/trail who stopped i-0c4e8d21f6ab97530');
    await toldAlone(ana, /noor\.haddad/);
    expect(ben.messages().some((message) => /Attach/.test(ben.textOf(message)))).toBe(false);
    await ana.tap(/Attach/);
    await toldAlone(ana, /Attached to RT-/);
  });

  it('closes with a reason when steps are missing, and uploads the document', async () => {
    await ana.say('/triage close');
    await ana.seeForm('Close the incident');
    const errors = await ana.submit({ 'Why close it without that?': 'Somebody else fixed it.' });
    expect(errors).toEqual({});
    await ana.seeMessage('Closed');
    const published = await until('the document', () =>
      ana.messages().find(({ files }) => files.some((file) => file.name.endsWith('.md'))),
    );
    expect(published.files[0]?.preview).toContain('Somebody else fixed it.');
  });

  it('met no error', () => {
    expect(bot.logLines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
