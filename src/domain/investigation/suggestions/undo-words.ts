import { inverseCall } from './undo-calls.ts';

/** Where one inverse call is not all there is to say; `{it}` is the thing. By service and call. */
const TOLD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ec2: {
    TerminateInstances:
      'A terminated instance does not come back: start another like it (RunInstances), or let its group do so.',
    RebootInstances: 'A reboot cannot be taken back: see that {it} came up and is reached again.',
    DeleteNatGateway:
      'Make a new NAT gateway (CreateNatGateway) with the old elastic address, then point the routes at it (ReplaceRoute).',
    CreateLaunchTemplateVersion:
      'Make the earlier version the default again (ModifyLaunchTemplate) and replace what was started from {it}.',
    DeregisterImage:
      'Restore {it} from the Recycle Bin if that is on (RestoreImageFromRecycleBin), else register it again from its snapshots.',
    ModifyInstanceAttribute:
      'Set the earlier value with ModifyInstanceAttribute; a type of instance can only be changed while it is stopped.',
    RunInstances: 'Stop what is not needed (StopInstances); terminate it once that is sure.',
    PurchaseReservedInstancesOffering: 'A purchase cannot be taken back: ask AWS Support.',
    ReleaseAddress:
      'Ask for the same address again while nobody has it (AllocateAddress), then point at it.',
    ModifyVolume:
      'Set the earlier type and speed (ModifyVolume), some hours after the last time; a volume cannot be made smaller.',
    DetachVolume: 'Attach {it} again with AttachVolume at the same device name, then mount it.',
  },
  kinesis: { MergeShards: 'Split the shards again (SplitShard).' },
  states: { StopExecution: 'Start it again with the same input (StartExecution).' },
  servicequotas: { RequestServiceQuotaIncrease: 'A raised quota can stay: lower what uses it.' },
  'application-autoscaling': {
    RegisterScalableTarget: 'Set the earlier least and most of {it} with RegisterScalableTarget.',
  },
  es: {
    UpgradeDomain:
      'A version cannot be taken back: restore a snapshot into a domain of the older one.',
  },
  cloudfront: { CreateInvalidation: 'Nothing to take back: the cache fills again by itself.' },
  autoscaling: {
    SetInstanceHealth:
      'Set it to healthy again (SetInstanceHealth), if the group has not replaced it yet.',
    TerminateInstanceInAutoScalingGroup:
      'The group starts another by itself, if its desired size was not lowered with it.',
  },
  ecs: {
    StopTask: 'A service starts another task by itself; a single task is started with RunTask.',
    UpdateService:
      'Set {it} back to the task definition and the count it had before (UpdateService).',
    RegisterTaskDefinition: 'Deploy the revision before it (UpdateService).',
    DeleteService:
      'Make {it} again with the same task definition and load balancer (CreateService).',
  },
  eks: {
    UpdateClusterVersion:
      'A cluster version cannot be taken back: mend what broke with it, or move to another cluster.',
  },
  lambda: {
    UpdateFunctionCode:
      'Point the alias back at the version before (UpdateAlias), or deploy the earlier code of {it} again.',
    UpdateAlias: 'Point {it} back at the version it had before (UpdateAlias).',
    PutFunctionConcurrency:
      'Set the earlier limit of {it} with PutFunctionConcurrency, or lift it with DeleteFunctionConcurrency.',
    DeleteFunction:
      'There is no undo: deploy {it} again from its code, then its triggers and rights.',
  },
  codedeploy: {
    CreateDeployment:
      'While it runs, stop it with rollback (StopDeployment); else deploy the earlier revision (CreateDeployment).',
  },
  codepipeline: {
    StartPipelineExecution: 'Roll the stage back to its last good run (RollbackStage).',
  },
  cloudformation: {
    UpdateStack:
      'While it runs, cancel it (CancelUpdateStack); else update {it} with the earlier template.',
    ExecuteChangeSet:
      'While it runs, cancel it (CancelUpdateStack); else update {it} with the earlier template.',
    DeleteStack:
      'Make the stack again from its template (CreateStack); data that it deleted comes from backups.',
    CreateStack: 'Delete {it} (DeleteStack) once nothing uses what it made.',
  },
  apigateway: {
    CreateDeployment: 'Set the stage of {it} back to the deployment before (UpdateStage).',
  },
  rds: {
    ModifyDBParameterGroup:
      'Set the earlier value (ModifyDBParameterGroup); static parameters need a reboot as well (RebootDBInstance).',
    ModifyDBClusterParameterGroup:
      'Set the earlier value (ModifyDBClusterParameterGroup); static parameters need a reboot as well.',
    ModifyDBInstance:
      'Set the earlier value with ModifyDBInstance and apply it immediately. Storage cannot be made smaller, an engine not older.',
    DeleteDBInstance:
      'There is no undo: restore the last snapshot or a point in time under the old name.',
    DeleteDBCluster:
      'There is no undo: restore the last snapshot or a point in time under the old name.',
    CreateDBInstance: 'Stop it if it is not needed (StopDBInstance); delete it once that is sure.',
    ApplyPendingMaintenanceAction: 'It cannot be taken back: see that {it} is up again.',
    SwitchoverBlueGreenDeployment:
      'The old databases are still there under another name: point callers at them; what was written since is missing there.',
    RebootDBInstance:
      'A reboot cannot be taken back: see that {it} is up and connections are back.',
    FailoverDBCluster: 'Fail over once more (FailoverDBCluster) if the new writer is the trouble.',
    PromoteReadReplica:
      'It cannot be taken back: make a new replica (CreateDBInstanceReadReplica) and drop this one.',
  },
  redshift: {
    DeleteCluster: 'There is no undo: restore the last snapshot (RestoreFromClusterSnapshot).',
  },
  elasticache: {
    DeleteReplicationGroup: 'There is no undo: make it again, from a snapshot if there is one.',
    DeleteCacheCluster: 'There is no undo: make it again, from a snapshot if there is one.',
  },
  dynamodb: {
    DeleteTable:
      'Restore {it} from a backup or a point in time (RestoreTableFromBackup, RestoreTableToPointInTime).',
  },
  elasticfilesystem: { DeleteFileSystem: 'There is no undo: restore it with AWS Backup.' },
  s3: {
    DeleteBucket:
      'Make the bucket again under its name, unless somebody else took it (CreateBucket); only empty ones can be deleted.',
    PutBucketPolicy: 'Put the earlier policy of {it} again (PutBucketPolicy).',
  },
  sqs: {
    PurgeQueue: 'The messages are gone: their senders must send them again.',
    DeleteQueue: 'Make the queue again under its name (CreateQueue); its messages are gone.',
  },
  ecr: {
    BatchDeleteImage: 'Push the image again from its build (PutImage), under the same tag.',
  },
  kms: {
    ScheduleKeyDeletion:
      'Cancel it with CancelKeyDeletion, then switch the key on with EnableKey: it stays off after the first.',
  },
  secretsmanager: {
    PutSecretValue:
      'Move AWSCURRENT back to the version before (UpdateSecretVersionStage), if the other side still takes it.',
    RotateSecret:
      'Move AWSCURRENT back to the version before (UpdateSecretVersionStage), if the other side still takes it.',
    UpdateSecret:
      'Move AWSCURRENT back to the version before (UpdateSecretVersionStage), if the other side still takes it.',
  },
  iam: {
    CreatePolicyVersion: 'Make the version before the default again (SetDefaultPolicyVersion).',
    SetDefaultPolicyVersion: 'Make the version before the default again (SetDefaultPolicyVersion).',
    DeleteAccessKey:
      'A deleted key does not come back: make a new one (CreateAccessKey) and give it to the program.',
    UpdateAccessKey: 'Set the key back to its earlier state (UpdateAccessKey).',
    CreateAccessKey: 'Set the key to inactive (UpdateAccessKey), then delete it (DeleteAccessKey).',
    DeleteRole:
      'Make the role again with its trust and policies (CreateRole); policies elsewhere that name it must be saved anew.',
  },
  ssm: {
    PutParameter: 'Put the value before again (PutParameter); the history of {it} holds it.',
    DeleteParameters:
      'Put the values again (PutParameter); they are in the code or with their owner.',
    DeleteParameter: 'Put the value again (PutParameter); it is in the code or with its owner.',
    SendCommand:
      'What ran inside is not in this record: the output of the command says what to take back.',
  },
  route53: {
    ChangeResourceRecordSets: 'Set the record as it was before (ChangeResourceRecordSets).',
  },
  monitoring: {
    DeleteAlarms:
      'Make the alarm again from its code (PutMetricAlarm); its history is kept two weeks.',
    SetAlarmState: 'Nothing to do: the alarm takes its true state at its next evaluation.',
  },
  logs: { DeleteLogGroup: 'Make the group again (CreateLogGroup); what was in it is gone.' },
  savingsplans: {
    CreateSavingsPlan: 'It can be returned within seven days at most (ReturnSavingsPlan).',
  },
};

