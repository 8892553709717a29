import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifySignature } from '../../src/intake/verify-signature.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, untilQuiet } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';
import {
  type ReceivedDelivery,
  startReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.ts';

const SECRET = 'a secret of the tests';

describe('webhooks', () => {
  let world: BotWorld;
  let wiki: WebhookReceiver;
  let refusing: WebhookReceiver;
  let folder: string;

  beforeAll(async () => {
    wiki = await startReceiver([500, 200]);
    refusing = await startReceiver([404]);
    folder = mkdtempSync(join(tmpdir(), 'redthread-webhooks-'));
    const path = join(folder, 'redthread.yaml');
    world = await startBotWorld({
      world: { seed: roomsSeed('told', 'refused', 'practice') },
      environment: ({ workspace }) => {
        const [toldId, refusedId, practiceId] = ['told', 'refused', 'practice'].map((name) =>
          workspace.channelId(name),
        );
        writeFileSync(
          path,
          `regions: [eu-west-1]
webhooks:
  - { url: "${wiki.origin}/secret-path", channels: [${toldId}, ${practiceId}] }
  - { url: "${refusing.origin}/secret-path", events: [opened], channels: [${refusedId}] }
`,
        );
        return { REDTHREAD_CONFIG: path, WEBHOOK_SIGNING_SECRET: SECRET };
      },
    });
  });
  afterAll(async () => {
    await world.close();
    wiki.close();
    refusing.close();
    rmSync(folder, { recursive: true });
  });

  const eventOf = ({ body }: ReceivedDelivery): string => JSON.parse(body.toString()).event;

  it('hear of an incident from its opening to its document, signed, in spite of a failure', async () => {
    const ana = world.person('ana', 'told');
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    await until('the second try', () => wiki.received.length >= 2);
    await ana.say(`/triage close ${incidentId} it was a test`);
    await until('the document', () => wiki.received.map(eventOf).includes('document'));
    await untilQuiet(world);

    expect(wiki.received.map(eventOf)).toEqual(['opened', 'opened', 'closed', 'document']);
    const [first, second] = wiki.received;
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    const verdicts = wiki.received.map(({ headers, body }) =>
      verifySignature(
        {
          timestamp: headers['x-redthread-timestamp'] as string,
          signature: headers['x-redthread-signature'] as string,
          body,
        },
        SECRET,
        Date.now(),
      ),
    );
    expect(new Set(verdicts)).toEqual(new Set(['good']));
    const { document, ...payload } = JSON.parse(wiki.received.at(-1)?.body.toString() ?? '');
    expect(payload).toMatchObject({ incidentId, status: 'closed' });
    expect(document.markdown).toBe((await world.store().readDocument(incidentId))?.markdown);
  });

  it('hear of an edit, of the document that holds it, and of a reopening', async () => {
    const ana = world.person('ana', 'told');
    const fromHere = wiki.received.length;
    await ana.tap('Edit the document', /Closed/);
    await ana.seeForm('Edit the document');
    await ana.tapInForm('Edit: Lessons');
    await until('the field', () =>
      JSON.stringify(ana.view().modal?.view).includes('plain_text_input'),
    );
    await ana.submit({ Lessons: 'Look at the status page first.' });
    const since = () => wiki.received.slice(fromHere).map(({ body }) => JSON.parse(String(body)));
    await until('the document', () => since().some(({ event }) => event === 'document'));
    expect(since()).toMatchObject([
      { event: 'document-edited', edit: { section: 'lessons', editedBy: ana.id } },
      { event: 'document', document: { markdown: expect.stringContaining('status page first') } },
    ]);

    const { incidentId } = since()[0];
    await ana.say(`/triage reopen ${incidentId} it is back`);
    await until('the reopening', () => since().some(({ event }) => event === 'reopened'));
    expect(since().at(-1)).toMatchObject({ event: 'reopened', status: 'open', closedAt: null });
  });

  it('that refuse are one line in the thread, with the host and no more of the address', async () => {
    const ana = world.person('ana', 'refused');
    await openSession(ana, 'checkout returns 5xx');
    await ana.seeMessage(/telling a webhook about this incident.*127\.0\.0\.1:\d+ answered 404/s);
    await untilQuiet(world);
    expect(refusing.received).toHaveLength(1);
    const shown = ana.messages().map((message) => ana.textOf(message));
    const everything = JSON.stringify([shown, world.logLines]);
    expect(everything).toContain('answered 404');
    expect(everything).not.toMatch(/secret-path|a secret of the tests/);
  });

  it('hear nothing of a drill', async () => {
    const before = wiki.received.length;
    const ana = world.person('ana', 'practice');
    await ana.say('/triage drill checkout returns 5xx');
    const incidentId = /RT-[0-9A-Z]{5}/.exec(await told(ana, /is open as a DRILL/))?.[0];
    await ana.say(`/triage close ${incidentId} practised enough`);
    await untilQuiet(world);
    expect(wiki.received).toHaveLength(before);
  });
});
