import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../../src/aws/cloudtrail/schema.ts';
import {
  type BroadTerm,
  broadFilter,
  placeTerms,
} from '../../../../src/domain/trail/query/broad-filter.ts';
import { matchesQuery } from '../../../../src/domain/trail/query/matches-query.ts';
import { parseQuery } from '../../../../src/domain/trail/query/parse-query.ts';
import { FILTER_KEYS, type TrailQuery } from '../../../../src/domain/trail/query/query.ts';
import { type RawTrailRecord, reduceRecord } from '../../../../src/domain/trail/reduce-record.ts';
import { aRawRecord } from '../../../support/raw-record.ts';

const context = {
  timeZone: 'UTC',
  nowMs: Date.parse('2026-03-10T12:00:00Z'),
  meaning: 'past',
  lookbackMaxMs: null,
} as const;

const queryOf = (line: string) => parseQuery(line, context) as { readonly query: TrailQuery };
const termsOf = (line: string): readonly BroadTerm[] => broadFilter(queryOf(line).query);

function holds(terms: readonly BroadTerm[], text: string): boolean {
  const has = (pattern: string): boolean => new RegExp(pattern, 'i').test(text);
  return terms.every((term) =>
    term.kind === 'has' ? term.patterns.some(has) : !has(term.pattern),
  );
}

const NAMES = [
  'checkout',
  'arn:aws:iam::111122223333:role/team/checkout',
  'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs',
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3',
  'i-0abc',
  '/prod/search/flags',
  'größe/λ "x"',
] as const;