/** For calls that no table names, by the shape of their names. First fit decides. */
const BY_SHAPE: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:Reboot|Restart|Failover|TestFailover)/,
    'It cannot be taken back: see that {it} is up again and reached.',
  ],
  [
    /Deployment$|^(?:StartJob|ContinueUpdateRollback|SwapEnvironmentCNAMEs)$|^Rollback/,
    'Deploy the version that ran before.',
  ],
  [
    /^(?:Update|Modify|Put|Set|Replace|Change|Configure|Import|Reset|Attach|Associate|Switch|Apply|Move)/,
    'Set it back to what it was with {call}; its code or history holds the earlier value.',
  ],
  [
    /^(?:Delete|Terminate|Remove|Deregister|Purge|Detach|Disassociate|Cancel|BatchDelete|Release)/,
    'No call takes {call} back: make it again from its code or from a backup.',
  ],
  [
    /^(?:Create|Add|Allocate|Register|Run|Request|Purchase|Upload|Publish|Restore)/,
    'Take it away again, once nothing uses it.',
  ],
];

const UNKNOWN =
  'No call is known that takes {call} back: ask who made it, or the code it comes from.';

/** On or off: there is nothing else to say. */
const NEEDS_NO_VALUES = /^(?:Batch)?(?:Start|Stop|Enable|Disable|Resume|Suspend|Cancel)/;

/** How to take a call back, in one sentence; `{it}` and `{call}` are still to be filled in. */
export function undoWords(service: string, normalisedName: string): string {
  const own = Object.hasOwn(TOLD, service) ? TOLD[service] : undefined;
  const told = own !== undefined && Object.hasOwn(own, normalisedName) ? own[normalisedName] : null;
  if (told != null) return told;
  const inverse = inverseCall(service, normalisedName);
  if (inverse !== null) {
    const values = NEEDS_NO_VALUES.test(inverse)
      ? ''
      : '; the record of {call} says with which values';
    return `Undo it with ${inverse} on {it}${values}.`;
  }
  return BY_SHAPE.find(([shape]) => shape.test(normalisedName))?.[1] ?? UNKNOWN;
}
