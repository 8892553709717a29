import { describe, expect, it } from 'vitest';
import { shapeOfCall } from '../../../src/domain/investigation/call-shape.ts';

describe('a call that no row names', () => {
  it.each([
    ['DeleteVpnConnectionRoute', 'network-changed', 'instant', 'destructive'],
    ['RejectVpcPeeringConnection', 'network-changed', 'instant', 'restrictive'],
    ['AssociateResolverRule', 'dns-changed', 'instant', 'changing'],
    ['UpdateGatewayResponse', 'edge-changed', 'instant', 'changing'],
    ['DeleteAccessPointPolicy', 'permission-cut', 'latent', 'destructive'],
    ['PutResourcePolicy', 'permission-cut', 'latent', 'changing'],
    ['AcceptResourceShareInvitation', 'permission-widened', 'instant', 'widening'],
    ['DeleteSigningCertificate', 'key-changed', 'latent', 'destructive'],
    ['RotateIngestEndpointCredentials', 'key-changed', 'latent', 'changing'],
    ['DecreaseReplicaCount', 'capacity-cut', 'rollout', 'changing'],
    ['StopMonitoringSchedule', 'watching-off', 'rollout', 'restrictive'],
    ['DeleteScheduleGroup', 'schedule-off', 'latent', 'destructive'],
    ['UpdateEventBus', 'messaging-changed', 'rollout', 'changing'],
    ['PutObjectRetention', 'retention-changed', 'overnight', 'changing'],
    ['DeleteKeyspace', 'data-removed', 'instant', 'destructive'],
    ['StopGameServerFleet', 'compute-stopped', 'instant', 'restrictive'],
    ['RebootDBShardGroup', 'compute-replaced', 'instant', 'restrictive'],
    ['UpdateCluster', 'reconfigured', 'rollout', 'changing'],
    ['DeployStackRevision', 'deployed', 'rollout', 'changing'],
    ['CreateCluster', 'created', 'rollout', 'adding'],
  ])('%s is %s, felt %s, %s', (name, changeClass, latency, direction) => {
    expect(shapeOfCall(name)).toEqual({ changeClass, latency, direction });
  });

  it.each([
    'ModifyDBSnapshotAttribute',
    'UpdateRestApiDescription',
    'DeleteTableBackup',
    'PutDashboard',
    'UpdateTerminationProtection',
    'PutBucketInventoryConfiguration',
    'DeleteFunctionVersion',
  ])('%s hardly ever breaks anything', (name) => {
    expect(shapeOfCall(name).direction).toBe('tuning');
  });

  it('opens a way for what is added to a list of routes or rules', () => {
    expect(shapeOfCall('CreateClientVpnRoute')).toMatchObject({
      changeClass: 'network-changed',
      direction: 'changing',
    });
  });
});
