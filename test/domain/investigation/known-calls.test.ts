import { describe, expect, it } from 'vitest';
import { knownChange } from '../../../src/domain/investigation/change-catalogue.ts';
import type { ChangeClass } from '../../../src/domain/investigation/change-class.ts';

/** The calls that are known to break, expose or cost something, by what they do. */
const CALLS: Partial<Readonly<Record<ChangeClass, string>>> = {
  'compute-stopped':
    'ec2/StopInstances ec2/TerminateInstances ec2/CancelSpotInstanceRequests ' +
    'autoscaling/TerminateInstanceInAutoScalingGroup autoscaling/EnterStandby ' +
    'autoscaling/SetInstanceHealth ecs/StopTask rds/StopDBInstance rds/DeleteDBInstance ' +
    'rds/DeleteDBCluster',
  'compute-replaced':
    'ec2/RebootInstances autoscaling/StartInstanceRefresh autoscaling/RollbackInstanceRefresh ' +
    'autoscaling/CancelInstanceRefresh rds/RebootDBInstance rds/FailoverDBCluster ' +
    'rds/PromoteReadReplica rds/ApplyPendingMaintenanceAction ' +
    'rds/SwitchoverBlueGreenDeployment elasticache/TestFailover ' +
    'elasticache/BatchApplyUpdateAction kafka/RebootBroker kafka/UpdateClusterConfiguration',
  reconfigured:
    'ec2/ModifyInstanceAttribute ec2/ModifyInstanceMetadataOptions ec2/ModifyVolume ' +
    'lambda/UpdateFunctionConfiguration ssm/SendCommand ssm/StartAutomationExecution ' +
    'ssm/UpdateDocument appconfig/StartDeployment rds/ModifyDBInstance rds/ModifyDBCluster ' +
    'rds/ModifyDBParameterGroup rds/ModifyDBClusterParameterGroup ' +
    'rds/ModifyDBProxyTargetGroup rds/DeregisterDBProxyTargets ' +
    'elasticache/ModifyCacheParameterGroup es/UpdateDomainConfig es/UpgradeDomain ' +
    'redshift/ResizeCluster',
  'permission-cut':
    'ec2/DisassociateIamInstanceProfile ec2/ReplaceIamInstanceProfileAssociation ' +
    'lambda/RemovePermission eks/CreateAccessEntry eks/DeleteAccessEntry iam/PutRolePolicy ' +
    'iam/DeleteRolePolicy iam/DetachRolePolicy iam/PutUserPolicy iam/DeleteUserPolicy ' +
    'iam/DetachUserPolicy iam/PutGroupPolicy iam/DeleteGroupPolicy iam/DetachGroupPolicy ' +
    'iam/UpdateAssumeRolePolicy iam/CreatePolicyVersion iam/SetDefaultPolicyVersion ' +
    'iam/DeleteRole iam/UpdateAccessKey iam/DeleteAccessKey iam/DeleteUser ' +
    'iam/DeleteLoginProfile iam/PutRolePermissionsBoundary iam/RemoveRoleFromInstanceProfile ' +
    'organizations/AttachPolicy organizations/DetachPolicy organizations/UpdatePolicy ' +
    'organizations/MoveAccount sso/DeleteAccountAssignment sso/ProvisionPermissionSet ' +
    'sso/PutInlinePolicyToPermissionSet sso/DetachManagedPolicyFromPermissionSet ' +
    'sso/DeleteInlinePolicyFromPermissionSet sso/PutPermissionsBoundaryToPermissionSet ' +
    's3/PutBucketPolicy s3/DeleteBucketPolicy s3/PutBucketPublicAccessBlock ' +
    's3/PutPublicAccessBlock s3/PutBucketAcl s3/PutBucketEncryption s3/PutBucketCors',
  'permission-widened':
    'ec2/AssociateIamInstanceProfile lambda/AddPermission iam/AttachRolePolicy ' +
    'iam/AttachUserPolicy iam/AttachGroupPolicy sso/CreateAccountAssignment ' +
    'sso/AttachManagedPolicyToPermissionSet',
  'data-removed':
    'ec2/DetachVolume s3/DeleteBucket dynamodb/DeleteTable ' +
    'dynamodb/UpdateTimeToLive sqs/PurgeQueue sqs/DeleteQueue',
  'network-closed':
    'ec2/DisassociateAddress ec2/DetachNetworkInterface ec2/RevokeSecurityGroupIngress ' +
    'ec2/RevokeSecurityGroupEgress ec2/CreateNetworkAclEntry ec2/DeleteNetworkAclEntry ' +
    'ec2/ReplaceNetworkAclEntry ec2/ReplaceNetworkAclAssociation ec2/DeleteRoute ' +
    'ec2/DisassociateRouteTable ec2/DeleteNatGateway ec2/DetachInternetGateway ' +
    'ec2/DeleteVpcEndpoints ec2/DeleteVpcPeeringConnection ec2/DeleteTransitGatewayRoute ' +
    'network-firewall/UpdateFirewallPolicy network-firewall/UpdateRuleGroup ' +
    'elasticfilesystem/DeleteMountTarget elasticfilesystem/ModifyMountTargetSecurityGroups',
  deployed:
    'ec2/CreateLaunchTemplateVersion ec2/ModifyLaunchTemplate ecs/UpdateService ' +
    'ecs/UpdateTaskSet ecs/UpdateServicePrimaryTaskSet ecs/StopServiceDeployment ' +
    'ecr/BatchDeleteImage lambda/UpdateFunctionCode lambda/UpdateAlias eks/UpdateNodegroupVersion ' +
    'eks/UpdateClusterConfig eks/UpdateClusterVersion eks/UpdateAddon eks/DeleteAddon ' +
    'codedeploy/CreateDeployment codedeploy/StopDeployment codedeploy/ContinueDeployment ' +
    'codepipeline/StartPipelineExecution codepipeline/PutApprovalResult ' +
    'codepipeline/RollbackStage cloudformation/CreateStack cloudformation/UpdateStack ' +
    'cloudformation/ExecuteChangeSet cloudformation/RollbackStack ' +
    'cloudformation/ContinueUpdateRollback cloudformation/UpdateStackSet ' +
    'cloudformation/UpdateStackInstances elasticbeanstalk/UpdateEnvironment ' +
    'elasticbeanstalk/SwapEnvironmentCNAMEs elasticbeanstalk/RestartAppServer ' +
    'apprunner/StartDeployment apprunner/UpdateService states/UpdateStateMachine',
  removed:
    'ec2/DeregisterImage ec2/DeleteSecurityGroup cloudformation/DeleteStack ' +
    'acm/DeleteCertificate',
  'network-opened': 'ec2/AuthorizeSecurityGroupIngress ec2/AuthorizeSecurityGroupEgress',
  'network-changed':
    'ec2/ModifySecurityGroupRules ec2/ModifyNetworkInterfaceAttribute ec2/CreateRoute ' +
    'ec2/ReplaceRoute ec2/ReplaceRouteTableAssociation ec2/ModifyVpcEndpoint ' +
    'ec2/ModifySubnetAttribute ec2/CreateTransitGatewayRoute ec2/ModifyManagedPrefixList ' +
    'ec2/AssociateDhcpOptions ec2/AllocateAddress ec2/CreateVpcEndpoint',
  'watching-off':
    'ec2/DeleteFlowLogs monitoring/DeleteAlarms monitoring/DisableAlarmActions ' +
    'monitoring/SetAlarmState monitoring/PutMetricAlarm monitoring/PutAlarmMuteRule ' +
    'monitoring/DeleteDashboards monitoring/StopMetricStreams cloudtrail/StopLogging ' +
    'cloudtrail/DeleteTrail cloudtrail/UpdateTrail cloudtrail/PutEventSelectors ' +
    'cloudtrail/StopEventDataStoreIngestion logs/DeleteLogGroup logs/DeleteLogStream ' +
    'logs/DeleteMetricFilter logs/DeleteSubscriptionFilter config/StopConfigurationRecorder ' +
    'config/DeleteDeliveryChannel guardduty/DeleteDetector guardduty/UpdateDetector ' +
    'securityhub/DisableSecurityHub synthetics/StopCanary',
  spending:
    'ec2/RunInstances ec2/CreateNatGateway ec2/CreateVolume ec2/CopySnapshot ec2/CreateFleet ' +
    'ec2/AllocateHosts ec2/PurchaseReservedInstancesOffering eks/CreateNodegroup ' +
    'rds/RestoreDBInstanceFromDBSnapshot rds/RestoreDBInstanceToPointInTime ' +
    'rds/RestoreDBClusterFromSnapshot rds/RestoreDBClusterToPointInTime rds/CreateDBInstance ' +
    'sagemaker/CreateEndpoint sagemaker/CreateTrainingJob sagemaker/CreateNotebookInstance ' +
    'bedrock/CreateProvisionedModelThroughput redshift/CreateCluster ' +
    'elasticmapreduce/RunJobFlow savingsplans/CreateSavingsPlan',
  'capacity-cut':
    'autoscaling/UpdateAutoScalingGroup autoscaling/SetDesiredCapacity ' +
    'autoscaling/SuspendProcesses autoscaling/PutScalingPolicy autoscaling/DeletePolicy ' +
    'autoscaling/PutScheduledUpdateGroupAction ecs/PutClusterCapacityProviders ' +
    'lambda/PutFunctionConcurrency lambda/PutProvisionedConcurrencyConfig ' +
    'eks/UpdateNodegroupConfig application-autoscaling/RegisterScalableTarget ' +
    'application-autoscaling/DeregisterScalableTarget ' +
    'application-autoscaling/PutScalingPolicy application-autoscaling/DeleteScalingPolicy ' +
    'application-autoscaling/PutScheduledAction elasticache/ModifyReplicationGroup ' +
    'elasticache/DecreaseReplicaCount dynamodb/UpdateTable kinesis/UpdateShardCount ' +
    'kinesis/MergeShards',
  'targets-changed':
    'autoscaling/DetachLoadBalancerTargetGroups elasticloadbalancing/ModifyTargetGroup ' +
    'elasticloadbalancing/ModifyTargetGroupAttributes elasticloadbalancing/DeregisterTargets ' +
    'elasticloadbalancing/RegisterTargets',
  prepared: 'ecs/RegisterTaskDefinition lambda/PublishVersion ecr/PutImage',
  'edge-changed':
    'elasticloadbalancing/ModifyListener elasticloadbalancing/ModifyRule ' +
    'elasticloadbalancing/SetRulePriorities elasticloadbalancing/DeleteRule ' +
    'elasticloadbalancing/SetSecurityGroups elasticloadbalancing/SetSubnets ' +
    'elasticloadbalancing/DeleteLoadBalancer elasticloadbalancing/RemoveListenerCertificates ' +
    'cloudfront/UpdateDistribution cloudfront/UpdateFunction cloudfront/PublishFunction ' +
    'wafv2/UpdateWebACL wafv2/UpdateIPSet wafv2/DisassociateWebACL wafv2/AssociateWebACL ' +
    'wafv2/UpdateRuleGroup apigateway/CreateDeployment apigateway/UpdateStage ' +
    'apigateway/PutIntegration apigateway/UpdateUsagePlan apigateway/DeleteBasePathMapping',
  'dns-changed':
    'route53/ChangeResourceRecordSets route53/UpdateHealthCheck ' +
    'route53/DisassociateVPCFromHostedZone',
  'messaging-changed':
    'lambda/UpdateEventSourceMapping lambda/DeleteEventSourceMapping s3/PutBucketNotification ' +
    'sqs/SetQueueAttributes sns/Unsubscribe sns/SetSubscriptionAttributes sns/DeleteTopic',
  'schedule-off':
    'codepipeline/DisableStageTransition events/DisableRule events/DeleteRule ' +
    'events/RemoveTargets scheduler/UpdateSchedule scheduler/DeleteSchedule',
  'settings-changed': 'ssm/PutParameter ssm/DeleteParameter ssm/DeleteParameters',
  'key-changed':
    'secretsmanager/PutSecretValue secretsmanager/RotateSecret secretsmanager/DeleteSecret ' +
    'secretsmanager/UpdateSecretVersionStage iam/UpdateServerCertificate ' +
    'iam/DeleteOpenIDConnectProvider iam/UpdateSAMLProvider kms/DisableKey ' +
    'kms/ScheduleKeyDeletion kms/PutKeyPolicy kms/RevokeGrant kms/DisableKeyRotation ' +
    'kms/DeleteImportedKeyMaterial acm/ImportCertificate',
  'retention-changed':
    'ecr/PutLifecyclePolicy s3/PutBucketLifecycle s3/PutBucketVersioning ' +
    's3/PutBucketReplication logs/PutRetentionPolicy logs/DeleteRetentionPolicy',
  'credential-made':
    'iam/CreateAccessKey iam/CreateLoginProfile iam/UpdateLoginProfile ' +
    'iam/DeactivateMFADevice',
  'signed-in': 'signin/ConsoleLogin signin/SwitchRole',
  'capacity-raised': 'servicequotas/RequestServiceQuotaIncrease',
};

