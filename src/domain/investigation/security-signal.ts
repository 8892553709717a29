import type { Alarm } from '../alarm/alarm.ts';
import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';

type Row = readonly [named: RegExp, counts: (record: TrailRecord, event: string) => boolean];

const byEvent =
  (events: RegExp): Row[1] =>
  (_, event) =>
    events.test(event);

/**
 * What alarms on CloudTrail's own log usually count, by their names: the controls of the CIS AWS
 * Foundations Benchmark (section "Monitoring") and what people add to them. First fit decides.
 */
const CONTROLS: readonly Row[] = [
  [/mfa/i, ({ principal }, event) => event === 'ConsoleLogin' && principal.mfa === false],
  [/sign-?in|log-?in/i, byEvent(/^(?:ConsoleLogin|SwitchRole)$/)],
  [/root/i, ({ principal }) => /^root\b/.test(principal.label)],
  [
    /snapshot|image.?(?:share|public)|\bami\b/i,
    byEvent(/^Modify(?:DB)?(?:Cluster)?(?:Snapshot|Image)Attribute$/),
  ],
  [
    /access.?key|credential/i,
    byEvent(/^(?:Create|Update)(?:AccessKey|LoginProfile|ServiceSpecificCredential)$/),
  ],
  [/user.?(?:creat|add)|new.?user/i, byEvent(/^(?:CreateUser|AddUserToGroup|CreateLoginProfile)$/)],
  [
    /trail/i,
    byEvent(
      /^(?:StopLogging|StartLogging|(?:Create|Update|Delete)Trail|Put(?:Event|Insight)Selectors|DeleteDetector|UpdateDetector)$/,
    ),
  ],
  [/guard.?duty|detector/i, byEvent(/Detector$|^StopMonitoringMembers$/)],
  [/cmk|kms|key.?(?:delet|disab)/i, byEvent(/^(?:DisableKey|ScheduleKeyDeletion|PutKeyPolicy)$/)],
  [/bucket|s3/i, byEvent(/Bucket(?:Policy|Acl|Cors|Lifecycle|Replication)|PublicAccessBlock/)],
  [/config(?:uration)?.?recorder|awsconfig/i, byEvent(/ConfigurationRecorder|DeliveryChannel/)],
  [/nacl|network.?acl/i, byEvent(/NetworkAcl/)],
  [/security.?group|ingress|\bport|open.?port|\bsg\b|open.?to.?world/i, byEvent(/SecurityGroup/)],
  [/gateway/i, byEvent(/(?:Internet|Customer|Nat)Gateway/)],
  [/route/i, byEvent(/Route/)],
  [/vpc/i, byEvent(/Vpc/)],
  [/organi[sz]ation|scp/i, ({ eventSource }) => eventSource === 'organizations.amazonaws.com'],
  [
    /polic|iam|permission|privilege|admin/i,
    byEvent(/Policy|PermissionsBoundary|AccessKey|LoginProfile/),
  ],
];

/** Whether the alarm counts exactly such calls; null when its name does not say what it counts. */
export function countsCall(alarm: Alarm, record: TrailRecord): boolean | null {
  const names = `${alarm.metric ?? ''} ${alarm.name}`;
  const [, counts] = CONTROLS.find(([named]) => named.test(names)) ?? [];
  return counts?.(record, normaliseEventName(record.eventName)) ?? null;
}
