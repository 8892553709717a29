import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/domain/trail/json-value.ts';
import { type RawTrailRecord, reduceRecord } from '../../../src/domain/trail/reduce-record.ts';

/** AssumeRole as the edge reads it, with the credentials of the answer. */
function aMint(credentials: JsonValue): RawTrailRecord {
  return {
    eventId: 'e1',
    category: 'management',
    insight: null,
    sharedEventId: null,
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    atMs: Date.UTC(2026, 9, 14, 10, 41),
    region: 'eu-west-1',
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    readOnly: true,
    errorCode: null,
    errorMessage: null,
    sourceAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.15.0',
    fromConsole: false,
    userIdentity: { type: 'IAMUser', userName: 'mary' },
    requestParameters: { roleSessionName: 'mary' },
    responseElements: { credentials },
    additionalEventData: undefined,
    serviceEventDetails: undefined,
    resources: [],
  };
}

describe('a call that issues credentials', () => {
  const secrets = {
    secretAccessKey: 'wJalrXUtnFEMIK7MDENGbPxRfiCYCANARYKEY',
    sessionToken: 'IQoJb3JpZ2luX2VjECANARYTOKENCANARYTOKEN',
  };

  it('keeps the id of the key, and nothing of what is secret beside it', () => {
    const reduced = reduceRecord(aMint({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', ...secrets }));

    expect(reduced.mintedAccessKeyId).toBe('ASIAIOSFODNN7EXAMPLE');
    expect(JSON.stringify(reduced)).not.toMatch(/CANARY/);
  });

  it.each([
    ['a secret in its place', secrets.secretAccessKey],
    ['a token in its place', secrets.sessionToken],
    ['a mask', 'ASIA****************'],
    ['a number', 7],
    ['nothing', null],
  ])('keeps no key id when there is %s', (_what, accessKeyId) => {
    const reduced = reduceRecord(aMint({ accessKeyId }));

    expect(reduced.mintedAccessKeyId).toBeNull();
    expect(JSON.stringify(reduced)).not.toMatch(/CANARY/);
  });
});
