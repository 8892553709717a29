import fc from 'fast-check';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { aPrincipal, aRecord } from './trail-record.ts';

/** What Event history lists a record under; CloudTrail takes the ARN, the name or nothing. */
export type Indexing = 'as recorded' | 'last part' | 'not at all';

export interface IndexedCall {
  readonly record: TrailRecord;
  readonly indexing: Indexing;
}

const EVENTS = [
  ['StopInstances', false],
  ['StartInstances', false],
  ['StartSession', false],
  ['DeleteRole', false],
  ['DeleteTopic', false],
  ['UpdateService', false],
  ['UpdateFunctionCode20150331v2', false],
  ['DescribeInstances', true],
  ['AssumeRole', true],
] as const;

const NAMES = [
  'i-0abc',
  'checkout',
  'orders',
  'arn:aws:iam::111122223333:role/checkout',
  'arn:aws:iam::111122223333:role/team/checkout',
  'arn:aws:sns:eu-west-1:111122223333:orders',
  'arn:aws:lambda:eu-west-1:111122223333:function:checkout',
  'other',
] as const;

/** How the record reads: surely a person, or not surely who. */
const KINDS = [
  ['human', 'high'],
  ['automation', 'medium'],
  ['unknown', 'low'],
] as const;

/** A call within the last day or a little before it, in one of two Regions of an account. */
export function randomCalls(nowMs: number, indexing: readonly Indexing[]) {
  const call = fc
    .record({
      eventId: fc.uuid(),
      event: fc.constantFrom(...EVENTS),
      // Many share a moment, as calls in CloudTrail share a second.
      minute: fc.integer({ min: 0, max: 30 }).map((step) => step * 50),
      region: fc.constantFrom('eu-west-1', 'us-east-1'),
      error: fc.constantFrom(null, null, 'AccessDenied', 'Throttling'),
      user: fc.constantFrom('ana', 'Ana', 'ana@example.com', 'bo'),
      who: fc.constantFrom(...KINDS),
      role: fc.constantFrom(null, 'deployer'),
      accessKeyId: fc.constantFrom(null, 'ASIAONE', 'ASIATWO'),
      named: fc.subarray([...NAMES]),
      indexing: fc.constantFrom(...indexing),
    })
    .map(({ event, minute, error, user, who, role, indexing: how, ...rest }): IndexedCall => {
      const record = aRecord({
        ...rest,
        eventName: event[0],
        readOnly: event[1],
        atMs: nowMs - minute * 60_000,
        errorCode: error === null ? null : untrusted(error),
        principal: aPrincipal({
          kind: who[0],
          confidence: who[1],
          label: untrusted(user),
          userName: null,
          sessionName: untrusted(user),
          roleName: role === null ? null : untrusted(role),
        }),
      });
      return { record, indexing: how };
    });
  return fc.uniqueArray(call, { maxLength: 60, selector: ({ record }) => record.eventId });
}

const VERBS = ['', 'stopped', 'started', 'deleted', 'deployed', 'changed', 'assumed', 'did'];
const THINGS = [
  '',
  ...NAMES,
  'checkout orders',
  '198.51.100.0/24',
  'user:ana',
  'user:Ana',
  'is:root',
  'key:ASIAONE',
];
const FILTERS = [
  '',
  '',
  'since 6h',
  'since 20h until 2h',
  'is:denied',
  'is:read',
  'is:write',
  '-user:bo',
  'is:human',
  '-is:automation',
  'role:deployer',
  'event:StopInstances',
  'event:Stop*',
  'event:UpdateFunctionCode',
  'source:ec2',
  'region:us-east-1',
];

/** Questions that the grammar understands, with words of `randomCalls` in them. */
export const randomQuestions = fc
  .tuple(fc.constantFrom(...VERBS), fc.constantFrom(...THINGS), fc.constantFrom(...FILTERS))
  .map((words) => words.filter((word) => word !== '').join(' '))
  .filter((question) => question !== '');

/** The names under which a call is listed. */
export function listedNames({ record, indexing }: IndexedCall): readonly string[] {
  if (indexing === 'not at all') return [];
  const names = record.resources.map(({ name }) => String(name));
  return indexing === 'as recorded' ? names : names.map((name) => name.split(/[/:]/).at(-1) ?? '');
}
