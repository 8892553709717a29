import { describe, expect, it } from 'vitest';
import { symptomsOf } from '../../../src/domain/investigation/symptom.ts';
import { anAlarm } from './builders.ts';

const ABOVE = 'GreaterThanThreshold';
const BELOW = 'LessThanThreshold';

describe('the symptom of an alarm', () => {
  it.each([
    ['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', ABOVE, 'errors'],
    ['AWS/ApplicationELB', 'TargetResponseTime', ABOVE, 'latency'],
    ['AWS/ApplicationELB', 'HTTPCode_ELB_504_Count', ABOVE, 'errors'],
    ['AWS/ELB', 'SpilloverCount', ABOVE, 'saturated'],
    ['AWS/VPN', 'TunnelState', BELOW, 'unhealthy'],
    ['AWS/DX', 'ConnectionLightLevelRx', BELOW, 'host-fault'],
    ['AWS/TransitGateway', 'PacketDropCountBlackhole', ABOVE, 'errors'],
    ['AWS/NATGateway', 'PacketsDropCount', ABOVE, 'errors'],
    ['AWS/Firehose', 'DeliveryToS3.DataFreshness', ABOVE, 'backlog'],
    ['AWS/Firehose', 'DeliveryToS3.Success', BELOW, 'errors'],
    ['AWS/SNS', 'NumberOfNotificationsFilteredOut', ABOVE, 'traffic-drop'],
    ['AWS/MQ', 'QueueSize', ABOVE, 'backlog'],
    ['AWS/ElastiCache', 'CommandAuthorizationFailures', ABOVE, 'denied'],
    ['AWS/ES', 'KMSKeyInaccessible', ABOVE, 'denied'],
    ['AWS/RDS', 'Deadlocks', ABOVE, 'saturated'],
    ['AWS/RDS', 'DiskQueueDepth', ABOVE, 'saturated'],
    ['AWS/EBS', 'VolumeStalledIOCheck', ABOVE, 'host-fault'],
    ['AWS/EC2', 'EBSIOBalance%', BELOW, 'filling'],
    ['AWS/Cassandra', 'PerConnectionRequestRateExceeded', ABOVE, 'throttled'],
    ['AWS/Cognito', 'CompromisedCredentialsRisk', ABOVE, 'security'],
    ['AWS/Logs', 'IncomingBytes', ABOVE, 'cost'],
    ['AWS/KinesisAnalytics', 'millisBehindLatest', ABOVE, 'backlog'],
    ['CWAgent', 'cpu_usage_idle', BELOW, 'saturated'],
    ['CWAgent', 'disk_inodes_free', BELOW, 'filling'],
    ['Acme/Jobs', 'ExportAgeMinutes', ABOVE, 'backlog'],
    ['Acme/Jobs', 'PageUsage', ABOVE, 'traffic-surge'],
    ['Acme/App', 'OutOfMemoryKills', ABOVE, 'restarts'],
    ['AWS/ApplicationELB', 'UnHealthyHostCount', ABOVE, 'unhealthy'],
    ['AWS/ApplicationELB', 'HealthyHostCount', BELOW, 'unhealthy'],
    ['AWS/ApplicationELB', 'RequestCount', BELOW, 'traffic-drop'],
    ['AWS/NetworkELB', 'TCP_Target_Reset_Count', ABOVE, 'errors'],
    ['AWS/NetworkELB', 'TargetTLSNegotiationErrorCount', ABOVE, 'certificate'],
    ['AWS/EC2', 'StatusCheckFailed_System', ABOVE, 'host-fault'],
    ['AWS/EC2', 'StatusCheckFailed_Instance', ABOVE, 'unhealthy'],
    ['AWS/EC2', 'CPUUtilization', ABOVE, 'saturated'],
    ['AWS/AutoScaling', 'GroupInServiceInstances', BELOW, 'few-instances'],
    ['AWS/ECS', 'MemoryUtilization', ABOVE, 'filling'],
    ['ECS/ContainerInsights', 'RunningTaskCount', BELOW, 'few-instances'],
    ['ContainerInsights', 'pod_number_of_container_restarts', ABOVE, 'restarts'],
    ['ContainerInsights', 'pod_status_pending', ABOVE, 'few-instances'],
    ['ContainerInsights', 'cluster_failed_node_count', ABOVE, 'unhealthy'],
    ['AWS/Lambda', 'Throttles', ABOVE, 'throttled'],
    ['AWS/Lambda', 'ConcurrentExecutions', ABOVE, 'usage'],
    ['AWS/Lambda', 'IteratorAge', ABOVE, 'backlog'],
    ['AWS/Lambda', 'Invocations', BELOW, 'traffic-drop'],
    ['AWS/RDS', 'FreeStorageSpace', BELOW, 'filling'],
    ['AWS/RDS', 'DatabaseConnections', ABOVE, 'saturated'],
    ['AWS/RDS', 'ReplicaLag', ABOVE, 'backlog'],
    ['AWS/DynamoDB', 'WriteThrottleEvents', ABOVE, 'throttled'],
    ['AWS/SQS', 'ApproximateAgeOfOldestMessage', ABOVE, 'backlog'],
    ['AWS/SQS', 'ApproximateNumberOfMessagesNotVisible', ABOVE, 'backlog'],
    ['AWS/SQS', 'NumberOfMessagesSent', BELOW, 'traffic-drop'],
    ['AWS/SNS', 'NumberOfNotificationsFailed', ABOVE, 'errors'],
    ['AWS/Kinesis', 'WriteProvisionedThroughputExceeded', ABOVE, 'throttled'],
    ['AWS/ApiGateway', '5XXError', ABOVE, 'errors'],
    ['AWS/CloudFront', '5xxErrorRate', ABOVE, 'errors'],
    ['AWS/Route53', 'HealthCheckStatus', BELOW, 'unhealthy'],
    ['AWS/States', 'ExecutionsTimedOut', ABOVE, 'errors'],
    ['AWS/ElastiCache', 'Evictions', ABOVE, 'saturated'],
    ['AWS/ES', 'ClusterStatus.red', ABOVE, 'unhealthy'],
    ['AWS/EFS', 'PercentIOLimit', ABOVE, 'saturated'],
    ['AWS/NATGateway', 'ErrorPortAllocation', ABOVE, 'saturated'],
    ['AWS/Billing', 'EstimatedCharges', ABOVE, 'cost'],
    ['AWS/Usage', 'ResourceCount', ABOVE, 'usage'],
    ['CloudWatchSynthetics', 'SuccessPercent', BELOW, 'unhealthy'],
    ['CWAgent', 'disk_used_percent', ABOVE, 'filling'],
    ['CloudTrailMetrics', 'IAMPolicyEventCount', ABOVE, 'security'],
    ['CloudTrailMetrics', 'UnauthorizedAPICalls', ABOVE, 'denied'],
    ['Acme/Checkout', 'PaymentFailures', ABOVE, 'errors'],
  ])('of %s %s %s is %s', (namespace, metric, comparison, symptom) => {
    const [first] = symptomsOf(anAlarm('watch', { namespace, metric, comparison }));

    expect(first).toBe(symptom);
  });

  it('is missing data where the alarm has none', () => {
    expect(symptomsOf(anAlarm('signups', { state: 'INSUFFICIENT_DATA' }))).toEqual(['no-data']);
  });

  it('takes fewer orders for errors as well: a number of one’s own falls whatever fails', () => {
    const changes = { namespace: 'Acme/Shop', metric: 'Orders', comparison: BELOW };

    expect(symptomsOf(anAlarm('orders', changes))).toEqual(['traffic-drop', 'errors']);
  });

  it('reads the name of an alarm whose metric says nothing', () => {
    const changes = { namespace: null, metric: null, comparison: ABOVE };

    expect(symptomsOf(anAlarm('statements-error-rate', changes))).toContain('errors');
  });
});
