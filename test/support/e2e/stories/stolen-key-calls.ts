import type { StoryCall } from '../story-folder.ts';

export const EXPORT_USER = 'reporting-export';
export const BACK_DOOR = 'svc-backup2';
export const MACHINES = ['i-012a65228997bd828', 'i-09ba7c5fbf81dbc10'] as const;

/** Records of the folder: in IAM, of the trail, of GuardDuty, and of machines far away. */
const LIKE = {
  iam: 'c0567abb-dda4-4e12-a434-539833ce1c2b',
  trail: 'f2020f17-c2a1-4e17-9ac3-f925e11693d4',
  detector: 'a1bbb4da-584c-433c-9a19-a4879e6cf1cc',
  machines: '6d5c6e79-eed8-46bb-b0fe-3954b4ee5b14',
} as const;
const KEYS = {
  [EXPORT_USER]: 'AKIAWWNBSH63UEXAMPLE',
  [BACK_DOOR]: 'AKIACQYW6EKZNEXAMPLE',
} as const;
const POLICY = 'arn:aws:iam::aws:policy/';
const instancesSet = { items: MACHINES.map((instanceId) => ({ instanceId })) };

type Service = keyof typeof LIKE;
type User = keyof typeof KEYS;

function byMarek(
  at: string,
  service: Service,
  name: string,
  requestParameters: StoryCall['requestParameters'],
): StoryCall {
  const by = 'marek.dvorak@northwind.example';
  return { at, by, like: LIKE[service], name, requestParameters, responseElements: null };
}

const deactivate = (at: string, userName: User) =>
  byMarek(at, 'iam', 'UpdateAccessKey', {
    userName,
    accessKeyId: KEYS[userName],
    status: 'Inactive',
  });
const policy = (at: string, name: string, userName: User, policyName: string) =>
  byMarek(at, 'iam', name, { userName, policyArn: `${POLICY}${policyName}` });

/** What Marek does in AWS: contain and keep the evidence first, then take out what was left behind. */
export const STOLEN_KEY_CALLS: readonly StoryCall[] = [
  deactivate('11:08:02', EXPORT_USER),
  deactivate('11:08:31', BACK_DOOR),
  policy('11:08:55', 'AttachUserPolicy', EXPORT_USER, 'AWSDenyAll'),
  policy('11:09:12', 'AttachUserPolicy', BACK_DOOR, 'AWSDenyAll'),
  ...MACHINES.map((instanceId, index) =>
    byMarek(`11:09:${40 + index * 9}`, 'machines', 'CreateSnapshots', {
      CreateSnapshotsRequest: {
        InstanceSpecification: { InstanceId: instanceId },
        Description: 'Evidence, do not delete',
      },
    }),
  ),
  byMarek('11:10:20', 'machines', 'StopInstances', { instancesSet, force: false }),
  policy('11:39:05', 'DetachUserPolicy', EXPORT_USER, 'AdministratorAccess'),
  policy('11:39:24', 'DetachUserPolicy', BACK_DOOR, 'AdministratorAccess'),
  byMarek('11:40:10', 'trail', 'StartLogging', {
    name: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/northwind-trail',
  }),
  byMarek('11:40:48', 'detector', 'UpdateDetector', {
    detectorId: 'c6b1f0d27a4e58939d10',
    enable: true,
  }),
  byMarek('11:43:30', 'machines', 'TerminateInstances', { instancesSet }),
];
