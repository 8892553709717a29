import { AGENTS } from '../cast.ts';
import type { Caller } from '../recorder.ts';
import { ACCOUNT } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Sessions } from '../sessions.ts';

/** The user of the nightly export, whose key got out; and the user that the intruder makes with it. */
export const EXPORT_USER = 'reporting-export';
export const BACK_DOOR = 'svc-backup2';
/** Used by nobody at Northwind. */
export const FAR_REGION = 'ap-south-1';
export const TRAIL = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/northwind-trail`;

const AWAY = {
  address: '192.0.2.233',
  agent:
    'aws-cli/2.15.30 md/Botocore#1.34.46 ua/2.0 os/linux#6.6.9-amd64 md/arch#x86_64 lang/python#3.11.8 md/pyimpl#CPython exe/x86_64.kali.2024',
} as const;

export interface Keys {
  /** The export itself, from the partner's machine. */
  readonly export: Caller;
  /** The same key, in other hands. */
  readonly stolen: Caller;
  /** The key that the intruder made. */
  readonly backDoor: Caller;
  readonly backDoorKeyId: string;
}

export function createKeys(sessions: Sessions, random: SeededRandom): Keys {
  const rightful = sessions.iamUser(EXPORT_USER, '198.51.100.44', AGENTS.boto);
  const backDoorKeyId = random.keyId('AKIA');
  const made = sessions.iamUser(BACK_DOOR, AWAY.address, AWAY.agent);
  return {
    export: rightful,
    stolen: { ...rightful, ...AWAY },
    backDoor: { ...made, identity: { ...made.identity, accessKeyId: backDoorKeyId } },
    backDoorKeyId,
  };
}