const rows = Object.entries(CALLS).flatMap(([changeClass, calls]) =>
  calls.split(' ').map((call) => [call, changeClass] as const),
);

describe('the calls of incidents', () => {
  it.each(rows)('knows %s as %s', (call, changeClass) => {
    const [service = '', name = ''] = call.split('/');

    expect(knownChange(service, name)?.changeClass).toBe(changeClass);
  });

  it.each([
    ['ec2/RevokeSecurityGroupIngress', 'instant', 'restrictive'],
    ['ec2/StopInstances', 'instant', 'destructive'],
    ['ecs/UpdateService', 'rollout', 'changing'],
    ['route53/ChangeResourceRecordSets', 'rollout', 'changing'],
    ['kms/ScheduleKeyDeletion', 'latent', 'restrictive'],
    ['rds/ModifyDBParameterGroup', 'latent', 'changing'],
    ['ec2/DeleteSecurityGroup', 'rollout', 'tuning'],
    ['ec2/RunInstances', 'latent', 'adding'],
    ['iam/AttachRolePolicy', 'instant', 'widening'],
  ])('says of %s how soon it is felt and what it takes', (call, latency, direction) => {
    const [service = '', name = ''] = call.split('/');

    expect(knownChange(service, name)).toMatchObject({ latency, direction });
  });
});
