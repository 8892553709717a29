import { AGENTS, PEOPLE } from '../cast.ts';
import type { Recorder } from '../recorder.ts';
import { ACCOUNT, GLOBAL, HOME } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Sessions } from '../sessions.ts';
import { clock, javaTime, STORY_AT_MS, STORY_START_MS } from '../story-time.ts';
import { EXPORT_USER, type Keys } from './intruder.ts';

const HOUR_MS = 3_600_000;
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0';

/** The export runs every three hours from the partner's machine, and always does the same. */
export function writeExports(recorder: Recorder, keys: Keys, random: SeededRandom): void {
  for (let timeMs = STORY_START_MS + 34 * 60_000; timeMs < STORY_AT_MS; timeMs += 3 * HOUR_MS) {
    recorder.write(timeMs, keys.export, {
      event: 'glue.GetTable',
      request: { databaseName: 'reports', name: 'orders_daily' },
    });
    recorder.write(timeMs + 2_000, keys.export, {
      event: 'athena.StartQueryExecution',
      request: {
        queryString: '***OMITTED***',
        workGroup: 'partner-export',
        resultConfiguration: { outputLocation: 's3://northwind-partner-export/daily/' },
      },
      response: { queryExecutionId: random.uuid() },
    });
    recorder.write(timeMs + 21_000, keys.export, {
      event: 'athena.GetQueryResults',
      request: { queryExecutionId: random.uuid() },
    });
  }
}

/** In the morning Marek exchanges the key of another user, as he does every quarter. */
export function writeKeyRotation(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
): string {
  const { email, address } = PEOPLE.marek;
  const marek = sessions.person(clock('09:51:20'), email, 'PlatformOperator', address);
  const userName = 'reports-mailer';
  const write = (time: string, event: string, request: object, response: object | null) =>
    recorder.write(clock(time), marek, { event, region: GLOBAL, request, response });
  const created = write(
    '09:54:08',
    'iam.CreateAccessKey',
    { userName },
    {
      accessKey: {
        accessKeyId: random.keyId('AKIA'),
        status: 'Active',
        userName,
        createDate: javaTime(clock('09:54:08')),
      },
    },
  );
  const accessKeyId = random.keyId('AKIA');
  write('09:58:47', 'iam.UpdateAccessKey', { userName, accessKeyId, status: 'Inactive' }, null);
  return created;
}

/** Terraform gives a role a policy, and sets off the same alarm: it was OK again before. */
export function writePolicyRelease(recorder: Recorder, sessions: Sessions): void {
  const job = sessions.gitHub(clock('08:31:02'), {
    repository: 'northwind/infrastructure',
    role: 'ci-terraform',
    sessionName: 'terraform-8839',
    address: '192.0.2.73',
    agent: AGENTS.terraform,
  });
  const policyArn = `arn:aws:iam::${ACCOUNT}:policy/search-snapshots`;
  recorder.write(clock('08:31:40'), job, {
    event: 'iam.CreatePolicyVersion',
    region: GLOBAL,
    request: { policyArn, setAsDefault: true },
  });
  recorder.write(clock('08:31:44'), job, {
    event: 'iam.AttachRolePolicy',
    region: GLOBAL,
    request: { roleName: 'search-instance', policyArn },
  });
}

/** A user signs in without MFA, after a mistyped password: from home, and only to look. */
export function writeSignIn(recorder: Recorder, sessions: Sessions): string {
  const ilse = sessions.iamUser('ilse.varga', '198.51.100.37', BROWSER);
  const { accessKeyId: _, ...identity } = { accessKeyId: '', ...ilse.identity };
  const signIn = (time: string, result: 'Success' | 'Failure') =>
    recorder.write(
      clock(time),
      { ...ilse, identity },
      {
        event: 'signin.ConsoleLogin',
        region: GLOBAL,
        response: { ConsoleLogin: result },
        eventType: 'AwsConsoleSignIn',
        more: {
          ...(result === 'Failure' && { errorMessage: 'Failed authentication' }),
          additionalEventData: {
            LoginTo: `https://console.aws.amazon.com/console/home?region=${HOME}`,
            MobileVersion: 'No',
            MFAUsed: 'No',
          },
        },
      },
    );
  signIn('10:07:12', 'Failure');
  const id = signIn('10:07:40', 'Success');
  const console = { ...ilse, agent: 'AWS Internal', console: true };
  for (const time of ['10:09:02', '10:13:31']) {
    recorder.write(clock(time), console, {
      event: 'cloudwatch.GetMetricData',
      request: { metricDataQueries: [] },
    });
  }
  return id;
}

/** After the alarms the person on call looks around; nothing is contained yet. */
export function writeResponse(recorder: Recorder, sessions: Sessions): void {
  const { email, address } = PEOPLE.tomas;
  const tomas = sessions.person(clock('10:41:10'), email, 'OnCall', address);
  const reads = [
    ['10:42:20', 'monitoring.DescribeAlarms', HOME, { stateValue: 'ALARM' }],
    ['10:44:05', 'iam.ListAccessKeys', GLOBAL, { userName: EXPORT_USER }],
    ['10:46:41', 'cloudtrail.GetTrailStatus', HOME, { name: 'northwind-trail' }],
  ] as const;
  for (const [time, event, region, request] of reads) {
    recorder.write(clock(time), tomas, { event, region, request });
  }
}
