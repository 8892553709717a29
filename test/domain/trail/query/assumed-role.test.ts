import { describe, expect, it } from 'vitest';
import { matchesQuery } from '../../../../src/domain/trail/query/matches-query.ts';
import { parseQuery } from '../../../../src/domain/trail/query/parse-query.ts';
import { selectiveLookups } from '../../../../src/domain/trail/query/plan-lookups.ts';
import type { TrailQuery } from '../../../../src/domain/trail/query/query.ts';
import { untrusted } from '../../../../src/domain/untrusted.ts';
import { aPrincipal, aRecord } from '../../../support/trail-record.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const roleArn = 'arn:aws:iam::111122223333:role/team/ops-admin';

function read(question: string): TrailQuery {
  const context = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  return (parseQuery(question, context) as { readonly query: TrailQuery }).query;
}

const assumed = aRecord({ eventName: 'AssumeRole', readOnly: true, named: [roleArn] });

describe('who assumed a role', () => {
  it.each([
    'who assumed role ops-admin',
    'who assumed the role ops-admin since 1d',
    'assumed role:ops-admin',
    'who assumed ops-admin',
    `who assumed ${roleArn}`,
  ])('is about the role that was assumed: %s', (question) => {
    expect(matchesQuery(read(question), assumed)).toBe(true);
    expect(read(question).conditions).toHaveLength(1);
  });

  it('is not answered by what the role itself did', () => {
    const byTheRole = aRecord({
      eventName: 'AssumeRole',
      readOnly: true,
      principal: aPrincipal({ roleName: untrusted('ops-admin') }),
      named: ['arn:aws:iam::111122223333:role/other'],
    });

    expect(matchesQuery(read('assumed role:ops-admin'), byTheRole)).toBe(false);
  });

  it('is looked up under the role’s ARN', () => {
    const place = { accountId: '111122223333', region: 'eu-west-1' };

    expect(selectiveLookups(read('who assumed role ops-admin'), place)).toContainEqual({
      key: 'ResourceName',
      value: 'arn:aws:iam::111122223333:role/ops-admin',
    });
  });

  it('leaves a filter on who acted as it is with any other verb', () => {
    expect(read('stopped role:ops-admin').conditions).toEqual([
      { key: 'role', value: 'ops-admin', negated: false },
    ]);
  });
});
