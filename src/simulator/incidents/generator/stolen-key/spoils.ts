import type { Recorder } from '../recorder.ts';
import { ACCOUNT, GLOBAL, HOME } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { clock } from '../story-time.ts';
import { FAR_REGION, type Keys } from './intruder.ts';

const SECRET = `arn:aws:secretsmanager:${HOME}:${ACCOUNT}:secret:orders/prod/database-Tb41Kd`;
const INSTANCE_TYPE = 'g5.12xlarge';

/** What the intruder made of it. */
export interface SpoilsIds {
  readonly secret: string;
  readonly instances: string;
  readonly instanceId: string;
}

/** With the key of the new user: a secret is read, and machines are started where nobody looks. */
export function writeSpoils(
  recorder: Recorder,
  { backDoor }: Keys,
  random: SeededRandom,
): SpoilsIds {
  recorder.write(clock('10:25:30'), backDoor, { event: 'sts.GetCallerIdentity', region: GLOBAL });
  recorder.write(clock('10:26:02'), backDoor, { event: 'secretsmanager.ListSecrets', request: {} });
  const secret = recorder.write(clock('10:26:20'), backDoor, {
    event: 'secretsmanager.GetSecretValue',
    request: { secretId: SECRET },
  });
  const far = { region: FAR_REGION };
  recorder.write(clock('10:28:11'), backDoor, {
    event: 'ec2.CreateKeyPair',
    ...far,
    request: { keyName: 'k8', keyType: 'rsa', keyFormat: 'pem' },
    response: {
      keyName: 'k8',
      keyPairId: 'key-0d51f9c0b7a38e264',
      keyMaterial: '<sensitiveDataRemoved>',
    },
  });
  recorder.write(clock('10:28:40'), backDoor, {
    event: 'ec2.RunInstances',
    ...far,
    request: runRequest('p4d.24xlarge', 4),
    error: {
      code: 'Client.VcpuLimitExceeded',
      message:
        'You have requested more vCPU capacity than your current vCPU limit of 0 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.',
    },
  });
  const ids = [0, 1].map(() => `i-0${random.hex(16)}`);
  const instances = recorder.write(clock('10:29:03'), backDoor, {
    event: 'ec2.RunInstances',
    ...far,
    request: runRequest(INSTANCE_TYPE, ids.length),
    response: { instancesSet: { items: ids.map(started) } },
  });
  return { secret, instances, instanceId: ids[0] ?? '' };
}

function runRequest(instanceType: string, count: number): object {
  return {
    instancesSet: {
      items: [
        { imageId: 'ami-0c3a7e9d15b84f260', minCount: count, maxCount: count, keyName: 'k8' },
      ],
    },
    instanceType,
    monitoring: { enabled: false },
    disableApiTermination: true,
  };
}

function started(instanceId: string): object {
  return {
    instanceId,
    imageId: 'ami-0c3a7e9d15b84f260',
    instanceType: INSTANCE_TYPE,
    instanceState: { code: 0, name: 'pending' },
    keyName: 'k8',
    launchTime: clock('10:29:03'),
    placement: { availabilityZone: `${FAR_REGION}a`, tenancy: 'default' },
  };
}
