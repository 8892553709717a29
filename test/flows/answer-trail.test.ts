import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerQuestion, type TrailAnswer } from '../../src/domain/trail/answer.ts';
import { matchesQuery } from '../../src/domain/trail/query/matches-query.ts';
import { parseQuery } from '../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { answerTrail, MATCHES_PER_PAGE, type TrailReply } from '../../src/flows/answer-trail.ts';
import { createEventHistory } from '../../src/flows/event-history.ts';
import type { AuditEntry, AwsTarget, Logger } from '../../src/ports.ts';
import { createMemoryActivity, type MemoryActivityOptions } from '../support/memory-activity.ts';
import { aPrincipal, aRecord } from '../support/trail-record.ts';

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

  it('asks the most selective question first, then only for what is newer', async () => {
    const { requests } = await ask('who stopped i-0abc since 3h', {
      records: [
        aRecord({ atMs: minutesAgo(60), principal: aPrincipal({ confidence: 'certain' }) }),
      ],
    });
    expect(requests.map(({ attribute, fromMs }) => [attribute?.key, fromMs])).toEqual([
      ['ResourceName', minutesAgo(180)],
      ['ResourceName', minutesAgo(180)],
      ['EventName', minutesAgo(60)],
      ['EventName', minutesAgo(60)],
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

const QUESTIONS = [
  'who stopped i-0abc',
  'who started i-0abc',
  'who deleted checkout',
  'who changed arn:aws:iam::111122223333:role/checkout',
  'checkout',
  'user:Ana',
  'user:ana did',
  'user:ana -event:StopInstances is:write',
  'is:denied user:bo',
  'who stopped i-0abc is:error since 6h',
  'key:ASIAONE',
  'event:UpdateFunctionCode',
  'event:Stop* source:ec2',
  'role:deployer checkout',
  'who assumed checkout',
  'region:us-east-1 is:read',
  '198.51.100.0/24 -i-0abc',
] as const;

const arbitraryRecord: fc.Arbitrary<TrailRecord> = fc
  .record({
    id: fc.uuid(),
    event: fc.constantFrom(
      ['StopInstances', false],
      ['StartInstances', false],
      ['StartSession', false],
      ['DeleteRole', false],
      ['UpdateFunctionCode20150331v2', false],
      ['DescribeInstances', true],
      ['AssumeRole', true],
    ),
    minute: fc.integer({ min: 0, max: 1_500 }),
    region: fc.constantFrom('eu-west-1', 'us-east-1'),
    error: fc.constantFrom(null, null, 'AccessDenied', 'Throttling'),
    user: fc.constantFrom('ana', 'Ana', 'ana@example.com', 'bo'),
    role: fc.constantFrom(null, 'deployer'),
    key: fc.constantFrom(null, 'ASIAONE', 'ASIATWO'),
    named: fc.subarray([
      'i-0abc',
      'checkout',
      'arn:aws:iam::111122223333:role/checkout',
      'arn:aws:iam::111122223333:role/team/checkout',
      'other',
    ]),
  })
  .map(({ id, event, minute, region, error, user, role, key, named }) =>
    aRecord({
      eventId: id,
      eventName: String(event[0]),
      readOnly: event[1] === true,
      atMs: minutesAgo(minute),
      region,
      errorCode: error === null ? null : untrusted(error),
      accessKeyId: key,
      named,
      principal: aPrincipal({
        label: untrusted(user),
        userName: null,
        sessionName: untrusted(user),
        roleName: role === null ? null : untrusted(role),
      }),
    }),
  );

describe('planned lookups', () => {
  it('give the same answer as reading everything and filtering', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...QUESTIONS),
        fc.uniqueArray(arbitraryRecord, { maxLength: 40, selector: ({ eventId }) => eventId }),
        fc.func(fc.boolean()),
        async (question, records, isHidden) => {
          const hidden = records.filter(({ eventId }) => isHidden(eventId));
          const withoutIndexedResources = new Set(hidden.map(({ eventId }) => eventId));
          const { reply } = await ask(question, { records, withoutIndexedResources, pageSize: 7 });
          const expected = scan(question, records);
          const { lead, records: found } = answerOf(reply);
          expect(lead?.record).toEqual(expected.lead?.record);
          expect(expected.records).toEqual(expect.arrayContaining([...found]));
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The answer of somebody who read every record there is. */
function scan(question: string, records: readonly TrailRecord[]): TrailAnswer {
  const context = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  const { query } = parseQuery(question, context) as { query: TrailQuery };
  return answerQuestion({
    question,
    query,
    records: records.filter((record) => matchesQuery(query, record)),
    targets: [],
    skippedCount: 0,
    deliveredUntilMs: nowMs,
  });
}
