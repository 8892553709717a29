import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type TestPerson, textIn } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

const PASSWORD = 'Tr0ub4dor_and_*three*';

/** Somebody typed a password into a note, and the incident was closed with it. */
describe('taking text out of the record', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let incidentId: string;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('secret') } });
    ana = world.person('ana', 'secret');
    ({ incidentId } = await openSession(ana, `checkout is down, root is ${PASSWORD}`));
    await ana.say(`/triage note the password is ${PASSWORD}`);
    await ana.say(`/triage close ${incidentId} changed ${PASSWORD} back`);
    await until('the document', () => documents().length === 1);
    await untilQuiet(world);
  });
  afterAll(() => world.close());

  const documents = () =>
    ana.messages().flatMap(({ files }) => files.filter(({ name }) => name.endsWith('.md')));
  const posted = () => ana.messages().filter(({ ephemeral }) => !ephemeral);
  const seen = () =>
    posted()
      .map((message) => ana.textOf(message))
      .join('\n');

  it('says in the form what is wrong with what was typed, and changes nothing', async () => {
    expect(seen()).toContain(PASSWORD);
    await ana.say(`/triage redact ${incidentId}`);
    await ana.seeForm('Take text out');
    const errors = await ana.submit({ 'Which text?': 'never typed', 'Why?': 'a password' });
    expect(JSON.stringify(errors)).toContain('nowhere in the record');
  });

  it('replaces it on the cards, in the document and in the store, and says how far it reached', async () => {
    await ana.submit({ 'Which text?': PASSWORD, 'Why?': 'a password' });
    const told = textIn(ana.view().modal?.view['blocks']);
    expect(told).toMatch(/The text is out of RT-\w{5}: \d+ places of the record changed/);
    expect(told).toContain('change it now');

    await until('the cards', () => !seen().includes(PASSWORD));
    const [document] = await until('the new document', () => {
      const left = documents();
      return left.length === 1 && left[0]?.preview?.includes('[redacted') === true ? left : null;
    });
    await untilQuiet(world);
    expect(document?.preview).not.toMatch(/Tr0ub4dor/);
    expect(document?.preview).toContain('Text was taken out of the record');
    expect((await stateOf(world, incidentId)).title).toContain('[redacted]');
    const kept = await world.store().readDocument(incidentId);
    expect(`${kept?.markdown}${kept?.json}`).not.toContain('Tr0ub4dor');
    expect(JSON.stringify(world.logLines)).not.toContain('Tr0ub4dor');
  });

  it('tells whoever asked that the canvas is theirs to clean', async () => {
    const direct = () => ana.view().channels.filter(({ isDirect }) => isDirect);
    await until('the message', () => /The canvas of RT-/.test(JSON.stringify(direct())));
  });

  it('leaves nothing of it in the file of the store', async () => {
    const folder = process.env['REDTHREAD_DATA'] ?? '';
    await untilQuiet(world);
    const files = await readdir(folder);
    const found = await Promise.all(
      files.map(async (file) => (await readFile(join(folder, file))).includes('Tr0ub4dor')),
    );
    expect(files).toContain('redthread.db');
    expect(found).not.toContain(true);
  });

  it('is in the audit log, without the text', async () => {
    const entries = await world.store().readAudit(50);
    expect(entries.filter(({ action }) => action === 'redaction')).toMatchObject([
      { userId: ana.id, question: incidentId, outcome: 'redacted' },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Tr0ub4dor');
  });

  it('tells who types the text into the line what that means', async () => {
    await ana.say(`/triage redact ${incidentId} ${PASSWORD}`);
    await until('the answer', () =>
      ana.messages().some((message) => ana.textOf(message).includes('opens a form for it')),
    );
  });
});
