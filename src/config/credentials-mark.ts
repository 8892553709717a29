import { createHash } from 'node:crypto';

/** What decides whose account the SDK's own credentials belong to, and which AWS is asked. */
const NAMES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_CLOUDTRAIL',
  'AWS_PROFILE',
  'AWS_ROLE_ARN',
] as const;

/**
 * Changes when the bot may be asking as somebody else: what it kept of AWS's answers is then of no
 * use. A digest, because a key id is nothing to keep.
 */
export function markCredentials(environment: Readonly<Record<string, string | undefined>>): string {
  const values = NAMES.map((name) => environment[name] ?? '');
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
