import type { CatalogueRow } from '../change-class.ts';

/** Calls that change who may do what, who watches, and what it costs. */
export const PERMITTING: readonly CatalogueRow[] = [
  {
    kind: { changeClass: 'permission-cut', latency: 'latent', direction: 'restrictive' },
    calls: {
      ec2: 'DisassociateIamInstanceProfile ReplaceIamInstanceProfileAssociation',
      organizations:
        'AttachPolicy DetachPolicy UpdatePolicy MoveAccount DisablePolicyType LeaveOrganization',
      sso: 'DeleteAccountAssignment UpdatePermissionSet PutInlinePolicyToPermissionSet DetachManagedPolicyFromPermissionSet ProvisionPermissionSet DeletePermissionSet DeleteInlinePolicyFromPermissionSet PutPermissionsBoundaryToPermissionSet',
    },
  },
  {
    kind: { changeClass: 'permission-cut', latency: 'instant', direction: 'restrictive' },
    calls: {
      lambda: 'RemovePermission',
      sns: 'RemovePermission',
      sqs: 'RemovePermission',
      events: 'RemovePermission',
    },
  },
  {
    kind: { changeClass: 'permission-cut', latency: 'rollout', direction: 'changing' },
    calls: {
      eks: 'DeleteAccessEntry CreateAccessEntry UpdateAccessEntry DeletePodIdentityAssociation UpdatePodIdentityAssociation DisassociateAccessPolicy',
      'cognito-idp':
        'UpdateUserPool UpdateUserPoolClient DeleteUserPoolClient UpdateIdentityProvider DeleteUserPool',
      ecr: 'SetRepositoryPolicy DeleteRepositoryPolicy',
      secretsmanager: 'PutResourcePolicy DeleteResourcePolicy',
      s3: 'PutBucketPolicy DeleteBucketPolicy PutBucketPublicAccessBlock PutPublicAccessBlock PutBucketAcl PutAccountPublicAccessBlock PutBucketEncryption PutBucketCors DeleteBucketCors PutBucketOwnershipControls',
    },
  },
  {
    kind: { changeClass: 'permission-cut', latency: 'latent', direction: 'destructive' },
    calls: {
      iam: 'DetachRolePolicy DeleteRolePolicy DetachUserPolicy DeleteUserPolicy DetachGroupPolicy DeleteGroupPolicy PutRolePermissionsBoundary PutUserPermissionsBoundary RemoveRoleFromInstanceProfile RemoveUserFromGroup DeleteRole DeleteUser DeleteInstanceProfile DeleteAccessKey DeleteLoginProfile',
    },
  },
  {
    kind: { changeClass: 'permission-cut', latency: 'latent', direction: 'changing' },
    calls: {
      iam: 'UpdateAssumeRolePolicy SetDefaultPolicyVersion CreatePolicyVersion PutRolePolicy PutUserPolicy PutGroupPolicy UpdateAccessKey',
    },
  },
  {
    kind: { changeClass: 'permission-widened', latency: 'instant', direction: 'widening' },
    calls: {
      iam: 'AttachRolePolicy AttachUserPolicy AttachGroupPolicy AddUserToGroup DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary',
      sso: 'CreateAccountAssignment AttachManagedPolicyToPermissionSet',
      ec2: 'AssociateIamInstanceProfile',
      lambda: 'AddPermission',
      sns: 'AddPermission',
      sqs: 'AddPermission',
    },
  },
  {
    kind: { changeClass: 'key-changed', latency: 'latent', direction: 'changing' },
    calls: {
      secretsmanager:
        'PutSecretValue RotateSecret UpdateSecretVersionStage UpdateSecret DeleteSecret',
      acm: 'ImportCertificate',
      iam: 'UpdateServerCertificate DeleteServerCertificate UploadServerCertificate UpdateSAMLProvider DeleteSAMLProvider DeleteOpenIDConnectProvider',
    },
  },
  {
    kind: { changeClass: 'key-changed', latency: 'latent', direction: 'restrictive' },
    calls: {
      kms: 'DisableKey ScheduleKeyDeletion PutKeyPolicy RevokeGrant DeleteImportedKeyMaterial DeleteAlias UpdateAlias',
    },
  },
  {
    kind: { changeClass: 'watching-off', latency: 'instant', direction: 'changing' },
    calls: {
      monitoring:
        'DeleteAlarms DisableAlarmActions SetAlarmState PutAlarmMuteRule StopMetricStreams DeleteMetricStream',
    },
  },
  {
    kind: { changeClass: 'watching-off', latency: 'instant', direction: 'restrictive' },
    calls: {
      cloudtrail:
        'StopLogging DeleteTrail UpdateTrail PutEventSelectors StopEventDataStoreIngestion DeleteEventDataStore',
      config: 'StopConfigurationRecorder DeleteConfigurationRecorder DeleteDeliveryChannel',
      guardduty:
        'DeleteDetector UpdateDetector CreateFilter DisassociateFromMasterAccount StopMonitoringMembers',
      securityhub: 'DisableSecurityHub BatchDisableStandards',
      ec2: 'DeleteFlowLogs',
      synthetics: 'StopCanary DeleteCanary UpdateCanary',
    },
  },
  {
    kind: { changeClass: 'watching-off', latency: 'instant', direction: 'destructive' },
    calls: {
      logs: 'DeleteLogGroup DeleteLogStream DeleteMetricFilter PutMetricFilter DeleteSubscriptionFilter PutSubscriptionFilter',
    },
  },
  {
    kind: { changeClass: 'exposed', latency: 'instant', direction: 'widening' },
    calls: {
      ec2: 'ModifySnapshotAttribute ModifyImageAttribute',
      rds: 'ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute',
    },
  },
  {
    kind: { changeClass: 'credential-made', latency: 'instant', direction: 'widening' },
    calls: {
      iam: 'CreateAccessKey CreateLoginProfile UpdateLoginProfile CreateUser DeactivateMFADevice DeleteVirtualMFADevice',
    },
  },
  {
    kind: { changeClass: 'signed-in', latency: 'instant', direction: 'adding' },
    calls: {
      signin: 'ConsoleLogin SwitchRole',
    },
  },
  {
    kind: { changeClass: 'spending', latency: 'latent', direction: 'adding' },
    calls: {
      ec2: 'RunInstances CreateFleet AllocateHosts RequestSpotInstances RequestSpotFleet CreateNatGateway CreateVolume CopySnapshot PurchaseReservedInstancesOffering',
      rds: 'CreateDBInstance CreateDBCluster RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime RestoreDBClusterFromSnapshot RestoreDBClusterToPointInTime CreateDBInstanceReadReplica',
      sagemaker:
        'CreateEndpoint CreateTrainingJob CreateNotebookInstance CreateProcessingJob UpdateEndpoint',
      bedrock: 'CreateProvisionedModelThroughput',
      redshift: 'CreateCluster',
      elasticmapreduce: 'RunJobFlow AddInstanceGroups',
      eks: 'CreateNodegroup CreateCluster',
      savingsplans: 'CreateSavingsPlan',
    },
  },
  {
    kind: { changeClass: 'key-changed', latency: 'latent', direction: 'tuning' },
    calls: {
      kms: 'DisableKeyRotation EnableKeyRotation',
    },
  },
  // What was to be lost is given back.
  {
    kind: { changeClass: 'created', latency: 'rollout', direction: 'adding' },
    calls: {
      kms: 'CancelKeyDeletion',
      secretsmanager: 'RestoreSecret',
    },
  },
  {
    kind: { changeClass: 'watching-off', latency: 'instant', direction: 'tuning' },
    calls: {
      monitoring: 'DeleteDashboards PutDashboard PutMetricAlarm PutCompositeAlarm',
    },
  },
  {
    kind: { changeClass: 'retention-changed', latency: 'latent', direction: 'tuning' },
    calls: {
      logs: 'PutRetentionPolicy DeleteRetentionPolicy',
    },
  },
];
