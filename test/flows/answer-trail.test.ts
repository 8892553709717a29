import { describe, expect, it } from 'vitest';
import type { TrailAnswer } from '../../src/domain/trail/answer.ts';
import { answerTrail, MATCHES_PER_PAGE, type TrailReply } from '../../src/flows/answer-trail.ts';
import { createEventHistory } from '../../src/flows/event-history.ts';
import type { AuditEntry, AwsTarget, Logger } from '../../src/ports.ts';
import { createMemoryActivity, type MemoryActivityOptions } from '../support/memory-activity.ts';
import { aRecord } from '../support/trail-record.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const minutesAgo = (minutes: number) => nowMs - minutes * 60_000;

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

interface Setting extends MemoryActivityOptions {
  readonly timeZone?: string;
  readonly targets?: readonly AwsTarget[];
}

async function ask(question: string, setting: Setting) {
  const activity = createMemoryActivity(setting);
  const audits: AuditEntry[] = [];
  const progress: string[] = [];
  const reply = await answerTrail(
    {
      store: { recordAudit: async (entry) => void audits.push(entry) },
      clock: { nowMs: () => nowMs },
      log: silent,
      activity,
      sources: [createEventHistory(activity)],
      scopeOf: () => ({
        targets: setting.targets ?? [{ accountId: null, region: 'eu-west-1' }],
        accountNames: new Map(),
      }),
      people: {
        describe: async (userId) => ({ userId, name: 'Ana', timeZone: setting.timeZone ?? 'UTC' }),
      },
      onProgress: (sentence) => progress.push(sentence),
    },
    {
      kind: 'answer-trail',
      answerId: 'trail-1',
      page: 0,
      look: 0,
      about: 'question',
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
  return { reply, audits, progress, requests: activity.requests };
}

function answerOf(reply: TrailReply): TrailAnswer {
  expect(reply).toMatchObject({ kind: 'answer' });
  return (reply as { answer: TrailAnswer }).answer;
}

describe('answering a who-did question from Event history', () => {
  it('answers and says what the answer rests on', async () => {
    const { reply } = await ask('who stopped i-0abc since 3h', {
      records: [aRecord({ atMs: minutesAgo(60) })],
    });
    const { lead, coverage, understood } = answerOf(reply);
    expect(lead?.who.label).toBe('ana@example.com');
    expect(understood).toBe('stopped · resource i-0abc');
    expect(coverage.targets).toMatchObject([
      { region: 'eu-west-1', outcome: 'found', count: 1, accountId: '111122223333' },
      { region: 'us-east-1', outcome: 'nothing', count: 0 },
    ]);
  });

  it('finds a call that Event history did not index under the resource', async () => {
    const { reply } = await ask('who stopped i-0abc', {
      records: [aRecord({ atMs: minutesAgo(60) })],
      withoutIndexedResources: new Set([aRecord().eventId]),
    });
    expect(answerOf(reply).lead).not.toBeNull();
  });

  it('prefers a newer call that was not indexed over an older one that was', async () => {
    const older = aRecord({ eventId: 'older', atMs: minutesAgo(60) });
    const newer = aRecord({ eventId: 'newer', atMs: minutesAgo(30) });
    const { reply } = await ask('who stopped i-0abc', {
      records: [older, newer],
      withoutIndexedResources: new Set(['newer']),
    });
    expect(answerOf(reply).lead?.record.eventId).toBe('newer');
  });

  it('reads times in the time zone of the person who asks', async () => {
    const { requests } = await ask('event:StopTask since 06:00', {
      records: [],
      timeZone: 'America/New_York',
    });
    expect(requests[0]?.fromMs).toBe(Date.parse('2026-03-10T10:00:00Z'));
  });

  it('asks only the Regions that were named', async () => {
    const { requests } = await ask('event:StopTask region:eu-north-1', { records: [] });
    expect(requests.map(({ target }) => target.region)).toEqual(['eu-north-1']);
  });

  it('asks the global Region of the partition it works in', async () => {
    const { requests } = await ask('event:DeleteRole', {
      records: [],
      targets: [{ accountId: null, region: 'cn-northwest-1' }],
    });
    expect(requests.map(({ target }) => target.region)).toEqual(['cn-northwest-1', 'cn-north-1']);
  });

  it('reports each Region that could not be asked and does not ask it twice', async () => {
    const { reply, requests } = await ask('who stopped i-0abc', {
      records: [],
      troubles: { 'us-east-1': 'denied' },
    });
    const { notFound, coverage } = answerOf(reply);
    expect(notFound).toContain('Not checked: us-east-1.');
    expect(coverage.targets[1]).toMatchObject({
      outcome: 'denied',
      truncated: true,
      explanation: 'us-east-1 said no.',
    });
    expect(requests.filter(({ target }) => target.region === 'us-east-1')).toHaveLength(1);
  });

  it('stops reading when the newest matches are enough, and says so', async () => {
    const records = Array.from({ length: 200 }, (_, index) =>
      aRecord({ eventId: `e${index}`, atMs: minutesAgo(index + 1) }),
    );
    const { reply } = await ask('event:StopInstances', { records, pageSize: 10 });
    const { coverage, lead } = answerOf(reply);
    expect(lead?.record.eventId).toBe('e0');
    expect(coverage.recordCount).toBeLessThan(MATCHES_PER_PAGE + 10);
    expect(coverage.targets[0]).toMatchObject({ truncated: true });
  });

  it('tells how far it is', async () => {
    const { progress } = await ask('StopInstances', { records: [aRecord()] });
    expect(progress).toEqual(['Looking in 2 Regions: 1 calls read, 1 match.']);
  });

  it('writes down who asked what and how much was found', async () => {
    const { audits } = await ask('who stopped i-0abc', { records: [aRecord()] });
    expect(audits).toEqual([
      {
        atMs: nowMs,
        userId: 'U1',
        channelId: 'C1',
        action: 'trail-lookup',
        question: 'who stopped i-0abc',
        recordCount: 1,
        outcome: 'answered',
      },
    ]);
  });

  it('explains a question it does not understand and asks nobody', async () => {
    const { reply, requests, audits } = await ask('who stopped i-0abc sicne 3h', { records: [] });
    expect(reply).toMatchObject({ kind: 'error', suggestion: 'who stopped i-0abc since 3h' });
    expect(requests).toEqual([]);
    expect(audits).toMatchObject([{ outcome: 'not-understood', recordCount: 0 }]);
  });

  it('refuses an account that it has no access to', async () => {
    const { reply } = await ask('StopTask account:444455556666', {
      records: [],
      targets: [{ accountId: '111122223333', region: 'eu-west-1' }],
    });
    expect(reply).toMatchObject({ kind: 'error' });
  });
});
