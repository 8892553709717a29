import { NARROWED_NAMES, type NarrowedNames } from './narrowed-names.ts';
import type { ResourceClass } from './resource-class.ts';

interface VerbRow {
  /** How people write it; the first is how we say it. */
  readonly words: readonly [string, ...string[]];
  /** Event names, `*` for any ending; a leading `-` takes away from the others. */
  readonly names: readonly string[];
  /** Calls that only read can never be it. */
  readonly writesOnly: boolean;
}

/** A call that uses a resource without changing it, or that AWS makes by itself all day. */
const USES = [
  '-AssumeRole*',
  '-CheckMfa',
  '-ConsoleLogin',
  '-CreateLogStream',
  '-CredentialChallenge',
  '-CredentialVerification',
  '-Decrypt',
  '-Encrypt',
  '-GenerateDataKey*',
  '-Invoke*',
  '-StartSession',
  '-SwitchRole',
  '-UpdateInstanceInformation',
] as const;

/** Names as CloudTrail records them, without API dates. Checked against botocore's service models. */
export const VERBS = {
  created: {
    words: ['created', 'create', 'creates', 'launched', 'launch'],
    names: ['Create*', 'RunInstances', 'RunTask', 'Allocate*', '-CreateTags', '-CreateLogStream'],
    writesOnly: true,
  },
  deleted: {
    words: ['deleted', 'delete', 'deletes', 'removed', 'remove', 'destroyed'],
    names: ['Delete*', 'BatchDelete*', 'Terminate*', 'Remove*', 'Purge*', 'ScheduleKeyDeletion'],
    writesOnly: true,
  },
  stopped: {
    words: ['stopped', 'stop', 'stops', 'halted'],
    names: ['Stop*', 'SuspendProcesses'],
    writesOnly: true,
  },
  started: {
    words: ['started', 'start', 'starts'],
    names: ['Start*', 'ResumeProcesses'],
    writesOnly: false,
  },
  rebooted: {
    words: ['rebooted', 'reboot', 'reboots', 'restarted', 'restart'],
    names: ['Reboot*', 'RestartAppServer'],
    writesOnly: true,
  },
  terminated: {
    words: ['terminated', 'terminate', 'terminates', 'killed'],
    names: ['Terminate*', 'StopTask'],
    writesOnly: true,
  },
  changed: {
    words: [
      'changed',
      'change',
      'changes',
      'modified',
      'modify',
      'updated',
      'update',
      'edited',
      'configured',
    ],
    names: ['*', ...USES],
    writesOnly: true,
  },
  opened: {
    words: ['opened', 'open', 'opens', 'authorized', 'authorised'],
    names: [
      'AuthorizeSecurityGroup*',
      'ModifySecurityGroupRules',
      'CreateNetworkAclEntry',
      'ReplaceNetworkAclEntry',
      'AuthorizeDBSecurityGroupIngress',
    ],
    writesOnly: true,
  },
  closed: {
    words: ['closed', 'close', 'closes', 'revoked', 'revoke'],
    names: [
      'RevokeSecurityGroup*',
      'ModifySecurityGroupRules',
      'DeleteNetworkAclEntry',
      'ReplaceNetworkAclEntry',
      'RevokeDBSecurityGroupIngress',
    ],
    writesOnly: true,
  },
  attached: {
    words: ['attached', 'attach', 'attaches', 'associated'],
    names: ['Attach*', 'Associate*', 'RegisterTargets', 'RegisterInstancesWithLoadBalancer'],
    writesOnly: true,
  },
  detached: {
    words: ['detached', 'detach', 'detaches', 'disassociated'],
    names: ['Detach*', 'Disassociate*', 'DeregisterTargets', 'DeregisterInstancesFromLoadBalancer'],
    writesOnly: true,
  },
  deployed: {
    words: ['deployed', 'deploy', 'deploys', 'released', 'shipped'],
    names: [
      'UpdateService',
      'CreateService',
      'UpdateTaskSet',
      'UpdateServicePrimaryTaskSet',
      'RegisterTaskDefinition',
      'UpdateFunctionCode',
      'PublishVersion',
      'UpdateAlias',
      'CreateDeployment',
      'StartDeployment',
      'StartPipelineExecution',
      'CreateStack',
      'UpdateStack',
      'ExecuteChangeSet',
      'UpdateEnvironment',
      'StartInstanceRefresh',
      'UpdateStateMachine',
      'PutImage',
      'PublishFunction',
    ],
    writesOnly: true,
  },
  scaled: {
    words: ['scaled', 'scale', 'scales', 'resized', 'resize'],
    names: [
      'SetDesiredCapacity',
      'UpdateAutoScalingGroup',
      'ExecutePolicy',
      'UpdateService',
      'UpdateTable',
      'PutFunctionConcurrency',
      'PutProvisionedConcurrencyConfig',
      'ModifyReplicationGroup',
      'ModifyReplicationGroupShardConfiguration',
      'IncreaseReplicaCount',
      'DecreaseReplicaCount',
      'ModifyCacheCluster',
      'ModifyDBInstance',
      'ModifyDBCluster',
      'UpdateShardCount',
      'UpdateNodegroupConfig',
      'RegisterScalableTarget',
      'ResizeCluster',
      'ModifyInstanceAttribute',
    ],
    writesOnly: true,
  },
  assumed: {
    words: ['assumed', 'assume', 'assumes'],
    names: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
    writesOnly: false,
  },
  'logged in': {
    words: ['logged', 'login', 'log-in', 'signin', 'signed', 'logins'],
    names: ['ConsoleLogin'],
    writesOnly: false,
  },
  enabled: {
    words: ['enabled', 'enable', 'enables'],
    names: ['Enable*', 'StartLogging', 'ResumeProcesses', 'CancelKeyDeletion'],
    writesOnly: true,
  },
  disabled: {
    words: ['disabled', 'disable', 'disables'],
    names: ['Disable*', 'StopLogging', 'SuspendProcesses', 'DeactivateMFADevice'],
    writesOnly: true,
  },
  rotated: {
    words: ['rotated', 'rotate', 'rotates'],
    names: ['Rotate*', 'PutSecretValue', 'CreateAccessKey'],
    writesOnly: true,
  },
  invoked: {
    words: ['invoked', 'invoke', 'invokes', 'called', 'ran', 'run'],
    names: ['Invoke*', 'SendCommand', 'StartExecution', 'StartAutomationExecution', 'RunTask'],
    writesOnly: false,
  },
  touched: { words: ['touched', 'touch', 'touches'], names: ['*'], writesOnly: true },
  did: { words: ['did', 'anything'], names: ['*'], writesOnly: false },
} as const satisfies Record<string, VerbRow>;

export type VerbId = keyof typeof VERBS;

const VERB_OF_WORD: ReadonlyMap<string, VerbId> = new Map(
  (Object.keys(VERBS) as VerbId[]).flatMap((verb) =>
    VERBS[verb].words.map((word): [string, VerbId] => [word, verb]),
  ),
);

export const VERB_WORDS: readonly string[] = [...VERB_OF_WORD.keys()];

export function verbOfWord(word: string): VerbId | null {
  return VERB_OF_WORD.get(word) ?? null;
}

export function isWriteVerb(verb: VerbId): boolean {
  return VERBS[verb].writesOnly;
}

/** The names a verb stands for; narrowed where the resource's kind is known. */
export function namesOfVerb(verb: VerbId, resourceClass: ResourceClass | null): NarrowedNames {
  const byClass: Partial<Record<string, Partial<Record<ResourceClass, NarrowedNames>>>> =
    NARROWED_NAMES;
  const narrowed = resourceClass === null ? undefined : byClass[verb]?.[resourceClass];
  return narrowed ?? { names: VERBS[verb].names };
}
