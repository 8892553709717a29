import { createHmac, timingSafeEqual } from 'node:crypto';

const LIMITS = {
  /** An intercepted request is worth nothing after that; and alarms are known when they come twice. */
  ageMaxMs: 5 * 60_000,
  /** Clocks differ; a request from further ahead would stay fresh for longer than it should. */
  futureMaxMs: 60_000,
} as const;

export const TIMESTAMP_HEADER = 'x-redthread-timestamp';
export const SIGNATURE_HEADER = 'x-redthread-signature';

export type SignatureVerdict = 'good' | 'missing' | 'wrong' | 'too-old' | 'from-the-future';

export interface SignedRequest {
  /** Seconds since 1970, as text. */
  readonly timestamp: string | undefined;
  /** `v1=` and the HMAC-SHA256 of `v1:<timestamp>:<body>` in hexadecimal digits. */
  readonly signature: string | undefined;
  readonly body: Buffer;
}

/** Whether who sent this has the secret, and sent it now. Takes as long whatever the signature is. */
export function verifySignature(
  { timestamp, signature, body }: SignedRequest,
  secret: string,
  nowMs: number,
): SignatureVerdict {
  if (timestamp === undefined || signature === undefined) return 'missing';
  if (!/^\d{1,12}$/.test(timestamp)) return 'wrong';
  const expected = Buffer.from(sign(timestamp, body, secret));
  const given = Buffer.from(signature);
  const isGood = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isGood) return 'wrong';
  const ageMs = nowMs - Number(timestamp) * 1_000;
  if (ageMs > LIMITS.ageMaxMs) return 'too-old';
  return ageMs < -LIMITS.futureMaxMs ? 'from-the-future' : 'good';
}

export function sign(timestamp: string, body: Buffer | string, secret: string): string {
  const digest = createHmac('sha256', secret).update(`v1:${timestamp}:`).update(body);
  return `v1=${digest.digest('hex')}`;
}
