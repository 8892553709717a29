import { afterEach, describe, expect, it } from 'vitest';
import { deliverWebhook } from '../../src/flows/deliver-webhook.ts';
import { writeDocument } from '../../src/flows/write-document.ts';
import type { ClaimedWork, PostWebhook, WebhookMessage, WebhookTarget } from '../../src/ports.ts';
import { openCommand } from '../support/incident-builders.ts';
import { anOpenIncident, type FlowBench, INCIDENT_ID } from './flow-support.ts';

const NEVER = new AbortController().signal;
const URL_WITH_SECRET = 'https://hooks.example.com/t/secret-path';

function aTarget(changes: Partial<WebhookTarget> = {}): WebhookTarget {
  return {
    key: 'wiki',
    url: URL_WITH_SECRET,
    events: ['opened', 'closed', 'document'],
    channelIds: null,
    ...changes,
  };
}

let bench: FlowBench | undefined;
afterEach(async () => {
  await bench?.store.close();
  bench = undefined;
});

async function scheduledFor(...webhooks: readonly WebhookTarget[]): Promise<readonly string[]> {
  bench = await anOpenIncident({ webhooks });
  const claimed = await bench.store.claimWork({ leaseMs: 1_000, limit: 20 });
  return claimed.flatMap(({ work }: ClaimedWork) =>
    work.kind === 'deliver-webhook' ? `${work.webhookKey} ${work.event}` : [],
  );
}

describe('the work for webhooks', () => {
  it('is one item for each receiver that wants to hear of this here', async () => {
    const scheduled = await scheduledFor(
      aTarget(),
      aTarget({ key: 'ticketing', channelIds: [openCommand().channelId] }),
      aTarget({ key: 'archive', events: ['document'] }),
      aTarget({ key: 'other-team', channelIds: ['C2'] }),
    );
    expect(scheduled.toSorted()).toEqual(['ticketing opened', 'wiki opened']);
  });

  it('is none without receivers', async () => {
    expect(await scheduledFor()).toEqual([]);
  });
});

describe('a webhook', () => {
  const work = {
    kind: 'deliver-webhook',
    incidentId: INCIDENT_ID,
    event: 'opened',
    webhookKey: 'wiki',
    ofVersion: 2,
  } as const;

  async function deliver(post: PostWebhook, changes: Partial<typeof work> | object = {}) {
    bench ??= await anOpenIncident();
    const deps = { ...bench.deps, webhooks: [aTarget()], post };
    return deliverWebhook(deps, { ...work, ...changes }, NEVER);
  }

  const answering = (status: number) => async () => status;

  it('has the same id and content however often it is tried', async () => {
    const sent: WebhookMessage[] = [];
    const post: PostWebhook = async (message) => {
      sent.push(message);
      return 200;
    };
    expect(await deliver(post)).toEqual({ kind: 'done' });
    expect(await deliver(post)).toEqual({ kind: 'done' });
    expect(sent[0]).toEqual(sent[1]);
    expect(sent[0]).toMatchObject({ url: URL_WITH_SECRET, deliveryId: 'RT-7K3F9-opened-2' });
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      deliveryId: 'RT-7K3F9-opened-2',
      event: 'opened',
      incidentId: INCIDENT_ID,
    });
    expect(bench?.log.lines.map(({ fields }) => fields)).toContainEqual({
      host: 'hooks.example.com',
      deliveryId: 'RT-7K3F9-opened-2',
      status: 200,
    });
    expect(JSON.stringify(bench?.log.lines)).not.toContain('secret-path');
  });

  it('carries the document as it was written', async () => {
    bench = await anOpenIncident();
    const people = {
      describe: async (userId: string) => ({ userId, name: userId, timeZone: 'UTC' }),
    };
    const written = await writeDocument({ ...bench.deps, people }, INCIDENT_ID);
    const bodies: string[] = [];
    await deliver(
      async ({ body }) => {
        bodies.push(body);
        return 200;
      },
      { event: 'document' },
    );
    expect(JSON.parse(bodies[0] ?? '').document).toEqual({
      ofVersion: written?.ofVersion,
      markdown: written?.markdown,
      json: JSON.parse(written?.json ?? ''),
    });
  });

  it.each([500, 503, 408, 429])('is tried again after %i', async (status) => {
    await expect(deliver(answering(status))).rejects.toMatchObject({
      code: 'webhook-unavailable',
      message: `hooks.example.com answered ${status} to "opened".`,
    });
  });

  it.each([
    [400, 'it was refused'],
    [401, 'it was refused'],
    [404, 'it was refused'],
    [302, 'a redirect, which is not followed'],
  ])('is given up after %i, with the host alone', async (status, why) => {
    expect(await deliver(answering(status))).toEqual({
      kind: 'hopeless',
      reason: `hooks.example.com answered ${status} to "opened": ${why}.`,
    });
  });

  it('is dropped when its receiver was taken out of the configuration', async () => {
    const post: PostWebhook = async () => {
      throw new Error('Nobody is to be told.');
    };
    expect(await deliver(post, { webhookKey: 'gone' })).toEqual({ kind: 'done' });
  });
});
