import type { CatalogueRow } from '../change-class.ts';

/** Calls that change the way to what runs, its data and its messages. */
export const REACHING: readonly CatalogueRow[] = [
  {
    kind: { changeClass: 'network-closed', latency: 'instant', direction: 'restrictive' },
    calls: {
      ec2: 'RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateNetworkAclEntry ReplaceNetworkAclEntry DeleteNetworkAclEntry ReplaceNetworkAclAssociation ModifyVpcBlockPublicAccessOptions',
      'network-firewall': 'UpdateFirewallPolicy UpdateRuleGroup DeleteFirewall',
    },
  },
  {
    kind: { changeClass: 'network-closed', latency: 'instant', direction: 'destructive' },
    calls: {
      ec2: 'DeleteRoute DisassociateRouteTable DeleteNatGateway DetachInternetGateway DisassociateAddress DetachNetworkInterface DeleteVpcPeeringConnection DeleteVpcEndpoints DeleteVpcEndpoint DeleteTransitGatewayRoute DeleteTransitGatewayVpcAttachment DeleteVpnConnection',
      elasticfilesystem: 'DeleteMountTarget DeleteFileSystem ModifyMountTargetSecurityGroups',
    },
  },
  {
    kind: { changeClass: 'network-opened', latency: 'instant', direction: 'widening' },
    calls: {
      ec2: 'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress',
    },
  },
  {
    kind: { changeClass: 'network-changed', latency: 'instant', direction: 'changing' },
    calls: {
      ec2: 'ModifySecurityGroupRules ModifyNetworkInterfaceAttribute ReplaceRoute ReplaceRouteTableAssociation AssociateRouteTable ModifyVpcEndpoint ModifySubnetAttribute ModifyVpcAttribute ModifyManagedPrefixList AssociateDhcpOptions',
    },
  },
  {
    kind: { changeClass: 'targets-changed', latency: 'instant', direction: 'destructive' },
    calls: {
      autoscaling: 'DetachLoadBalancerTargetGroups DetachLoadBalancers DetachTrafficSources',
      elasticloadbalancing: 'DeregisterTargets DeregisterInstancesFromLoadBalancer',
    },
  },
  {
    kind: { changeClass: 'targets-changed', latency: 'rollout', direction: 'changing' },
    calls: {
      elasticloadbalancing: 'ModifyTargetGroup ConfigureHealthCheck',
    },
  },
  {
    kind: { changeClass: 'targets-changed', latency: 'instant', direction: 'adding' },
    calls: {
      elasticloadbalancing: 'RegisterTargets RegisterInstancesWithLoadBalancer',
    },
  },
  {
    kind: { changeClass: 'edge-changed', latency: 'instant', direction: 'changing' },
    calls: {
      elasticloadbalancing:
        'ModifyListener ModifyRule SetRulePriorities DeleteRule DeleteListener SetSecurityGroups SetSubnets RemoveListenerCertificates DeleteLoadBalancer',
      apigateway:
        'CreateDeployment UpdateStage PutIntegration UpdateIntegration DeleteBasePathMapping UpdateUsagePlan DeleteStage UpdateRestApi PutRestApi UpdateMethod DeleteMethod',
    },
  },
  {
    kind: { changeClass: 'edge-changed', latency: 'rollout', direction: 'changing' },
    calls: {
      cloudfront: 'UpdateDistribution UpdateFunction PublishFunction DeleteDistribution',
    },
  },
  {
    kind: { changeClass: 'edge-changed', latency: 'instant', direction: 'restrictive' },
    calls: {
      wafv2: 'UpdateWebACL AssociateWebACL UpdateIPSet UpdateRuleGroup DisassociateWebACL',
      waf: 'UpdateWebACL UpdateIPSet UpdateRule',
    },
  },
  {
    kind: { changeClass: 'dns-changed', latency: 'rollout', direction: 'changing' },
    calls: {
      route53:
        'ChangeResourceRecordSets UpdateHealthCheck DeleteHealthCheck DisassociateVPCFromHostedZone DeleteHostedZone',
    },
  },
  {
    kind: { changeClass: 'data-removed', latency: 'instant', direction: 'destructive' },
    calls: {
      ec2: 'DetachVolume',
      s3: 'DeleteBucket',
      dynamodb: 'DeleteTable',
      sqs: 'PurgeQueue DeleteQueue',
    },
  },
  {
    // What starts next finds no image.
    kind: { changeClass: 'deployed', latency: 'latent', direction: 'destructive' },
    calls: {
      ecr: 'BatchDeleteImage DeleteRepository',
    },
  },
  {
    kind: { changeClass: 'messaging-changed', latency: 'instant', direction: 'restrictive' },
    calls: {
      lambda: 'UpdateEventSourceMapping DeleteEventSourceMapping',
      pipes: 'StopPipe DeletePipe UpdatePipe',
    },
  },
  {
    kind: { changeClass: 'messaging-changed', latency: 'instant', direction: 'changing' },
    calls: {
      s3: 'PutBucketNotification PutBucketNotificationConfiguration',
      sqs: 'SetQueueAttributes',
      sns: 'Unsubscribe SetSubscriptionAttributes DeleteTopic SetTopicAttributes',
    },
  },
  {
    kind: { changeClass: 'messaging-changed', latency: 'rollout', direction: 'changing' },
    calls: {
      events: 'PutRule PutTargets',
    },
  },
  {
    kind: { changeClass: 'schedule-off', latency: 'latent', direction: 'restrictive' },
    calls: {
      codepipeline: 'DisableStageTransition',
      events: 'DisableRule DeleteRule RemoveTargets',
    },
  },
  {
    kind: { changeClass: 'schedule-off', latency: 'latent', direction: 'changing' },
    calls: {
      scheduler: 'UpdateSchedule DeleteSchedule',
    },
  },
  {
    kind: { changeClass: 'targets-changed', latency: 'rollout', direction: 'tuning' },
    calls: {
      elasticloadbalancing: 'ModifyTargetGroupAttributes',
    },
  },
  {
    kind: { changeClass: 'edge-changed', latency: 'instant', direction: 'tuning' },
    calls: {
      elasticloadbalancing:
        'ModifyLoadBalancerAttributes ModifyListenerAttributes AddListenerCertificates',
      cloudfront: 'CreateInvalidation',
    },
  },
  {
    kind: { changeClass: 'edge-changed', latency: 'instant', direction: 'changing' },
    calls: {
      elasticloadbalancing: 'CreateRule',
      apigateway:
        'CreateRoute CreateRoutingRule UpdateRoute DeleteRoute UpdateAuthorizer DeleteAuthorizer UpdateDomainName DeleteDomainName UpdateApi DeleteApi DeleteRestApi DeleteIntegration',
      cloudfront: 'UpdateCachePolicy UpdateOriginRequestPolicy UpdateResponseHeadersPolicy',
      lambda: 'UpdateFunctionUrlConfig DeleteFunctionUrlConfig',
      globalaccelerator:
        'UpdateEndpointGroup UpdateListener UpdateAccelerator DeleteEndpointGroup RemoveEndpoints',
    },
  },
  {
    kind: { changeClass: 'dns-changed', latency: 'rollout', direction: 'changing' },
    calls: {
      route53resolver:
        'DisassociateResolverRule DeleteResolverRule DeleteResolverEndpoint UpdateResolverEndpoint UpdateFirewallRule CreateFirewallRule AssociateFirewallRuleGroup',
      servicediscovery:
        'DeregisterInstance UpdateService DeleteService UpdateInstanceCustomHealthStatus',
    },
  },
  {
    kind: { changeClass: 'network-closed', latency: 'instant', direction: 'destructive' },
    calls: {
      ec2: 'DisableVgwRoutePropagation DisassociateTransitGatewayRouteTable UnassignPrivateIpAddresses DeleteTransitGateway DeleteVpnGateway DetachVpnGateway RejectVpcPeeringConnection',
      directconnect: 'DeleteVirtualInterface DeleteConnection',
      ram: 'DisassociateResourceShare DeleteResourceShare',
    },
  },
  {
    kind: { changeClass: 'data-removed', latency: 'overnight', direction: 'changing' },
    calls: {
      dynamodb: 'UpdateTimeToLive',
    },
  },
  {
    kind: { changeClass: 'retention-changed', latency: 'overnight', direction: 'changing' },
    calls: {
      ecr: 'PutLifecyclePolicy',
      s3: 'PutBucketLifecycle PutBucketLifecycleConfiguration DeleteBucketLifecycle PutBucketVersioning PutBucketReplication DeleteBucketReplication',
      dynamodb: 'DeleteBackup',
    },
  },
  {
    kind: { changeClass: 'schedule-off', latency: 'latent', direction: 'restrictive' },
    calls: {
      glue: 'StopTrigger DeleteTrigger',
      states: 'StopExecution',
    },
  },
  // What is in use AWS refuses to delete: where it went through, nothing hung on it.
  {
    kind: { changeClass: 'removed', latency: 'rollout', direction: 'tuning' },
    calls: {
      ec2: 'DeleteSecurityGroup DeleteNetworkAcl DeleteRouteTable DeleteInternetGateway ReleaseAddress DeleteNetworkInterface DeleteSubnet DeleteVolume DeleteVpc',
      elasticloadbalancing: 'DeleteTargetGroup',
      rds: 'DeleteDBParameterGroup DeleteDBClusterParameterGroup DeleteDBSubnetGroup DeleteOptionGroup',
      elasticache: 'DeleteCacheParameterGroup DeleteCacheSubnetGroup',
      iam: 'DeletePolicy DeletePolicyVersion',
      acm: 'DeleteCertificate',
    },
  },
  {
    kind: { changeClass: 'network-changed', latency: 'instant', direction: 'widening' },
    calls: {
      ec2: 'CreateRoute CreateTransitGatewayRoute',
    },
  },
  {
    kind: { changeClass: 'network-changed', latency: 'instant', direction: 'adding' },
    calls: {
      ec2: 'CreateVpcEndpoint AllocateAddress',
    },
  },
];
