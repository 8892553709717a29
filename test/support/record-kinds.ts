import { aRawRecord } from './raw-record.ts';

/** One record of each kind of event, in the shapes that CloudTrail writes. */

export function aCloudShellRecord(changes: Readonly<Record<string, unknown>> = {}) {
  return aRawRecord({
    eventID: '10000000-0000-4000-8000-00000000000a',
    userIdentity: {
      type: 'IAMUser',
      userName: 'ines',
      arn: 'arn:aws:iam::111122223333:user/ines',
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLEEXAMPLE44',
      sessionContext: {
        attributes: { creationDate: '2026-03-10T09:40:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    userAgent: 'aws-cli/2.15.0 Python/3.12.0 exec-env/CloudShell',
    requestParameters: { name: 'audit-trail' },
    sessionCredentialFromConsole: 'true',
    ...changes,
  });
}

/** A call that needs no AWS credentials: nobody is named, and what comes back is secret. */
export function anUnsignedDataRecord(changes: Readonly<Record<string, unknown>> = {}) {
  return aRawRecord({
    eventID: '10000000-0000-4000-8000-00000000000b',
    eventCategory: 'Data',
    managementEvent: false,
    userIdentity: { type: 'Unknown' },
    eventSource: 'cognito-identity.amazonaws.com',
    eventName: 'GetCredentialsForIdentity',
    requestParameters: {
      logins: {
        'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI': 'HIDDEN_DUE_TO_SECURITY_REASONS',
      },
      identityId: 'eu-west-1:00000000-1111-4222-8333-444444444444',
    },
    responseElements: {
      credentials: {
        accessKeyId: 'ASIAEXAMPLEEXAMPLE55',
        sessionToken: 'aVeryPrivateSessionTokenThatNobodyMaySee',
        expiration: 'Mar 10, 2026 11:00:00 AM',
      },
      identityId: 'eu-west-1:00000000-1111-4222-8333-444444444444',
    },
    resources: [
      {
        accountId: '111122223333',
        type: 'AWS::Cognito::IdentityPool',
        ARN: 'arn:aws:cognito-identity:eu-west-1:111122223333:identitypool/eu-west-1:99999999-8888-4777-8666-555555555555',
      },
    ],
    ...changes,
  });
}

const DEPLOY = 'arn:aws:sts::111122223333:assumed-role/deploy';
const NIGHTLY = 'arn:aws:sts::111122223333:assumed-role/nightly';

/** As CloudTrail writes it: no call, no caller, no address. */
export function anInsightRecord(
  details: Readonly<Record<string, unknown>> = {},
  changes: Readonly<Record<string, unknown>> = {},
) {
  return {
    eventVersion: '1.08',
    eventTime: '2026-03-10T10:00:00Z',
    awsRegion: 'eu-west-1',
    eventID: '20000000-0000-4000-8000-EXAMPLE0000c',
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: '111122223333',
    sharedEventID: '30000000-0000-4000-8000-00000000000c',
    insightDetails: {
      state: 'Start',
      eventSource: 'autoscaling.amazonaws.com',
      eventName: 'UpdateAutoScalingGroup',
      insightType: 'ApiCallRateInsight',
      insightContext: {
        statistics: {
          baseline: { average: 0.0002 },
          insight: { average: 8 },
          insightDuration: 3,
          baselineDuration: 10_080,
        },
        attributions: [
          {
            attribute: 'userIdentityArn',
            insight: [
              { value: NIGHTLY, average: 2 },
              { value: DEPLOY, average: 6 },
            ],
            baseline: [{ value: DEPLOY, average: 0.0002 }],
          },
          {
            attribute: 'userAgent',
            insight: [{ value: 'aws-cli/2.15.0', average: 8 }],
            baseline: [],
          },
          {
            attribute: 'errorCode',
            insight: [{ value: 'null', average: 8 }],
            baseline: [{ value: 'null', average: 0.0002 }],
          },
        ],
      },
      ...details,
    },
    eventCategory: 'Insight',
    ...changes,
  };
}
