import { describe, expect, it } from 'vitest';
import { answerQuestion, withChain } from '../../../src/domain/trail/answer.ts';
import type { ChainLink, CredentialChain } from '../../../src/domain/trail/chain.ts';
import { parseQuery } from '../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../src/domain/trail/query/query.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { renderTrailAnswer } from '../../../src/slack/blocks/trail-answer.ts';
import { aPrincipal, aRecord } from '../../support/trail-record.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');

const link = (label: string, changes: Partial<ChainLink> = {}): ChainLink => ({
  label: untrusted(label),
  kind: 'unknown',
  confidence: 'low',
  reason: 'a role session whose name does not say who is behind it',
  roleName: untrusted(label.split('/')[0] ?? label),
  eventId: 'e1',
  atMs: nowMs,
  channel: 'cli',
  by: null,
  eventName: 'AssumeRole',
  accountId: '111122223333',
  region: 'eu-west-1',
  sourceAddress: null,
  mfa: null,
  ...changes,
});

const ilse = link('ilse.varga', {
  kind: 'human',
  confidence: 'medium',
  reason: 'an IAM user with an access key: who holds the key is not recorded',
  roleName: null,
});

/** What a person reads of an answer with that chain. */
function read(chain: CredentialChain): string {
  const when = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  const question = 'who stopped i-0abc';
  const { query } = parseQuery(question, when) as { query: TrailQuery };
  const principal = aPrincipal({ label: untrusted('writer/job-7'), confidence: 'low' });
  const records = [aRecord({ principal })];
  const rest = { targets: [], skippedCount: 0, deliveredUntilMs: nowMs };
  const answer = withChain(answerQuestion({ question, query, records, ...rest }), chain);
  const context = {
    timeZone: 'UTC',
    nowMs,
    incidentId: null,
    consoleUrl: null,
    answerId: null,
    page: 0,
    endedBy: 'itself' as const,
  };
  return JSON.stringify(renderTrailAnswer(answer, context).blocks)
    .match(/"text":"(?:[^"\\]|\\.)*"/g)!
    .map((match): string => JSON.parse(`{${match}}`).text)
    .join('');
}

describe('where credentials came from, in an answer', () => {
  it('names the person first and every role between', () => {
    const text = read({
      links: [link('writer/job-7'), link('jump/laptop'), ilse],
      end: 'origin',
      sentence: null,
    });

    expect(text).toMatch(/^👤 ilse\.varga stopped/);
    expect(text).toContain('through role writer/job-7 ← role jump/laptop ← ilse.varga');
    expect(text).toContain('found by the keys that were used: an IAM user’s access key');
  });

  it('says what is missing where the origin was not reached', () => {
    const text = read({ links: [link('writer/job-7')], end: 'not-found', sentence: 'Not found.' });

    expect(text).toContain('Not found.');
    expect(text).not.toContain('through');
  });

  it('takes no line where only the same name comes up again', () => {
    const person = { kind: 'human', confidence: 'high' } as const;
    const links = [link('ana@example.com', person), link('ana@example.com', person)] as const;

    expect(read({ links, end: 'origin', sentence: null })).not.toContain('through');
  });

  it('says where and how somebody signed in to the console', () => {
    const signIn = link('ilse.varga', {
      ...ilse,
      by: 'sign-in',
      eventName: 'ConsoleLogin',
      region: 'eu-north-1',
      sourceAddress: untrusted('203.0.113.5'),
      mfa: false,
    });

    const text = read({ links: [ilse, signIn], end: 'origin', sentence: null });

    expect(text).toContain(
      '🔑 signed in today 12:00:00 UTC, just now from 203.0.113.5, without MFA · eu-north-1',
    );
    expect(text).not.toContain('through');
  });
});
