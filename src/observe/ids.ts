import { createHash, randomBytes } from 'node:crypto';
import type { Ids } from '../ports.ts';

/** Crockford's base 32: no I, L, O, U, so that an id survives being read out at night. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const INCIDENT_ID_LENGTH = 5;
const RANDOM_BYTES = 9;

function spell(bytes: Uint8Array, length: number): string {
  return Array.from(bytes.subarray(0, length), (byte) => ALPHABET[byte % 32]).join('');
}

export function createIds(): Ids {
  return {
    next: (prefix) => `${prefix}-${spell(randomBytes(RANDOM_BYTES), RANDOM_BYTES).toLowerCase()}`,
    incidentId: (seed, salt) => {
      const digest = createHash('sha256').update(`${seed}\n${salt}`).digest();
      return `RT-${spell(digest, INCIDENT_ID_LENGTH)}`;
    },
  };
}
