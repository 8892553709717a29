import type { CatalogueRow } from '../change-class.ts';

/** Calls that stop, replace, resize or feed what runs. */
export const RUNNING: readonly CatalogueRow[] = [
  {
    kind: { changeClass: 'compute-stopped', latency: 'instant', direction: 'destructive' },
    calls: {
      ec2: 'StopInstances TerminateInstances CancelSpotInstanceRequests CancelSpotFleetRequests DeleteFleets',
      autoscaling:
        'TerminateInstanceInAutoScalingGroup DetachInstances EnterStandby SetInstanceHealth DeleteAutoScalingGroup',
      ecs: 'StopTask DeleteService DeleteCluster',
      lambda: 'DeleteFunction DeleteAlias',
      rds: 'StopDBInstance StopDBCluster DeleteDBInstance DeleteDBCluster',
      elasticache: 'DeleteReplicationGroup DeleteCacheCluster',
    },
  },
  {
    kind: { changeClass: 'compute-stopped', latency: 'rollout', direction: 'destructive' },
    calls: {
      eks: 'DeleteNodegroup DeleteCluster DeleteFargateProfile',
    },
  },
  {
    kind: { changeClass: 'compute-replaced', latency: 'instant', direction: 'restrictive' },
    calls: {
      ec2: 'RebootInstances',
    },
  },
  {
    kind: { changeClass: 'compute-replaced', latency: 'rollout', direction: 'changing' },
    calls: {
      autoscaling: 'StartInstanceRefresh RollbackInstanceRefresh CancelInstanceRefresh',
      kafka: 'RebootBroker UpdateClusterConfiguration UpdateBrokerType UpdateBrokerCount',
    },
  },
  {
    kind: { changeClass: 'compute-replaced', latency: 'instant', direction: 'changing' },
    calls: {
      rds: 'RebootDBInstance RebootDBCluster FailoverDBCluster PromoteReadReplica SwitchoverBlueGreenDeployment ApplyPendingMaintenanceAction',
    },
  },
  {
    kind: { changeClass: 'capacity-cut', latency: 'rollout', direction: 'changing' },
    calls: {
      autoscaling:
        'UpdateAutoScalingGroup SetDesiredCapacity PutScheduledUpdateGroupAction PutScalingPolicy',
      eks: 'UpdateNodegroupConfig',
      ecs: 'PutClusterCapacityProviders UpdateCapacityProvider',
      'application-autoscaling':
        'RegisterScalableTarget DeregisterScalableTarget DeleteScalingPolicy PutScalingPolicy PutScheduledAction DeleteScheduledAction',
      kinesis: 'UpdateShardCount MergeShards UpdateStreamMode',
      dynamodb: 'UpdateTable',
      elasticache:
        'ModifyReplicationGroup ModifyCacheCluster DecreaseReplicaCount DecreaseNodeGroupsInGlobalReplicationGroup ModifyReplicationGroupShardConfiguration',
    },
  },
  {
    kind: { changeClass: 'capacity-cut', latency: 'latent', direction: 'restrictive' },
    calls: {
      autoscaling: 'SuspendProcesses DeletePolicy DeleteScheduledAction',
    },
  },
  {
    kind: { changeClass: 'capacity-cut', latency: 'instant', direction: 'restrictive' },
    calls: {
      lambda:
        'PutFunctionConcurrency PutProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig',
    },
  },
  {
    kind: { changeClass: 'capacity-raised', latency: 'instant', direction: 'widening' },
    calls: {
      lambda: 'DeleteFunctionConcurrency',
    },
  },
  {
    kind: { changeClass: 'capacity-raised', latency: 'latent', direction: 'widening' },
    calls: {
      servicequotas: 'RequestServiceQuotaIncrease',
    },
  },
  {
    kind: { changeClass: 'deployed', latency: 'latent', direction: 'changing' },
    calls: {
      ec2: 'CreateLaunchTemplateVersion ModifyLaunchTemplate',
      states: 'UpdateStateMachine DeleteStateMachine',
    },
  },
  // They let through what a pipeline then changes by calls of its own.
  {
    kind: { changeClass: 'deployed', latency: 'rollout', direction: 'widening' },
    calls: {
      codepipeline: 'StartPipelineExecution PutApprovalResult',
    },
  },
  // The next call runs the new code.
  {
    kind: { changeClass: 'deployed', latency: 'instant', direction: 'changing' },
    calls: {
      lambda: 'UpdateFunctionCode UpdateAlias',
    },
  },
  {
    kind: { changeClass: 'deployed', latency: 'rollout', direction: 'changing' },
    calls: {
      ecs: 'UpdateService UpdateTaskSet UpdateServicePrimaryTaskSet CreateTaskSet StopServiceDeployment',
      eks: 'UpdateNodegroupVersion UpdateClusterVersion UpdateAddon DeleteAddon UpdateClusterConfig',
      codedeploy: 'CreateDeployment StopDeployment ContinueDeployment',
      codepipeline: 'RollbackStage',
      cloudformation:
        'UpdateStack ExecuteChangeSet RollbackStack ContinueUpdateRollback UpdateStackSet UpdateStackInstances CreateStack',
      elasticbeanstalk: 'UpdateEnvironment SwapEnvironmentCNAMEs RestartAppServer',
      apprunner: 'StartDeployment UpdateService PauseService',
      amplify: 'StartDeployment StartJob',
    },
  },
  {
    kind: { changeClass: 'reconfigured', latency: 'rollout', direction: 'changing' },
    calls: {
      ec2: 'ModifyInstanceAttribute ModifyInstanceMetadataOptions ModifyVolume',
      appconfig: 'StartDeployment',
      ssm: 'SendCommand StartAutomationExecution',
      rds: 'ModifyDBInstance ModifyDBCluster ModifyDBProxy ModifyDBProxyTargetGroup DeregisterDBProxyTargets ModifyGlobalCluster RemoveFromGlobalCluster',
      elasticache: 'ModifyCacheParameterGroup',
      es: 'UpdateDomainConfig UpgradeDomain UpdateElasticsearchDomainConfig DeleteDomain',
      redshift: 'ResizeCluster PauseCluster RebootCluster DeleteCluster ModifyCluster',
    },
  },
  {
    kind: { changeClass: 'reconfigured', latency: 'instant', direction: 'changing' },
    calls: {
      lambda: 'UpdateFunctionConfiguration',
      s3: 'PutBucketWebsite DeleteBucketWebsite',
    },
  },
  {
    kind: { changeClass: 'reconfigured', latency: 'latent', direction: 'changing' },
    calls: {
      ssm: 'UpdateDocument UpdateDocumentDefaultVersion',
      rds: 'ModifyDBParameterGroup ModifyDBClusterParameterGroup ResetDBParameterGroup ModifyOptionGroup',
    },
  },
  {
    kind: { changeClass: 'removed', latency: 'rollout', direction: 'destructive' },
    calls: {
      cloudformation: 'DeleteStack',
    },
  },
  {
    kind: { changeClass: 'prepared', latency: 'rollout', direction: 'adding' },
    calls: {
      lambda: 'PublishVersion PublishLayerVersion',
      ecs: 'RegisterTaskDefinition DeregisterTaskDefinition',
      ecr: 'PutImage',
      elasticbeanstalk: 'CreateApplicationVersion',
      batch: 'RegisterJobDefinition',
    },
  },
  {
    kind: { changeClass: 'compute-replaced', latency: 'instant', direction: 'restrictive' },
    calls: {
      elasticache: 'TestFailover RebootCacheCluster',
      mq: 'RebootBroker',
      memorydb: 'FailoverShard',
      'docdb-elastic': 'StopCluster',
    },
  },
  {
    kind: { changeClass: 'compute-replaced', latency: 'rollout', direction: 'changing' },
    calls: {
      elasticache: 'BatchApplyUpdateAction',
      memorydb: 'BatchUpdateCluster',
      ecs: 'UpdateContainerInstancesState UpdateContainerAgent',
    },
  },
  {
    kind: { changeClass: 'compute-stopped', latency: 'instant', direction: 'destructive' },
    calls: {
      transfer: 'StopServer DeleteServer',
      batch: 'TerminateJob CancelJob DeleteComputeEnvironment',
      kinesis: 'DeleteStream',
      elasticmapreduce: 'TerminateJobFlows',
      sagemaker: 'DeleteEndpoint',
      firehose: 'DeleteDeliveryStream',
    },
  },
  {
    kind: { changeClass: 'capacity-cut', latency: 'rollout', direction: 'changing' },
    calls: {
      elasticfilesystem: 'UpdateFileSystem',
      fsx: 'UpdateFileSystem',
      memorydb: 'UpdateCluster',
      batch: 'UpdateComputeEnvironment UpdateJobQueue',
      ec2: 'ModifyFleet ModifySpotFleetRequest',
      dynamodb: 'UpdateTableReplicaAutoScaling',
      sagemaker: 'UpdateEndpointWeightsAndCapacities',
    },
  },
  {
    kind: { changeClass: 'reconfigured', latency: 'rollout', direction: 'tuning' },
    calls: {
      ssm: 'StartSession',
      dynamodb: 'UpdateContinuousBackups',
      elasticfilesystem: 'PutLifecycleConfiguration PutBackupPolicy',
      ecs: 'UpdateClusterSettings UpdateCluster PutAccountSetting',
      lambda: 'PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig',
      rds: 'ModifyDBSnapshot ModifyEventSubscription',
      logs: 'AssociateKmsKey',
      ec2: 'ModifySnapshotTier EnableFastSnapshotRestores ModifyVpcEndpointServiceConfiguration',
    },
  },
  {
    kind: { changeClass: 'reconfigured', latency: 'rollout', direction: 'changing' },
    calls: {
      glue: 'UpdateJob UpdateCrawler UpdateTable',
      mq: 'UpdateBroker UpdateConfiguration',
      firehose: 'UpdateDestination',
      lambda: 'PutRuntimeManagementConfig',
    },
  },
  {
    kind: { changeClass: 'removed', latency: 'latent', direction: 'changing' },
    calls: {
      ec2: 'DeregisterImage DeleteLaunchTemplate DeleteLaunchTemplateVersions',
      autoscaling: 'DeleteLaunchConfiguration',
      lambda: 'DeleteLayerVersion',
    },
  },
  {
    kind: { changeClass: 'removed', latency: 'latent', direction: 'tuning' },
    calls: {
      ec2: 'DeleteKeyPair',
    },
  },
  {
    kind: { changeClass: 'prepared', latency: 'latent', direction: 'tuning' },
    calls: {
      ecr: 'InitiateLayerUpload UploadLayerPart CompleteLayerUpload',
    },
  },
  {
    kind: { changeClass: 'settings-changed', latency: 'latent', direction: 'changing' },
    calls: {
      ssm: 'PutParameter LabelParameterVersion DeleteParameter DeleteParameters',
    },
  },
];
