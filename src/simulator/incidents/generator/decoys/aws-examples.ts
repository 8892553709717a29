import type { Recorder } from '../recorder.ts';
import { ACCOUNT, GLOBAL } from '../recorder.ts';
import { clock, clockYesterday, iso, javaTime } from '../story-time.ts';

/**
 * The three kinds of event as AWS's documentation shows them: management, data and Insights. Only
 * times and the account are fitted to the story.
 */
export function writeAwsExamples(recorder: Recorder): void {
  const startLoggingMs = clockYesterday('21:33:41');
  recorder.take(startLoggingMs, startLogging(startLoggingMs));
  recorder.take(clock('01:42:00'), completeLifecycleAction(clock('01:42:00')));
  recorder.take(clock('04:55:08'), getCredentials(clock('04:55:08')));
}

function startLogging(timeMs: number): object {
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'EXAMPLE6E4XEGITWATV6R',
      arn: `arn:aws:iam::${ACCOUNT}:user/Mary_Major`,
      accountId: ACCOUNT,
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      userName: 'Mary_Major',
      sessionContext: {
        attributes: { creationDate: iso(timeMs - 1_304_000), mfaAuthenticated: 'false' },
      },
    },
    eventTime: iso(timeMs),
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StartLogging',
    awsRegion: GLOBAL,
    sourceIPAddress: '192.0.2.0',
    userAgent:
      'aws-cli/2.13.5 Python/3.11.4 Linux/4.14.255-314-253.539.amzn2.x86_64 exec-env/CloudShell exe/x86_64.amzn.2 prompt/off command/cloudtrail.start-logging',
    requestParameters: { name: 'myTrail' },
    responseElements: null,
    requestID: '9d478fc1-4f10-490f-a26b-EXAMPLE0e932',
    eventID: 'eae87c48-d421-4626-94f5-EXAMPLEac994',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.2',
      cipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256',
      clientProvidedHostHeader: 'cloudtrail.us-east-1.amazonaws.com',
    },
    sessionCredentialFromConsole: 'true',
  };
}

function completeLifecycleAction(timeMs: number): object {
  const role = (name: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${name}`;
  return {
    eventVersion: '1.08',
    eventTime: iso(timeMs),
    awsRegion: GLOBAL,
    eventID: '55ed45c5-0b0c-4228-9fe5-EXAMPLEc3f4d',
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: ACCOUNT,
    sharedEventID: '979c82fe-14d4-4e4c-aa01-EXAMPLE3acee',
    insightDetails: {
      state: 'Start',
      eventSource: 'autoscaling.amazonaws.com',
      eventName: 'CompleteLifecycleAction',
      insightType: 'ApiCallRateInsight',
      insightContext: {
        statistics: {
          baseline: { average: 9.82222e-5 },
          insight: { average: 5.0 },
          insightDuration: 1,
          baselineDuration: 10181,
        },
        attributions: [
          {
            attribute: 'userIdentityArn',
            insight: [
              { value: role('CodeDeployRole1'), average: 5.0 },
              { value: role('CodeDeployRole2'), average: 5.0 },
            ],
            baseline: [{ value: role('CodeDeployRole1'), average: 9.82222e-5 }],
          },
          {
            attribute: 'errorCode',
            insight: [{ value: 'null', average: 5.0 }],
            baseline: [{ value: 'null', average: 9.82222e-5 }],
          },
        ],
      },
    },
    eventCategory: 'Insight',
  };
}

function getCredentials(timeMs: number): object {
  const identityId = 'us-east-1:1cf667a2-49a6-454b-9e45-23199EXAMPLE';
  return {
    eventVersion: '1.08',
    userIdentity: { type: 'Unknown' },
    eventTime: iso(timeMs),
    eventSource: 'cognito-identity.amazonaws.com',
    eventName: 'GetCredentialsForIdentity',
    awsRegion: GLOBAL,
    sourceIPAddress: '192.0.2.4',
    userAgent:
      'aws-cli/2.7.25 Python/3.9.11 Darwin/21.6.0 exe/x86_64 prompt/off command/cognito-identity.get-credentials-for-identity',
    requestParameters: {
      logins: {
        'cognito-idp.us-east-1.amazonaws.com/us-east-1_aaaaaaaaa': 'HIDDEN_DUE_TO_SECURITY_REASONS',
      },
      identityId,
    },
    responseElements: {
      credentials: {
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        sessionToken: 'aAaAaAaAaAaAab1111111111EXAMPLE',
        expiration: javaTime(timeMs + 3_600_000),
      },
      identityId,
    },
    requestID: '659dfc23-7c4e-4e7c-858a-1abce884d645',
    eventID: '6ad1c766-5a41-4b28-b5ca-e223ccb00f0d',
    readOnly: false,
    resources: [
      {
        accountId: ACCOUNT,
        type: 'AWS::Cognito::IdentityPool',
        ARN: `arn:aws:cognito-identity:us-east-1:${ACCOUNT}:identitypool/us-east-1:2dg778b3-50b7-565c-0f56-34200EXAMPLE`,
      },
    ],
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Data',
  };
}
