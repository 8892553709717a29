import type { Recorder } from '../recorder.ts';
import { ACCOUNT, GLOBAL } from '../recorder.ts';
import { clock, iso } from '../story-time.ts';
import { EXPORT_USER } from './intruder.ts';

const USER_ARN = `arn:aws:iam::${ACCOUNT}:user/${EXPORT_USER}`;
const SHARED_ID = '0b7d9c52-6e13-4f8a-9a27-5d0e61c3f4b8';

/** CloudTrail Insights notices it too: hardly anybody lists the users of this account. */
export function writeInsight(recorder: Recorder): void {
  recorder.take(
    clock('10:03:00'),
    insight('Start', clock('10:03:00'), 'f1c2a9d4-3b60-4e57-8d1b-7a94c05e2f36'),
  );
  recorder.take(
    clock('10:05:00'),
    insight('End', clock('10:05:00'), '2e8b57f0-914d-4c3a-a6b2-c3d05f718e94'),
  );
}

function insight(state: 'Start' | 'End', timeMs: number, eventID: string): object {
  const attributed = (value: string, average: number, baseline: number) => ({
    insight: [{ value, average }],
    baseline: [{ value, average: baseline }],
  });
  return {
    eventVersion: '1.08',
    eventTime: iso(timeMs),
    awsRegion: GLOBAL,
    eventID,
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: ACCOUNT,
    sharedEventID: SHARED_ID,
    insightDetails: {
      state,
      eventSource: 'iam.amazonaws.com',
      eventName: 'ListAccessKeys',
      insightType: 'ApiCallRateInsight',
      insightContext: {
        statistics: {
          baseline: { average: 0.0008 },
          insight: { average: 2 },
          insightDuration: 2,
          baselineDuration: 10_080,
        },
        attributions: [
          { attribute: 'userIdentityArn', ...attributed(USER_ARN, 2, 0) },
          { attribute: 'errorCode', ...attributed('null', 2, 0.0008) },
        ],
      },
    },
    eventCategory: 'Insight',
  };
}
