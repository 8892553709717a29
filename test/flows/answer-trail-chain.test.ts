import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TrailAnswer } from '../../src/domain/trail/answer.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { answerTrail, type TrailReply } from '../../src/flows/answer-trail.ts';
import { createEventHistory } from '../../src/flows/event-history.ts';
import { resolveChain } from '../../src/flows/resolve-chain.ts';
import { startAwsReplay } from '../../src/simulator/aws/start-aws-replay.ts';
import { anAwsSide } from '../aws/support.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { createMemoryActivity, type MemoryActivityOptions } from '../support/memory-activity.ts';
import { aPrincipal, aRecord } from '../support/trail-record.ts';

const folder = fileURLToPath(
  new URL('../../src/simulator/incidents/checkout-5xx', import.meta.url),
);
const nowMs = Date.parse('2026-10-14T10:56:00Z');

type Activity = Parameters<typeof answerTrail>[0]['activity'];

async function replyTo(
  activity: Activity,
  question: string,
  about: 'question' | 'who-assumed' = 'question',
): Promise<TrailReply> {
  return answerTrail(
    {
      store: { recordAudit: async () => undefined },
      clock: { nowMs: () => nowMs },
      log: createKeptLog(),
      activity,
      sources: [createEventHistory(activity)],
      scopeOf: () => ({
        targets: [{ accountId: null, region: 'eu-west-1' }],
        accountNames: new Map(),
      }),
      people: { describe: async (userId) => ({ userId, name: 'Ana', timeZone: 'UTC' }) },
    },
    {
      kind: 'answer-trail',
      answerId: 'trail-1',
      page: 0,
      look: 0,
      about,
      question,
      deliver: 'to-asker',
      userId: 'U1',
      channelId: 'C1',
      threadTs: null,
      replyUrl: null,
      incidentId: null,
      askedAtMs: nowMs,
    },
    new AbortController().signal,
  );
}

async function answerOf(...asked: Parameters<typeof replyTo>): Promise<TrailAnswer> {
  return ((await replyTo(...asked)) as { readonly answer: TrailAnswer }).answer;
}

async function replayedActivity(): Promise<Activity> {
  const replay = await startAwsReplay({ folder, nowMs: () => nowMs, lookupsPerSecond: 1_000 });
  onTestFinished(() => replay.close());
  return (await anAwsSide({ endpoint: replay.endpointUrl })).activity;
}

async function askReplay(question: string): Promise<TrailAnswer> {
  return answerOf(await replayedActivity(), question);
}

const linksOf = ({ chain }: TrailAnswer) => chain?.links.map(({ label }) => label);

describe('answers in the incident of the demo', () => {
  it('name the person behind two roles', async () => {
    const answer = await askReplay('event:PutParameter /reports/prod/batch-size');

    expect(answer.lead?.who).toMatchObject({ label: 'ilse.varga', kind: 'human' });
    expect(linksOf(answer)).toEqual([
      'config-writer/botocore-session-1791973635',
      'ops-jump/ilse-laptop',
      'ilse.varga',
    ]);
  });

  it('find the person behind two roles where people are asked for, and not among automation', async () => {
    const people = await askReplay('who changed /reports/prod/batch-size is:human');
    const automation = await askReplay('who changed /reports/prod/batch-size is:automation');

    expect(people.lead?.who.label).toBe('ilse.varga');
    expect(automation.lead).toBeNull();
    expect(automation.notFound).not.toContain('left out');
  });

  it('name the repository behind a deployment from GitHub', async () => {
    const answer = await askReplay('event:UpdateFunctionCode pricing-quote');

    expect(answer.lead?.who).toMatchObject({
      label: 'repo:northwind/pricing:ref:refs/heads/main',
      kind: 'automation',
      confidence: 'high',
    });
    expect(answer.chain?.end).toBe('origin');
  });

  it('keep the person who signed in through SAML, and show the sign-in', async () => {
    const answer = await askReplay('who stopped i-0c4e8d21f6ab97530');

    expect(answer.lead?.who).toMatchObject({
      label: 'noor.haddad@northwind.example',
      confidence: 'high',
      reason: 'followed back by access key: signed in through a SAML identity provider',
    });
    expect(answer.chain).toMatchObject({ end: 'origin', links: [{}, { channel: 'console' }] });
  });

  it('take a scheduled function for automation, issued its credentials by a service', async () => {
    const answer = await askReplay('who stopped i-0f1a2b3c4d5e60718');

    expect(answer.lead?.who).toMatchObject({ kind: 'automation', confidence: 'high' });
    expect(answer.chain?.links.at(-1)?.kind).toBe('service');
  });
});

