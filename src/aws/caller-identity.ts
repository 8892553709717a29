import { z } from 'zod';
import { partitionOf } from '../domain/partition.ts';
import type { AwsClients, AwsPlace } from './clients.ts';

/** Who AWS takes the bot for in one place. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  /** AWS's clock when it answered, to the second; null when it did not say. */
  readonly answeredAtMs: number | null;
}

const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';
const textOf = (xml: string, element: string): string | undefined =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];

const answerSchema = z.object({ accountId: z.string().regex(/^\d{12}$/), arn: z.string() });

/**
 * sts:GetCallerIdentity with the credentials that the bot's lookups in this place are signed with;
 * it needs no permission. `endpoint`: instead of AWS's own. Rejects with what the SDK throws when
 * there are no credentials, or with an error that has AWS's code for a name.
 */
export async function readCallerIdentity(
  clients: Pick<AwsClients, 'withCloudTrail'>,
  place: AwsPlace,
  { endpoint, signal }: { readonly endpoint: string | null; readonly signal: AbortSignal },
): Promise<CallerIdentity> {
  const { region } = place.target;
  const url = new URL(endpoint ?? `https://sts.${region}.${partitionOf(region).hostSuffix}/`);
  return clients.withCloudTrail(place, async ({ config }) => {
    const signer = await config.signer();
    const signed = await signer.sign(requestTo(url), {
      signingService: 'sts',
      signingRegion: region,
    });
    const answer = await fetch(url, {
      method: 'POST',
      headers: signed.headers,
      body: BODY,
      redirect: 'error',
      signal,
    });
    const xml = await answer.text();
    if (!answer.ok) throw refusal(xml, answer.status);
    const { accountId, arn } = answerSchema.parse({
      accountId: textOf(xml, 'Account'),
      arn: textOf(xml, 'Arn'),
    });
    const date = Date.parse(answer.headers.get('date') ?? '');
    return { accountId, arn, answeredAtMs: Number.isNaN(date) ? null : date };
  });
}

function requestTo(url: URL) {
  return {
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port !== '' && { port: Number(url.port) }),
    path: url.pathname,
    query: {},
    headers: {
      host: url.host,
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    },
    body: BODY,
  };
}

function refusal(xml: string, status: number): Error {
  const error = new Error(textOf(xml, 'Message') ?? `STS answered with HTTP status ${status}.`);
  error.name = textOf(xml, 'Code') ?? 'UnknownError';
  return error;
}
