import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../src/aws/cloudtrail/schema.ts';
import { type RawTrailRecord, reduceRecord } from '../../../src/domain/trail/reduce-record.ts';
import { switcherOf } from '../../../src/domain/trail/switch-role.ts';
import { aRawRecord } from '../../support/raw-record.ts';

const switched = (SwitchFrom: unknown) =>
  reduceRecord(
    parseRecord(
      aRawRecord({
        eventName: 'SwitchRole',
        eventSource: 'signin.amazonaws.com',
        userIdentity: {
          type: 'AssumedRole',
          principalId: 'AROAEXAMPLEEXAMPLE01:ilse',
          arn: 'arn:aws:sts::111122223333:assumed-role/admin/ilse',
          accountId: '111122223333',
        },
        requestParameters: null,
        responseElements: { SwitchRole: 'Success' },
        additionalEventData: { SwitchFrom, RedirectTo: 'https://console.aws.amazon.com/' },
      }),
    ) as RawTrailRecord,
  );

describe('a switch of roles in the console', () => {
  it('is told as done by the user who switched, in their own account', () => {
    expect(switcherOf(switched('arn:aws:iam::444455556666:user/staff/ilse'))).toMatchObject({
      accountId: '444455556666',
      principal: { label: 'ilse', userName: 'ilse', kind: 'human', confidence: 'high' },
    });
  });

  it('is told as done by the session that it was switched from', () => {
    const arn = 'arn:aws:sts::444455556666:assumed-role/jump/laptop';

    expect(switcherOf(switched(arn))?.principal).toMatchObject({
      roleName: 'jump',
      sessionName: 'laptop',
      accountId: '444455556666',
    });
  });

  it.each([
    null,
    '',
    'ilse',
    'arn:aws:iam::444455556666:role/admin',
    { arn: 'x' },
  ])('names nobody where the record does not: %j', (from) => {
    expect(switcherOf(switched(from))).toBeNull();
  });
});
