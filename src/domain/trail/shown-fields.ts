/** One parameter that may be shown: its label, and the keys that lead to it (lists are gone through). */
export interface ShownField {
  readonly label: string;
  readonly path: readonly string[];
  readonly side: 'request' | 'response';
}

function asked(label: string, path: string): ShownField {
  return { label, path: path.split('.'), side: 'request' };
}

function answered(label: string, path: string): ShownField {
  return { label, path: path.split('.'), side: 'response' };
}

const rule = [
  asked('protocol', 'ipPermissions.ipProtocol'),
  asked('from port', 'ipPermissions.fromPort'),
  asked('to port', 'ipPermissions.toPort'),
  asked('CIDR', 'ipPermissions.ipRanges.cidrIp'),
  asked('CIDR', 'ipPermissions.ipv6Ranges.cidrIpv6'),
  asked('from group', 'ipPermissions.groups.groupId'),
  asked('rule', 'securityGroupRuleIds'),
];
const stateChange = [
  answered('was', 'instancesSet.previousState.name'),
  answered('now', 'instancesSet.currentState.name'),
];
const aclEntry = [
  asked('rule number', 'ruleNumber'),
  asked('action', 'ruleAction'),
  asked('outgoing', 'egress'),
  asked('protocol', 'aclProtocol'),
  asked('from port', 'portRange.from'),
  asked('to port', 'portRange.to'),
  asked('CIDR', 'cidrBlock'),
];
const route = [
  asked('destination', 'destinationCidrBlock'),
  asked('gateway', 'gatewayId'),
  asked('NAT gateway', 'natGatewayId'),
];
const policy = [asked('policy', 'policyArn'), asked('policy', 'policyName')];
const groupSize = [
  asked('desired', 'desiredCapacity'),
  asked('minimum', 'minSize'),
  asked('maximum', 'maxSize'),
];
const targets = [asked('target', 'targets.id'), asked('port', 'targets.port')];
const listener = [asked('port', 'port'), asked('action', 'defaultActions.type')];
const scaling = [
  asked('minimum', 'minCapacity'),
  asked('maximum', 'maxCapacity'),
  asked('dimension', 'scalableDimension'),
];
const databaseChange = [
  asked('class', 'dBInstanceClass'),
  asked('engine version', 'engineVersion'),
  asked('storage (GB)', 'allocatedStorage'),
  asked('apply immediately', 'applyImmediately'),
  asked('parameter group', 'dBParameterGroupName'),
  asked('multi-AZ', 'multiAZ'),
  asked('storage type', 'storageType'),
  asked('IOPS', 'iops'),
  asked('public', 'publiclyAccessible'),
  asked('security group', 'vpcSecurityGroupIds'),
  asked('backups kept (days)', 'backupRetentionPeriod'),
  asked('backup window', 'preferredBackupWindow'),
  asked('maintenance window', 'preferredMaintenanceWindow'),
  asked('deletion protection', 'deletionProtection'),
  asked('tags on snapshots', 'copyTagsToSnapshot'),
  asked('minor upgrades', 'autoMinorVersionUpgrade'),
  asked('monitoring (s)', 'monitoringInterval'),
  asked('insights', 'enablePerformanceInsights'),
];
const attributes = [asked('attribute', 'attributes.key')];
const attribute = [asked('attribute', 'attributeName')];
const stack = [asked('change set', 'changeSetName'), asked('role', 'roleARN')];
const deployment = [
  asked('group', 'deploymentGroupName'),
  asked('configuration', 'deploymentConfigName'),
  asked('deployment', 'deploymentId'),
];
const keyState = [asked('user', 'userName'), asked('status', 'status')];

/**
 * The few parameters that explain a change, by event source and normalised event name. What is not
 * listed is never shown or kept, only counted.
 */