const rawRecord = fc
  .record({
    eventName: fc.constantFrom(
      'StopInstances',
      'UpdateFunctionCode20150331v2',
      'DeleteObject',
      'DescribeInstances',
      'ConsoleLogin',
    ),
    eventSource: fc.constantFrom('ec2.amazonaws.com', 's3.amazonaws.com'),
    awsRegion: fc.constantFrom('eu-west-1', 'us-east-1'),
    readOnly: fc.constantFrom(true, false, undefined),
    sourceIPAddress: fc.constantFrom('198.51.100.7', '2001:db8::7', 'ec2.amazonaws.com'),
    userAgent: fc.constantFrom('aws-cli/2.15.0', 'APN/1.0 HashiCorp/1.0 Terraform/1.9'),
    errorCode: fc.constantFrom(undefined, undefined, 'AccessDenied', 'Client.DryRunOperation'),
    errorMessage: fc.constantFrom(undefined, 'You are not authorized to do "that".'),
    user: fc.constantFrom('ana@example.com', "bo'", 'deploy-bot', 'x y'),
    role: fc.constantFrom('deployer', 'AWSReservedSSO_Admin_0123456789abcdef', 'sp+ec=ial'),
    resource: fc.constantFrom(...NAMES),
  })
  .map(({ user, role, resource, ...fields }) =>
    aRawRecord({
      ...fields,
      requestParameters: { name: resource, roleArn: resource, readOnly: true },
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::111122223333:assumed-role/${role}/${user}`,
        principalId: `AROAEXAMPLE:${user}`,
        accountId: '111122223333',
        accessKeyId: 'ASIAEXAMPLEEXAMPLE11',
        sessionContext: { sessionIssuer: { type: 'Role', userName: role } },
      },
    }),
  );

const value = fc.constantFrom(
  ...NAMES,
  ...['ana', 'Ana@example.com', 'deploy-bot', "bo'", 'x y', 'deployer', 'Stop*', '*Object', '*'],
  ...['ec2', 'eu-west-1', '111122223333', '198.51.100.0/24', '198.51.100.7', '2001:db8::/32'],
  ...['AccessDenied', 'dryrun', 'authorized', 'terraform', 'ASIAEXAMPLEEXAMPLE11', 'jobs'],
  'UpdateFunctionCode',
);
const filter = fc.tuple(fc.constantFrom(...FILTER_KEYS, 'name' as const), value, fc.boolean());
const question = fc
  .record({
    verb: fc.constantFrom('', 'stopped', 'deleted', 'changed', 'logged in', 'deployed', 'did'),
    filters: fc.array(filter, { maxLength: 3 }),
    flag: fc.constantFrom(
      '',
      'is:write',
      'is:read',
      '-is:read',
      'is:error',
      'is:denied',
      'is:root',
    ),
  })
  .map(({ verb, filters, flag }) => {
    const { query } = queryOf(`${verb} ${flag} since 2026-03-01`);
    const conditions = filters.map(([key, text, negated]) => ({ key, value: text, negated }));
    return { ...query, conditions };
  });

describe('the broad filter', () => {
  it('lets every record pass that matches the question', () => {
    let matching = 0;
    fc.assert(
      fc.property(question, rawRecord, (query, raw) => {
        const record = reduceRecord(parseRecord(raw) as RawTrailRecord);
        const isMatch = matchesQuery(query, record);
        matching += isMatch ? 1 : 0;
        expect(holds(broadFilter(query), JSON.stringify(raw)) || !isMatch).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(matching).toBeGreaterThan(40);
  });

  it.each([
    ['arn:aws:iam::111122223333:role/team/checkout', 'checkout'],
    ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3', 'prod/db'],
    ['prod/db', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3'],
    ['https://sqs.eu-west-1.amazonaws.com/111122223333/jobs', 'jobs'],
    ['größe/λ', 'größe/λ'],
  ])('finds %s under the spelling %s', (asked, recorded) => {
    const { query } = queryOf('StopInstances since 2026-03-01');
    const resource = { key: 'resource', value: asked, negated: false } as const;
    const wanted = { ...query, conditions: [...query.conditions, resource] };
    const raw = aRawRecord({ requestParameters: { functionName: recorded, secretId: recorded } });
    expect(matchesQuery(wanted, reduceRecord(parseRecord(raw) as RawTrailRecord))).toBe(true);
    expect(holds(broadFilter(wanted), JSON.stringify(raw))).toBe(true);
  });

  it('holds nothing but signs that every dialect reads alike, whatever was asked', () => {
    const safe = /^(?:[A-Za-z0-9_@:,= -]|"|\\s\*|\.\*|\.\{1,6\}|\?)*$/;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...FILTER_KEYS), fc.string({ unit: 'grapheme' }))),
        (filters) => {
          const { query } = queryOf('did');
          const conditions = filters.map(([key, text]) => ({ key, value: text, negated: false }));
          const terms = broadFilter({ ...query, conditions });
          const patterns = terms.flatMap((term) => (term.kind === 'has' ? term.patterns : []));
          expect(patterns.filter((pattern) => !safe.test(pattern))).toEqual([]);
        },
      ),
    );
  });

  it.each([
    ['who stopped i-0abc', '{"eventName":"StopInstances","readOnly":false,"x":"i-0def"}'],
    ['who stopped i-0abc', '{"eventName":"StartInstances","readOnly":false,"x":"i-0abc"}'],
    [
      'user:ana is:write',
      '{"eventName":"GetItem","readOnly":true,"eventType":"AwsApiCall","userName":"ana"}',
    ],
    ['source:rds did', '{"eventSource":"ec2.amazonaws.com"}'],
    ['198.51.100.0/24 did', '{"sourceIPAddress":"198.51.101.7"}'],
  ])('of `%s` keeps %s out', (line, text) => {
    expect(holds(termsOf(line), text)).toBe(false);
  });

  it('keeps to the places that are asked about', () => {
    const terms = placeTerms([
      { accountId: '111122223333', region: 'eu-west-1' },
      { accountId: '444455556666', region: 'us-east-1' },
    ]);
    const text = (region: string, account: string) =>
      JSON.stringify({ awsRegion: region, recipientAccountId: account });
    expect(holds(terms, text('eu-west-1', '111122223333'))).toBe(true);
    expect(holds(terms, text('eu-north-1', '111122223333'))).toBe(false);
    expect(holds(terms, text('eu-west-1', '777788889999'))).toBe(false);
  });

  it('keeps to no account where one of them is not known', () => {
    const terms = placeTerms([{ accountId: null, region: 'eu-west-1' }]);
    expect(holds(terms, '{"awsRegion":"eu-west-1"}')).toBe(true);
  });
});
