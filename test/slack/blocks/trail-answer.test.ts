import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerQuestion, type TrailAnswer } from '../../../src/domain/trail/answer.ts';
import { parseQuery } from '../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { renderTrailAnswer } from '../../../src/slack/blocks/trail-answer.ts';
import { aPrincipal, aRecord } from '../../support/trail-record.ts';
import { hostileText } from './hostile.ts';
import { refusals } from './refusals.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const context = {
  timeZone: 'Europe/Berlin',
  nowMs,
  incidentId: 'RT-7K3F9',
  consoleUrl: null,
  answerId: 'trail-1',
  page: 0,
  endedBy: 'itself' as const,
};

function answer(question: string, records: readonly TrailRecord[]): TrailAnswer {
  const when = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  const { query } = parseQuery(question, when) as { query: TrailQuery };
  const target = {
    accountId: '111122223333',
    region: 'eu-west-1',
    outcome: 'nothing',
    count: 0,
    truncated: false,
    explanation: null,
  } as const;
  const rest = { targets: [target], skippedCount: 0, deliveredUntilMs: nowMs - 600_000 };
  return answerQuestion({ question, query, records, ...rest });
}

/** What a person reads: the texts of all blocks in order. */
function read(content: { readonly blocks: readonly unknown[] }): string {
  return JSON.stringify(content.blocks)
    .match(/"text":"(?:[^"\\]|\\.)*"/g)!
    .map((match): string => JSON.parse(`{${match}}`).text)
    .join('');
}

/** The ids of what can be tapped, in the order of the row. */
function actionsOf(content: { readonly blocks: readonly unknown[] }): readonly string[] {
  return [...JSON.stringify(content.blocks).matchAll(/"action_id":"([^"]+)"/g)].map(
    ([, actionId = '']) => actionId,
  );
}

const show = (question: string, records: readonly TrailRecord[], changes = {}) =>
  renderTrailAnswer(answer(question, records), { ...context, ...changes });

