import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../src/aws/cloudtrail/schema.ts';
import { type RawTrailRecord, reduceRecord } from '../../../src/domain/trail/reduce-record.ts';
import { aRawRecord } from '../../support/raw-record.ts';

const told = (serviceEventDetails: unknown) =>
  reduceRecord(
    parseRecord(
      aRawRecord({
        eventName: 'BidEvictedEvent',
        eventType: 'AwsServiceEvent',
        userIdentity: { accountId: '111122223333', invokedBy: 'ec2.amazonaws.com' },
        requestParameters: null,
        responseElements: null,
        serviceEventDetails,
      }),
    ) as RawTrailRecord,
  );

describe('an event of AWS itself', () => {
  it('names the instances that it took back', () => {
    const { resources } = told({ instanceIdSet: ['i-00dbe78f0e56e527f', 'i-0123456789abcdef0'] });

    expect(resources).toEqual([
      { type: 'AWS::EC2::Instance', name: 'i-00dbe78f0e56e527f' },
      { type: 'AWS::EC2::Instance', name: 'i-0123456789abcdef0' },
    ]);
  });

  it('keeps nothing else of what it tells', () => {
    const record = told({
      LoginTo: 'https://example.com/?token=canary',
      userName: 'canary',
      id: 'canary',
    });

    expect(JSON.stringify(record)).not.toContain('canary');
  });

  it.each([null, 'text', 7, ['i-00dbe78f0e56e527f', null]])('bears %j', (details) => {
    expect(told(details).eventName).toBe('BidEvictedEvent');
  });
});
