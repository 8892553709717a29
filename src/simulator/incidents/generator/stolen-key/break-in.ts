import { denied } from '../cast.ts';
import type { Caller, Recorder } from '../recorder.ts';
import { ACCOUNT, GLOBAL } from '../recorder.ts';
import { clock, javaTime } from '../story-time.ts';
import { BACK_DOOR, EXPORT_USER, type Keys, TRAIL } from './intruder.ts';

const USER_ARN = `arn:aws:iam::${ACCOUNT}:user/${EXPORT_USER}`;
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** What works looks for what the key can do: its rights are those of IAM, and little else. */
const LOOKS = [
  ['10:02:51', 'sts.GetCallerIdentity'],
  ['10:03:14', 'iam.ListUsers'],
  ['10:03:16', 'iam.ListAttachedUserPolicies'],
  ['10:03:22', 'iam.ListAccessKeys'],
  ['10:03:41', 'iam.GetAccountAuthorizationDetails'],
] as const;

const TRIED_DOORS = [
  ['10:03:55', 'ec2.DescribeInstances', 'ec2:DescribeInstances', '*'],
  ['10:04:02', 'secretsmanager.ListSecrets', 'secretsmanager:ListSecrets', '*'],
  ['10:04:09', 'rds.DescribeDBInstances', 'rds:DescribeDBInstances', '*'],
  ['10:04:15', 'lambda.ListFunctions20150331', 'lambda:ListFunctions', '*'],
  ['10:04:21', 'kms.ListKeys', 'kms:ListKeys', '*'],
  ['10:04:29', 'ssm.DescribeParameters', 'ssm:DescribeParameters', '*'],
  ['10:04:36', 'organizations.DescribeOrganization', 'organizations:DescribeOrganization', '*'],
  ['10:04:44', 'cloudtrail.DescribeTrails', 'cloudtrail:DescribeTrails', '*'],
  ['10:04:50', 'guardduty.ListDetectors', 'guardduty:ListDetectors', '*'],
] as const;

/** Returns the eventID of the last refusal. */
export function writeLookingAround(recorder: Recorder, { stolen }: Keys): string {
  for (const [time, event] of LOOKS) {
    const isOfUser = /ListAttached|ListAccessKeys/.test(event);
    const request = isOfUser ? { userName: EXPORT_USER } : null;
    recorder.write(clock(time), stolen, { event, region: GLOBAL, request });
  }
  const ids = TRIED_DOORS.map(([time, event, action, resource]) =>
    recorder.write(clock(time), stolen, {
      event,
      ...(event.startsWith('organizations.') && { region: GLOBAL }),
      error: denied(USER_ARN, action, resource),
    }),
  );
  return ids.at(-1) ?? '';
}

/** What the intruder did with the stolen key; the eventIDs, oldest first. */
export interface BreakInIds {
  readonly widen: string;
  readonly user: string;
  readonly userRights: string;
  readonly key: string;
  readonly trail: string;
  readonly detector: string;
}

/** The key gives itself all rights, makes a second way in, and turns the cameras off. */
export function writeBreakIn(recorder: Recorder, keys: Keys): BreakInIds {
  const { stolen } = keys;
  const iam = (time: string, event: string, request: object, response: object | null = null) =>
    recorder.write(clock(time), stolen, { event, region: GLOBAL, request, response });
  const rights = (userName: string) => ({ userName, policyArn: ADMINISTRATOR });
  const widen = iam('10:18:34', 'iam.AttachUserPolicy', rights(EXPORT_USER));
  const user = iam('10:19:10', 'iam.CreateUser', { userName: BACK_DOOR }, newUser());
  const userRights = iam('10:19:31', 'iam.AttachUserPolicy', rights(BACK_DOOR));
  const key = iam('10:19:52', 'iam.CreateAccessKey', { userName: BACK_DOOR }, newKey(keys));
  return { widen, user, userRights, key, ...writeBlinding(recorder, stolen) };
}

function writeBlinding(recorder: Recorder, stolen: Caller): Pick<BreakInIds, 'trail' | 'detector'> {
  recorder.write(clock('10:21:08'), stolen, { event: 'cloudtrail.DescribeTrails' });
  const trail = recorder.write(clock('10:21:40'), stolen, {
    event: 'cloudtrail.StopLogging',
    request: { name: TRAIL },
  });
  const detectorId = 'c6b1f0d27a4e58939d10';
  recorder.write(clock('10:21:57'), stolen, { event: 'guardduty.ListDetectors' });
  const detector = recorder.write(clock('10:22:15'), stolen, {
    event: 'guardduty.UpdateDetector',
    request: { detectorId, enable: false },
  });
  return { trail, detector };
}

function newUser(): object {
  return {
    user: {
      path: '/',
      userName: BACK_DOOR,
      userId: 'AIDAQ3EGVZ7XAEXAMPLE2',
      arn: `arn:aws:iam::${ACCOUNT}:user/${BACK_DOOR}`,
      createDate: javaTime(clock('10:19:10')),
    },
  };
}

function newKey({ backDoorKeyId }: Keys): object {
  return {
    accessKey: {
      accessKeyId: backDoorKeyId,
      status: 'Active',
      userName: BACK_DOOR,
      createDate: javaTime(clock('10:19:52')),
    },
  };
}