describe('an answer to a who-did question in Slack', () => {
  it('begins with one sentence that says who did what to what, and when', () => {
    const text = read(show('who stopped i-0abc', [aRecord({ atMs: nowMs - 7_200_000 })]));
    expect(text).toMatch(
      /^👤 ana@example\.com stopped i-0abc \(StopInstances\)\s*today 11:00:00 CET, 2 h ago/,
    );
  });

  it('says from where, with which tool, whether with MFA, and how sure the identity is', () => {
    const text = read(show('who stopped i-0abc', [aRecord()]));
    expect(text).toContain('from 198.51.100.7 · with the CLI · with MFA · eu-west-1');
    expect(text).toContain(
      'Sure who? High: signed in through Identity Center, which names the session after the person',
    );
  });

  it('says in small print which calls could not be judged', () => {
    const principal = aPrincipal({
      kind: 'unknown',
      confidence: 'low',
      roleName: untrusted('ops'),
    });
    const unclear = aRecord({ eventId: 'unclear', principal });
    const { blocks } = show('who stopped i-0abc is:human', [aRecord(), unclear]);
    const small = blocks.filter(({ type }) => type === 'context');
    expect(read({ blocks: small })).toContain(
      '1 call was left out: whether a person or automation',
    );
  });

  it('puts who and what in bold', () => {
    const [block] = show('who stopped i-0abc', [aRecord()]).blocks;
    expect(JSON.stringify(block)).toContain(
      '"text":"ana@example.com","style":{"code":true,"bold":true}',
    );
    expect(JSON.stringify(block)).toContain('"text":"stopped","style":{"bold":true}');
  });

  it('tells a failed call as an attempt', () => {
    const failed = aRecord({ errorCode: untrusted('AccessDenied') });
    expect(read(show('i-0abc is:denied', [failed]))).toMatch(
      /^👤 ana@example\.com tried to stop i-0abc \(StopInstances\): refused \(AccessDenied\)/,
    );
  });

  it('says that a call failed when nobody refused it', () => {
    const failed = aRecord({ errorCode: untrusted('IncorrectInstanceState') });
    expect(read(show('i-0abc is:error', [failed]))).toContain(
      'tried to stop i-0abc (StopInstances): failed (IncorrectInstanceState)',
    );
  });

  it('says what is not a person, and an unfamiliar reason as it is', () => {
    const principal = aPrincipal({ kind: 'automation', confidence: 'low', reason: 'a guess' });
    expect(read(show('who stopped i-0abc', [aRecord({ principal })]))).toContain(
      'Sure who? Low, automation: a guess',
    );
  });

  it('names a refused attempt in plain words, and its object once', () => {
    const failed = aRecord({
      eventId: 'a',
      named: ['i-0abc', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc'],
      errorCode: untrusted('Client.UnauthorizedOperation'),
    });
    expect(read(show('who stopped i-0abc', [aRecord(), failed]))).toMatch(
      /Failed attempts.*ana@example\.com tried to stop i-0abc \(StopInstances\): refused \(Client\.UnauthorizedOperation\)/s,
    );
  });

  it('tells what failed apart from what was done, in a question about both', () => {
    const refused = { errorCode: untrusted('AccessDenied') };
    const at = (seconds: number) => ({ eventId: `e${seconds}`, atMs: nowMs - seconds * 1_000 });
    const records = [aRecord(at(1)), aRecord(at(2)), aRecord({ ...at(3), ...refused })];
    const text = read(show('i-0abc event:StopInstances', records));
    expect(text).toContain('stopped i-0abc (StopInstances)');
    expect(text).toContain('tried to stop i-0abc (StopInstances): refused (AccessDenied)');
  });

  it('lists the other calls and, apart, the failed attempts', () => {
    const at = (eventId: string, minutes: number) =>
      aRecord({ eventId, atMs: nowMs - minutes * 60_000 });
    const failed = { ...at('c', 40), errorCode: untrusted('AccessDenied') };
    const text = read(show('who stopped i-0abc', [at('a', 20), at('b', 30), failed]));
    expect(text).toMatch(/Also.*30 min ago.*Failed attempts.*40 min ago.*AccessDenied/s);
  });

  it('folds a burst into one line', () => {
    const burst = Array.from({ length: 5 }, (_, index) =>
      aRecord({ eventId: `e${index}`, atMs: nowMs - 3_600_000 - index * 1000 }),
    );
    expect(read(show('who stopped i-0abc', burst))).toContain('stopped i-0abc ×4 (StopInstances)');
  });

  it('says what was checked when nothing was found, and offers nothing to share', () => {
    const content = show('who stopped i-0abc', []);
    expect(read(content)).toContain('No call that matches was found in what was checked.');
    expect(read(content)).toContain('Understood: stopped · resource i-0abc');
    expect(actionsOf(content)).toEqual(['tap:edit-question']);
  });

  it('offers to share the answer and to attach it to the session it was asked in', () => {
    const content = show('who stopped i-0abc', [aRecord()]);
    expect(actionsOf(content).slice(0, 2)).toEqual(['tap:share-trail', 'tap:attach-trail']);
    expect(JSON.stringify(content).split('"value":"RT-7K3F9|trail-1"')).toHaveLength(4);
  });

  it('offers the whole session of temporary credentials, and not of a long-term key', () => {
    const of = (accessKeyId: string) =>
      JSON.stringify(show('who stopped i-0abc', [aRecord({ accessKeyId })]).blocks);
    expect(of('ASIAIOSFODNN7EXAMPLE')).toContain('"whole-session|RT-7K3F9|ASIAIOSFODNN7EXAMPLE"');
    expect(of('AKIAIOSFODNN7EXAMPLE')).not.toContain('Whole session');
  });

  it('links to the record in the console of the partition, where there is one', () => {
    const eventId = '61a5e29f-1180-46e1-b308-729fd62ac61c';
    const of = (consoleUrl: string | null) =>
      JSON.stringify(show('who stopped i-0abc', [aRecord({ eventId })], { consoleUrl }).blocks);
    expect(of('https://console.aws.amazon.com')).toContain(
      `https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/${eventId}`,
    );
    expect(of(null)).not.toContain('Open in the console');
  });

  it('offers no attaching outside a session, and no buttons to those who see it already', () => {
    const records = [aRecord()];
    const outside = JSON.stringify(show('who stopped i-0abc', records, { incidentId: null }));
    expect(outside).toContain('tap:share-trail');
    expect(outside).not.toContain('tap:attach-trail');
    const shared = JSON.stringify(show('who stopped i-0abc', records, { answerId: null }));
    expect(shared).not.toContain('tap:');
  });

  it('says only its own words on a lock screen', () => {
    const principal = aPrincipal({ label: untrusted('<!channel>') });
    expect(show('who stopped i-0abc', [aRecord({ principal })]).text).toBe(
      'Found who did it: 1 call in all',
    );
  });

  it('lists fewer calls before it leaves out what the answer rests on', () => {
    const long = untrusted('\u202e'.repeat(300));
    const records = Array.from({ length: 30 }, (_, index) =>
      aRecord({
        eventId: `e${index}`,
        accessKeyId: `ASIA${index}`,
        named: [1, 2, 3].map((number) => `${long}${number}`),
        details: [1, 2, 3, 4].map((number) => ({ label: `${number}`, value: long })),
        sourceAddress: long,
        principal: aPrincipal({ label: long }),
      }),
    );
    const content = show('StopInstances', records);
    expect(refusals(content)).toEqual([]);
    expect(read(content)).toMatch(/1–4 of 29.*CloudTrail event history/s);
  });

  it('sends nothing harmful and nothing that Slack refuses, whatever the records hold', () => {
    const record = fc
      .record({
        label: hostileText,
        named: fc.array(hostileText, { maxLength: 5 }),
        text: hostileText,
      })
      .map(({ label, named, text }) =>
        aRecord({
          eventId: text,
          named,
          errorCode: untrusted(text),
          sourceAddress: untrusted(text),
          details: [{ label: text, value: untrusted(label) }],
          principal: aPrincipal({ label: untrusted(label), reason: text }),
        }),
      );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), fc.boolean(), (records, isAboutFailures) => {
        const question = isAboutFailures ? 'StopInstances is:error' : 'StopInstances';
        expect(refusals(show(question, records))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
