/**
 * The call that takes another back, by service: `StopInstances>StartInstances`, `A<>B` in both ways.
 * Only where it does so on the same thing; what is lost by then is said in `undo-words.ts`.
 */
const INVERSE_CALLS: Readonly<Record<string, string>> = {
  ec2: `StopInstances<>StartInstances AuthorizeSecurityGroupIngress<>RevokeSecurityGroupIngress
    AuthorizeSecurityGroupEgress<>RevokeSecurityGroupEgress AttachVolume<>DetachVolume
    AssociateAddress<>DisassociateAddress CreateRoute<>DeleteRoute AssociateRouteTable<>DisassociateRouteTable
    AttachInternetGateway<>DetachInternetGateway CreateNetworkAclEntry<>DeleteNetworkAclEntry
    AttachNetworkInterface<>DetachNetworkInterface AssociateIamInstanceProfile<>DisassociateIamInstanceProfile
    EnableVgwRoutePropagation<>DisableVgwRoutePropagation CreateTransitGatewayRoute<>DeleteTransitGatewayRoute
    AssociateTransitGatewayRouteTable<>DisassociateTransitGatewayRouteTable AttachVpnGateway<>DetachVpnGateway
    AssignPrivateIpAddresses<>UnassignPrivateIpAddresses CreateFlowLogs<>DeleteFlowLogs
    CreateVpcEndpoint<>DeleteVpcEndpoints DeleteVpcEndpoint>CreateVpcEndpoint
    DeleteVpcPeeringConnection>CreateVpcPeeringConnection
    DeleteTransitGatewayVpcAttachment>CreateTransitGatewayVpcAttachment
    AllocateAddress>ReleaseAddress AllocateHosts>ReleaseHosts CreateNatGateway>DeleteNatGateway
    CreateFleet>DeleteFleets RequestSpotInstances>CancelSpotInstanceRequests RequestSpotFleet>CancelSpotFleetRequests`,
  autoscaling: `EnterStandby<>ExitStandby SuspendProcesses<>ResumeProcesses DetachInstances<>AttachInstances
    DetachLoadBalancerTargetGroups<>AttachLoadBalancerTargetGroups DetachLoadBalancers<>AttachLoadBalancers
    DetachTrafficSources<>AttachTrafficSources StartInstanceRefresh>RollbackInstanceRefresh
    DeletePolicy>PutScalingPolicy DeleteScheduledAction>PutScheduledUpdateGroupAction`,
  'application-autoscaling': `DeregisterScalableTarget>RegisterScalableTarget
    DeleteScalingPolicy>PutScalingPolicy DeleteScheduledAction>PutScheduledAction`,
  rds: `StopDBInstance<>StartDBInstance StopDBCluster<>StartDBCluster
    DeregisterDBProxyTargets<>RegisterDBProxyTargets`,
  elasticache: 'DecreaseReplicaCount<>IncreaseReplicaCount',
  lambda: `DeleteFunctionConcurrency>PutFunctionConcurrency AddPermission<>RemovePermission
    DeleteProvisionedConcurrencyConfig>PutProvisionedConcurrencyConfig
    DeleteEventSourceMapping<>CreateEventSourceMapping DeleteAlias>CreateAlias
    DeleteFunctionUrlConfig>CreateFunctionUrlConfig`,
  eks: `CreateAccessEntry<>DeleteAccessEntry AssociateAccessPolicy<>DisassociateAccessPolicy
    DeletePodIdentityAssociation<>CreatePodIdentityAssociation CreateAddon<>DeleteAddon
    CreateNodegroup<>DeleteNodegroup DeleteFargateProfile>CreateFargateProfile`,
  elasticloadbalancing: `RegisterTargets<>DeregisterTargets
    RegisterInstancesWithLoadBalancer<>DeregisterInstancesFromLoadBalancer
    AddListenerCertificates<>RemoveListenerCertificates CreateRule<>DeleteRule DeleteListener>CreateListener`,
  elasticfilesystem: 'DeleteMountTarget<>CreateMountTarget',
  apigateway: 'DeleteBasePathMapping<>CreateBasePathMapping',
  wafv2: 'AssociateWebACL<>DisassociateWebACL',
  route53: 'DisassociateVPCFromHostedZone<>AssociateVPCWithHostedZone',
  route53resolver: `DisassociateResolverRule<>AssociateResolverRule CreateFirewallRule<>DeleteFirewallRule
    AssociateFirewallRuleGroup<>DisassociateFirewallRuleGroup`,
  servicediscovery: 'DeregisterInstance<>RegisterInstance',
  ram: 'DisassociateResourceShare<>AssociateResourceShare',
  events: `DisableRule<>EnableRule RemoveTargets>PutTargets DeleteRule>PutRule
    RemovePermission>PutPermission`,
  pipes: 'StopPipe<>StartPipe',
  glue: 'StopTrigger<>StartTrigger',
  codepipeline: 'DisableStageTransition<>EnableStageTransition',
  redshift: 'PauseCluster<>ResumeCluster',
  apprunner: 'PauseService<>ResumeService',
  transfer: 'StopServer<>StartServer',
  sns: 'AddPermission<>RemovePermission Unsubscribe>Subscribe',
  sqs: 'AddPermission<>RemovePermission',
  s3: `DeleteBucketPolicy>PutBucketPolicy DeleteBucketLifecycle>PutBucketLifecycleConfiguration DeleteBucketCors>PutBucketCors DeleteBucketWebsite>PutBucketWebsite
    DeleteBucketReplication>PutBucketReplication`,
  iam: `AttachRolePolicy<>DetachRolePolicy AttachUserPolicy<>DetachUserPolicy AttachGroupPolicy<>DetachGroupPolicy
    DeleteRolePolicy>PutRolePolicy DeleteUserPolicy>PutUserPolicy DeleteGroupPolicy>PutGroupPolicy
    AddRoleToInstanceProfile<>RemoveRoleFromInstanceProfile AddUserToGroup<>RemoveUserFromGroup
    PutRolePermissionsBoundary<>DeleteRolePermissionsBoundary
    PutUserPermissionsBoundary<>DeleteUserPermissionsBoundary
    CreateLoginProfile<>DeleteLoginProfile CreateUser>DeleteUser DeactivateMFADevice>EnableMFADevice
    UploadServerCertificate<>DeleteServerCertificate`,
  kms: `DisableKey<>EnableKey RevokeGrant<>CreateGrant DisableKeyRotation<>EnableKeyRotation
    CreateAlias<>DeleteAlias DeleteImportedKeyMaterial>ImportKeyMaterial`,
  secretsmanager: 'DeleteSecret>RestoreSecret DeleteResourcePolicy>PutResourcePolicy',
  ecr: 'DeleteRepositoryPolicy>SetRepositoryPolicy',
  organizations: 'AttachPolicy<>DetachPolicy DisablePolicyType<>EnablePolicyType',
  sso: `CreateAccountAssignment<>DeleteAccountAssignment
    DetachManagedPolicyFromPermissionSet<>AttachManagedPolicyToPermissionSet
    DeleteInlinePolicyFromPermissionSet>PutInlinePolicyToPermissionSet
    PutPermissionsBoundaryToPermissionSet<>DeletePermissionsBoundaryFromPermissionSet`,
  cloudtrail: `StopLogging<>StartLogging StopEventDataStoreIngestion<>StartEventDataStoreIngestion
    DeleteEventDataStore>RestoreEventDataStore DeleteTrail>CreateTrail`,
  config: `StopConfigurationRecorder<>StartConfigurationRecorder
    DeleteConfigurationRecorder>PutConfigurationRecorder DeleteDeliveryChannel>PutDeliveryChannel`,
  guardduty:
    'DeleteDetector>CreateDetector StopMonitoringMembers<>StartMonitoringMembers CreateFilter<>DeleteFilter',
  securityhub: 'DisableSecurityHub<>EnableSecurityHub BatchDisableStandards<>BatchEnableStandards',
  synthetics: 'StopCanary<>StartCanary',
  monitoring: `DisableAlarmActions<>EnableAlarmActions StopMetricStreams<>StartMetricStreams
    DeleteMetricStream>PutMetricStream`,
  logs: `DeleteMetricFilter>PutMetricFilter DeleteSubscriptionFilter>PutSubscriptionFilter
    DeleteRetentionPolicy>PutRetentionPolicy AssociateKmsKey<>DisassociateKmsKey`,
  sagemaker: `CreateEndpoint>DeleteEndpoint CreateTrainingJob>StopTrainingJob
    CreateNotebookInstance>StopNotebookInstance CreateProcessingJob>StopProcessingJob`,
  bedrock: 'CreateProvisionedModelThroughput>DeleteProvisionedModelThroughput',
  elasticmapreduce: 'RunJobFlow>TerminateJobFlows',
};

const INVERSE_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(INVERSE_CALLS).flatMap(([service, pairs]) =>
    pairs.split(/\s+/).flatMap((pair) => {
      const [from = '', to = ''] = pair.split(/<?>/);
      const there = [`${service}/${from}`, to] as const;
      return pair.includes('<>') ? [there, [`${service}/${to}`, from] as const] : [there];
    }),
  ),
);

/** Null where no call takes it back on the same thing. */
export function inverseCall(service: string, normalisedName: string): string | null {
  return INVERSE_OF.get(`${service}/${normalisedName}`) ?? null;
}