export const SHOWN_FIELDS: Readonly<Record<string, readonly ShownField[]>> = {
  // Compute stopped, replaced or resized
  'ec2/StopInstances': [...stateChange, asked('forced', 'force')],
  'ec2/StartInstances': stateChange,
  'ec2/TerminateInstances': stateChange,
  'ec2/RunInstances': [
    asked('image', 'instancesSet.imageId'),
    asked('type', 'instanceType'),
    asked('count', 'instancesSet.maxCount'),
  ],
  'ec2/ModifyInstanceAttribute': [
    asked('type', 'instanceType.value'),
    asked('security group', 'groupSet.groupId'),
    asked('termination protection', 'disableApiTermination.value'),
  ],
  'ec2/ModifyVolume': [
    asked('type', 'volumeType'),
    asked('size (GB)', 'size'),
    asked('IOPS', 'iops'),
  ],
  'ec2/DetachVolume': [asked('device', 'device'), asked('forced', 'force')],
  'ec2/ModifyLaunchTemplate': [asked('default version', 'SetDefaultVersion')],
  'ec2/CreateLaunchTemplateVersion': [
    asked('from version', 'SourceVersion'),
    asked('image', 'LaunchTemplateData.ImageId'),
    asked('type', 'LaunchTemplateData.InstanceType'),
  ],
  'autoscaling/UpdateAutoScalingGroup': groupSize,
  'autoscaling/SetDesiredCapacity': groupSize,
  'autoscaling/PutScheduledUpdateGroupAction': groupSize,
  'autoscaling/SuspendProcesses': [asked('process', 'scalingProcesses')],
  'autoscaling/TerminateInstanceInAutoScalingGroup': [
    asked('smaller group', 'shouldDecrementDesiredCapacity'),
  ],
  'ecs/StopTask': [asked('cluster', 'cluster')],
  // The way there: groups, routes, load balancers, names
  'ec2/AuthorizeSecurityGroupIngress': rule,
  'ec2/AuthorizeSecurityGroupEgress': rule,
  'ec2/RevokeSecurityGroupIngress': rule,
  'ec2/RevokeSecurityGroupEgress': rule,
  'ec2/CreateNetworkAclEntry': aclEntry,
  'ec2/ReplaceNetworkAclEntry': aclEntry,
  'ec2/DeleteNetworkAclEntry': aclEntry,
  'ec2/CreateRoute': route,
  'ec2/ReplaceRoute': route,
  'ec2/DeleteRoute': route,
  'ec2/ModifyNetworkInterfaceAttribute': [asked('security group', 'groupSet.groupId')],
  'elasticloadbalancing/RegisterTargets': targets,
  'elasticloadbalancing/DeregisterTargets': targets,
  'elasticloadbalancing/ModifyListener': listener,
  'elasticloadbalancing/ModifyRule': [asked('action', 'actions.type')],
  'elasticloadbalancing/ModifyTargetGroup': [
    asked('health check path', 'healthCheckPath'),
    asked('health check port', 'healthCheckPort'),
    asked('interval (s)', 'healthCheckIntervalSeconds'),
    asked('time-out (s)', 'healthCheckTimeoutSeconds'),
  ],
  'elasticloadbalancing/ModifyTargetGroupAttributes': attributes,
  'elasticloadbalancing/ModifyLoadBalancerAttributes': attributes,
  'elasticloadbalancing/SetSecurityGroups': [asked('security group', 'securityGroups')],
  'route53/ChangeResourceRecordSets': [
    asked('action', 'changeBatch.changes.action'),
    asked('name', 'changeBatch.changes.resourceRecordSet.name'),
    asked('type', 'changeBatch.changes.resourceRecordSet.type'),
    asked('TTL (s)', 'changeBatch.changes.resourceRecordSet.tTL'),
  ],
  // Deployments and configuration
  'lambda/UpdateFunctionCode': [
    answered('version', 'version'),
    answered('runtime', 'runtime'),
    asked('image', 'imageUri'),
  ],
  'lambda/UpdateFunctionConfiguration': [
    asked('time-out (s)', 'timeout'),
    asked('memory (MB)', 'memorySize'),
    asked('runtime', 'runtime'),
    asked('handler', 'handler'),
    asked('layer', 'layers'),
    asked('security group', 'vpcConfig.securityGroupIds'),
    asked('subnet', 'vpcConfig.subnetIds'),
    asked('description', 'description'),
  ],
  'lambda/UpdateAlias': [asked('alias', 'name'), asked('version', 'functionVersion')],
  'lambda/PutProvisionedConcurrencyConfig': [
    asked('concurrency', 'provisionedConcurrentExecutions'),
  ],
  'lambda/PutFunctionConcurrency': [asked('concurrency', 'reservedConcurrentExecutions')],
  'lambda/UpdateEventSourceMapping': [asked('enabled', 'enabled'), asked('batch', 'batchSize')],
  'ecs/UpdateService': [
    asked('cluster', 'cluster'),
    asked('desired', 'desiredCount'),
    asked('task definition', 'taskDefinition'),
    asked('new deployment', 'forceNewDeployment'),
    asked('execute command', 'enableExecuteCommand'),
    asked('tags from', 'propagateTags'),
    asked('grace period (s)', 'healthCheckGracePeriodSeconds'),
  ],
  'ecs/RegisterTaskDefinition': [
    asked('family', 'family'),
    answered('revision', 'taskDefinition.revision'),
    asked('image', 'containerDefinitions.image'),
  ],
  'eks/UpdateNodegroupConfig': [
    asked('desired', 'scalingConfig.desiredSize'),
    asked('minimum', 'scalingConfig.minSize'),
    asked('maximum', 'scalingConfig.maxSize'),
  ],
  'ecs/RunTask': [asked('task definition', 'taskDefinition'), asked('count', 'count')],
  'eks/UpdateClusterVersion': [asked('version', 'version')],
  'codedeploy/CreateDeployment': deployment,
  'codedeploy/StopDeployment': deployment,
  'cloudformation/UpdateStack': stack,
  'cloudformation/ExecuteChangeSet': stack,
  'ssm/PutParameter': [asked('type', 'type'), asked('overwrite', 'overwrite')],
  'ssm/SendCommand': [asked('document', 'documentName')],
  'secretsmanager/DeleteSecret': [asked('without recovery', 'forceDeleteWithoutRecovery')],
  'appconfig/StartDeployment': [asked('version', 'ConfigurationVersion')],
  // Who may do what
  'iam/AttachRolePolicy': policy,
  'iam/DetachRolePolicy': policy,
  'iam/PutRolePolicy': policy,
  'iam/DeleteRolePolicy': policy,
  'iam/AttachUserPolicy': policy,
  'iam/DetachUserPolicy': policy,
  'iam/CreatePolicyVersion': [...policy, asked('as default', 'setAsDefault')],
  'iam/SetDefaultPolicyVersion': [...policy, asked('version', 'versionId')],
  'iam/CreateAccessKey': keyState,
  'iam/UpdateAccessKey': keyState,
  'kms/ScheduleKeyDeletion': [asked('days left', 'pendingWindowInDays')],
  'sts/AssumeRole': [asked('session', 'roleSessionName'), asked('seconds', 'durationSeconds')],
  // Data tier and limits
  'rds/ModifyDBInstance': databaseChange,
  'rds/ModifyDBCluster': databaseChange,
  'rds/RebootDBInstance': [asked('failover', 'forceFailover')],
  'rds/DeleteDBInstance': [asked('no final snapshot', 'skipFinalSnapshot')],
  'rds/ModifyDBParameterGroup': [
    asked('parameter', 'parameters.parameterName'),
    asked('applies', 'parameters.applyMethod'),
  ],
  'dynamodb/UpdateTable': [
    asked('billing', 'billingMode'),
    asked('read units', 'provisionedThroughput.readCapacityUnits'),
    asked('write units', 'provisionedThroughput.writeCapacityUnits'),
  ],
  'application-autoscaling/RegisterScalableTarget': scaling,
  'elasticache/ModifyReplicationGroup': [
    asked('type', 'cacheNodeType'),
    asked('engine version', 'engineVersion'),
    asked('parameter group', 'cacheParameterGroupName'),
    asked('snapshots kept (days)', 'snapshotRetentionLimit'),
    asked('snapshot window', 'snapshotWindow'),
    asked('maintenance window', 'preferredMaintenanceWindow'),
    asked('minor upgrades', 'autoMinorVersionUpgrade'),
    asked('failover', 'automaticFailoverEnabled'),
  ],
  'sqs/SetQueueAttributes': [
    asked('visibility time-out (s)', 'attributes.VisibilityTimeout'),
    asked('retention (s)', 'attributes.MessageRetentionPeriod'),
    asked('delay (s)', 'attributes.DelaySeconds'),
    asked('wait (s)', 'attributes.ReceiveMessageWaitTimeSeconds'),
  ],
  'sns/SetSubscriptionAttributes': attribute,
  'sns/SetTopicAttributes': attribute,
  'events/PutRule': [asked('state', 'state'), asked('schedule', 'scheduleExpression')],
  'scheduler/UpdateSchedule': [asked('state', 'state'), asked('schedule', 'scheduleExpression')],
  'cloudfront/UpdateDistribution': [asked('enabled', 'distributionConfig.enabled')],
  'elasticache/DecreaseReplicaCount': [asked('replicas', 'newReplicaCount')],
  'autoscaling/PutScalingPolicy': [asked('policy', 'policyName')],
  'kinesis/UpdateShardCount': [asked('shards', 'targetShardCount')],
  // What is in a bucket
  's3/DeleteObject': [asked('object', 'key')],
  's3/GetObject': [asked('object', 'key')],
  's3/PutObject': [asked('object', 'key')],
  // Watching switched off
  'monitoring/DeleteAlarms': [asked('alarm', 'alarmNames')],
  'monitoring/DisableAlarmActions': [asked('alarm', 'alarmNames')],
  'monitoring/PutMetricAlarm': [
    asked('metric', 'metricName'),
    asked('threshold', 'threshold'),
    asked('period (s)', 'period'),
  ],
  'logs/PutMetricFilter': [asked('metric', 'metricTransformations.metricName')],
  'logs/PutRetentionPolicy': [asked('days', 'retentionInDays')],
};

/** The fields to show of an event; none when the table does not know it. */
export function shownFieldsOf(eventSource: string, normalisedName: string): readonly ShownField[] {
  const service = eventSource.replace(/\.amazonaws\.com$/, '');
  const key = `${service}/${normalisedName}`;
  return Object.hasOwn(SHOWN_FIELDS, key) ? (SHOWN_FIELDS[key] ?? []) : [];
}
