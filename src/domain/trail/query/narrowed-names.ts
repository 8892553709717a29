import type { ResourceClass } from './resource-class.ts';

/** Exact event names, each of which one lookup can find. */
export interface NarrowedNames {
  readonly names: readonly string[];
  /** Taken for an answer only when there is none of `names`. */
  readonly otherwise?: readonly string[];
}

const only = (...names: readonly string[]): NarrowedNames => ({ names });

/** What a verb is when the kind of resource is known: "stopped" and an instance is `StopInstances`. */
export const NARROWED_NAMES = {
  created: {
    instance: only('RunInstances'),
    'security-group': only('CreateSecurityGroup'),
    vpc: only('CreateVpc', 'CreateDefaultVpc'),
    'network-interface': only('CreateNetworkInterface'),
    volume: only('CreateVolume'),
    snapshot: only('CreateSnapshot', 'CreateSnapshots', 'CopySnapshot'),
    image: only('CreateImage', 'RegisterImage', 'CopyImage'),
    'route-table': only('CreateRouteTable'),
    'network-acl': only('CreateNetworkAcl'),
    subnet: only('CreateSubnet', 'CreateDefaultSubnet'),
    'nat-gateway': only('CreateNatGateway'),
    'internet-gateway': only('CreateInternetGateway'),
    'vpc-endpoint': only('CreateVpcEndpoint'),
    'launch-template': only('CreateLaunchTemplate'),
    address: only('AllocateAddress'),
    key: only('CreateKey', 'ReplicateKey'),
    role: only('CreateRole'),
  },
  deleted: {
    instance: only('TerminateInstances', 'TerminateInstanceInAutoScalingGroup'),
    'security-group': only('DeleteSecurityGroup'),
    vpc: only('DeleteVpc'),
    'network-interface': only('DeleteNetworkInterface'),
    volume: only('DeleteVolume'),
    snapshot: only('DeleteSnapshot'),
    image: only('DeregisterImage'),
    'route-table': { names: ['DeleteRouteTable'], otherwise: ['DeleteRoute'] },
    'network-acl': { names: ['DeleteNetworkAcl'], otherwise: ['DeleteNetworkAclEntry'] },
    subnet: only('DeleteSubnet'),
    'nat-gateway': only('DeleteNatGateway'),
    'internet-gateway': only('DeleteInternetGateway'),
    'vpc-endpoint': only('DeleteVpcEndpoints'),
    address: only('ReleaseAddress'),
    key: { names: ['ScheduleKeyDeletion'], otherwise: ['DeleteImportedKeyMaterial'] },
  },
  stopped: {
    instance: only('StopInstances'),
    'db-instance': only('StopDBInstance'),
    'db-cluster': only('StopDBCluster'),
    trail: only('StopLogging'),
  },
  started: {
    instance: { names: ['StartInstances'], otherwise: ['StartSession', 'RunInstances'] },
    'db-instance': only('StartDBInstance'),
    'db-cluster': only('StartDBCluster'),
    trail: only('StartLogging'),
  },
  rebooted: {
    instance: only('RebootInstances'),
    'db-instance': only('RebootDBInstance'),
    'db-cluster': only('RebootDBCluster'),
  },
  terminated: { instance: only('TerminateInstances', 'TerminateInstanceInAutoScalingGroup') },
  opened: {
    'security-group': {
      names: ['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress'],
      otherwise: ['ModifySecurityGroupRules'],
    },
    'network-acl': only('CreateNetworkAclEntry', 'ReplaceNetworkAclEntry'),
  },
  closed: {
    'security-group': {
      names: ['RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress'],
      otherwise: ['ModifySecurityGroupRules'],
    },
    'network-acl': only('DeleteNetworkAclEntry', 'ReplaceNetworkAclEntry'),
  },
  attached: {
    volume: only('AttachVolume'),
    'network-interface': only('AttachNetworkInterface'),
    'internet-gateway': only('AttachInternetGateway'),
    address: only('AssociateAddress'),
  },
  detached: {
    volume: only('DetachVolume'),
    'network-interface': only('DetachNetworkInterface'),
    'internet-gateway': only('DetachInternetGateway'),
    address: only('DisassociateAddress'),
  },
  deployed: {
    function: only('UpdateFunctionCode', 'UpdateAlias', 'PublishVersion'),
    'ecs-service': only('UpdateService', 'CreateService', 'UpdateServicePrimaryTaskSet'),
  },
  scaled: {
    function: only('PutFunctionConcurrency', 'PutProvisionedConcurrencyConfig'),
    'ecs-service': only('UpdateService'),
    table: only('UpdateTable'),
    instance: only('ModifyInstanceAttribute'),
    'db-instance': only('ModifyDBInstance'),
    'db-cluster': only('ModifyDBCluster'),
  },
  enabled: {
    key: { names: ['EnableKey'], otherwise: ['EnableKeyRotation', 'CancelKeyDeletion'] },
    rule: only('EnableRule'),
    trail: only('StartLogging'),
  },
  disabled: {
    key: { names: ['DisableKey'], otherwise: ['DisableKeyRotation', 'ScheduleKeyDeletion'] },
    rule: only('DisableRule'),
    trail: only('StopLogging'),
  },
  rotated: {
    secret: only('RotateSecret', 'PutSecretValue'),
    key: only('RotateKeyOnDemand'),
  },
} as const satisfies Record<string, Partial<Record<ResourceClass, NarrowedNames>>>;
