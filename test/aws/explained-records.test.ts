import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../src/aws/cloudtrail/schema.ts';
import { explainRecord } from '../../src/domain/trail/explain-record.ts';
import { sentenceText } from '../../src/domain/trail/explanation.ts';
import { reduceRecord } from '../../src/domain/trail/reduce-record.ts';
import { aRawRecord } from '../support/raw-record.ts';
import {
  aCloudShellRecord,
  anInsightRecord,
  anUnsignedDataRecord,
} from '../support/record-kinds.ts';

function explain(value: unknown): readonly string[] {
  const raw = parseRecord(value);
  if (raw === null) throw new Error('not read');
  return explainRecord(reduceRecord(raw)).map(sentenceText);
}

describe('a call in plain sentences', () => {
  it('tells who, why we think so, what, on what, where, when, from where, with what and what came of it', () => {
    expect(explain(aCloudShellRecord())).toEqual([
      'ines stopped logging on audit-trail.',
      'The call was StopLogging of AWS CloudTrail (cloudtrail.amazonaws.com), a management event; recorded as one that may change something.',
      'It concerned: CloudTrail trail audit-trail.',
      'It happened at 2026-03-10 10:00:00 UTC, in Region eu-west-1 of account 111122223333.',
      'Who: ines, a person, with high confidence: signed in to the console as this IAM user.',
      'The session whose credentials were used began at 2026-03-10 09:40:00 UTC, 20 min before the call.',
      'It came from 198.51.100.7, in CloudShell, the command line inside the AWS console (program aws-cli/2.15.0 Python/3.12.0 exec-env/CloudShell), without MFA.',
      'It succeeded: no error is recorded.',
      'None of its parameters and results is left out.',
      'Event id 10000000-0000-4000-8000-00000000000a.',
    ]);
  });

  it('says of a data event what was accessed, and that the caller was unauthenticated', () => {
    const identity = 'eu-west-1:00000000-1111-4222-8333-444444444444';
    const pool = 'identitypool/eu-west-1:99999999-8888-4777-8666-555555555555';

    expect(explain(anUnsignedDataRecord())).toEqual([
      `An unauthenticated caller got AWS credentials for ${identity} and ${pool}.`,
      'The call was GetCredentialsForIdentity of Amazon Cognito identity pools (cognito-identity.amazonaws.com), a data event: about what is in a resource, not its settings; recorded as one that may change something.',
      `What was accessed: Cognito identity ${identity} and Cognito identity pool arn:aws:cognito-identity:eu-west-1:111122223333:${pool}.`,
      'It happened at 2026-03-10 10:00:00 UTC, in Region eu-west-1 of account 111122223333.',
      'Who it was is not recorded: the caller was unauthenticated (not signed with AWS credentials, so the record names nobody).',
      'It came from 198.51.100.7, with the CLI (program aws-cli/2.15.0); MFA does not apply.',
      'It succeeded: no error is recorded.',
      'It handed out temporary credentials, with the key id ASIA…LE55.',
      'Details: application login through cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI. 4 of its parameters and results are left out here.',
      'Event id 10000000-0000-4000-8000-00000000000b.',
    ]);
  });

  it('says of an object that anybody may read who read it: nobody that is known', () => {
    const sentences = explain(
      aRawRecord({
        eventCategory: 'Data',
        eventSource: 's3.amazonaws.com',
        eventName: 'GetObject',
        readOnly: true,
        userIdentity: { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
        requestParameters: { bucketName: 'shop-public', key: 'prices/today.json' },
      }),
    );

    expect(sentences[0]).toBe('An unauthenticated caller read shop-public.');
    expect(sentences.join(' ')).toMatch(
      /S3 bucket shop-public.*Details: object prices\/today\.json/,
    );
  });

  it('says that AWS refused it, and why', () => {
    const refused = {
      errorCode: 'AccessDenied',
      errorMessage: 'User is not authorized to perform: ec2:StopInstances',
    };

    expect(explain(aRawRecord(refused))).toEqual(
      expect.arrayContaining([
        'ana@example.com tried to stop i-0abc.',
        'AWS refused it: AccessDenied: User is not authorized to perform: ec2:StopInstances.',
      ]),
    );
    expect(explain(aRawRecord({ errorCode: 'InternalError' }))).toContain(
      'It failed: InternalError.',
    );
  });

  it('names the role, its permission set and the session behind a person', () => {
    expect(explain(aRawRecord())).toContain(
      'It used the role AWSReservedSSO_Admin_0123456789abcdef (permission set Admin) in the session ana@example.com.',
    );
  });

  it('says where a caller from another account belongs, and where the other record is', () => {
    const sentences = explain(
      aRawRecord({
        userIdentity: { type: 'AWSAccount', accountId: '444455556666', principalId: 'AIDAEXAMPLE' },
        sharedEventID: '40000000-0000-4000-8000-000000000001',
      }),
    ).join(' ');

    expect(sentences).toContain('the caller belongs to account 444455556666');
    expect(sentences).toContain('shared id 40000000-0000-4000-8000-000000000001');
  });

  it('counts what it leaves out', () => {
    const requestParameters = {
      instancesSet: { items: [{ instanceId: 'i-0abc' }] },
      userData: 'c2VjcmV0',
      note: 'x',
    };

    expect(explain(aRawRecord({ requestParameters })).join(' ')).toContain(
      '2 of its parameters and results are left out here.',
    );
  });
});

describe('an Insights event in plain sentences', () => {
  it('tells the rate against the baseline, how many times as many, its start, and whom it is put down to', () => {
    expect(explain(anInsightRecord())).toEqual([
      'CloudTrail Insights saw an unusual rate of calls begin: UpdateAutoScalingGroup of Amazon EC2 Auto Scaling (autoscaling.amazonaws.com).',
      'On average there were 8 calls a minute, against a baseline of 0.0002 a minute (about one in 3 days): about 40,000 times as many.',
      'This record marks its start: 2026-03-10 10:00:00 UTC, in Region eu-west-1 of account 111122223333; it had lasted 3 min by then.',
      'CloudTrail puts it down to the role deploy (6 a minute, usually 0.0002) and the role nightly (2 a minute, not seen in the baseline).',
      'The programs that made them: aws-cli/2.15.0 (8 a minute, not seen in the baseline).',
      'How they ended: without an error (8 a minute, usually 0.0002).',
      'It is a finding, not a call: it has no caller, address, tool or MFA of its own. To see the calls, ask: event:UpdateAutoScalingGroup since 2026-03-10T09:50Z until 2026-03-10T10:10Z.',
      'Its start and its end share the id 30000000-0000-4000-8000-00000000000c.',
      'Event id 20000000-0000-4000-8000-EXAMPLE0000c.',
    ]);
  });

  it('tells its end with how long it lasted, and errors as errors', () => {
    const sentences = explain(
      anInsightRecord({
        state: 'End',
        insightType: 'ApiErrorRateInsight',
        errorCode: 'AccessDenied',
        insightContext: {
          statistics: {
            baseline: { average: 0 },
            insight: { average: 12.4 },
            insightDuration: 42,
          },
        },
      }),
    ).join('\n');

    expect(sentences).toContain('saw an unusual rate of errors end');
    expect(sentences).toContain('failing with AccessDenied.');
    expect(sentences).toContain('12 errors a minute; usually there are none.');
    expect(sentences).toContain('marks its end');
    expect(sentences).toContain('it lasted 42 min.');
    expect(sentences).toContain('CloudTrail does not say whom it puts it down to.');
    expect(sentences).toContain('since 2026-03-10T09:08Z until 2026-03-10T10:10Z');
  });
});