describe('answers whose credentials lead nowhere', () => {
  const unclear = aPrincipal({
    label: untrusted('ops/change-17'),
    kind: 'unknown',
    confidence: 'low',
    roleName: untrusted('ops'),
    sessionName: untrusted('change-17'),
  });
  const record = aRecord({ atMs: nowMs - 60_000, principal: unclear, accessKeyId: 'ASIAOPS00001' });
  const ask = (options: Partial<MemoryActivityOptions>, records = [record]) =>
    answerOf(createMemoryActivity({ records, ...options }), 'who stopped i-0abc');

  it('come all the same, and say that', async () => {
    const answer = await ask({});

    expect(answer.lead?.who.label).toBe('ops/change-17');
    expect(answer.chain).toMatchObject({ end: 'not-found' });
    expect(answer.chain?.sentence).toContain('could not be followed further back');
  });

  it('end where time ran out, and say that', async () => {
    const replay = await startAwsReplay({ folder, nowMs: () => nowMs });
    onTestFinished(() => replay.close());
    const { activity } = await anAwsSide({ endpoint: replay.endpointUrl });
    const targets = [{ accountId: null, region: 'eu-west-1' }];
    const asker = { userId: 'U0ANA', urgency: 'waiting' } as const;
    const deps = { activity, targets, asker, log: createKeptLog() };

    const chain = await resolveChain(deps, record, AbortSignal.abort());

    expect(chain).toMatchObject({ end: 'unchecked', links: [{ label: 'ops/change-17' }] });
    expect(chain.sentence).toContain('could not be followed further back. ');
  });

  it('are not followed where the record names somebody for certain', async () => {
    const certain = { ...record, principal: { ...unclear, confidence: 'certain' as const } };

    expect((await ask({}, [certain])).chain).toBeNull();
  });

  it('are not followed where there is no answer', async () => {
    expect((await ask({}, [])).chain).toBeNull();
  });
});

describe('who assumed the role behind a call', () => {
  it('is answered from the call alone, down to the person', async () => {
    const activity = await replayedActivity();
    const { lead } = await answerOf(activity, 'event:PutParameter /reports/prod/batch-size');

    const answer = await answerOf(activity, `id:${lead?.record.eventId}`, 'who-assumed');

    expect(answer.lead).toMatchObject({
      who: { label: 'ilse.varga' },
      action: { eventName: 'AssumeRole' },
    });
    expect(answer.assumedBy).toMatchObject([{ label: 'ilse.varga', kind: 'human' }]);
    expect(answer.understood).toContain('role/config-writer');
  });

  it('says so where the call has no role behind it', async () => {
    const principal = aPrincipal({ userName: untrusted('ilse'), roleName: null });
    const record = aRecord({ atMs: nowMs - 60_000, principal });
    const activity = createMemoryActivity({ records: [record] });

    const reply = await replyTo(activity, `id:${record.eventId}`, 'who-assumed');

    expect(reply).toMatchObject({
      kind: 'error',
      sentence: 'There is no role behind that call, so nobody assumed one for it.',
    });
  });

  it('is not found where the call itself is not', async () => {
    const activity = createMemoryActivity({ records: [] });

    const answer = await answerOf(activity, `id:${aRecord().eventId}`, 'who-assumed');

    expect(answer).toMatchObject({ lead: null });
    expect(answer.notFound).toContain('No call that matches was found');
  });
});
