import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { AwsClientSettings, AwsClients } from '../../src/aws/clients.ts';
import type { Asker } from '../../src/ports.ts';
import type { AwsReplay } from '../../src/simulator/aws/start-aws-replay.ts';
import { account, record, startWorld } from '../simulator/aws/replay-support.ts';
import { anAwsSide } from './support.ts';

/** The account of the bot's own credentials, and two that it becomes a role in. */
export const OWN = account;
export const STAGING = '444455556666';
export const AUDIT = '777788889999';

export const roleArn = (accountId: string) => `arn:aws:iam::${accountId}:role/redthread-read-only`;

/** What the configuration says of the roles; the external ids may be other than what AWS wants. */
export function rolesOf(externalIds: Readonly<Record<string, string | null>>) {
  const roles = Object.entries(externalIds).map(
    ([id, externalId]) => [id, { arn: roleArn(id), externalId }] as const,
  );
  return new Map(roles);
}

/** Trust policies as the documentation asks for them. */
export const TRUST = {
  [roleArn(STAGING)]: { trusts: [OWN], externalId: 'staging-word', sessionName: 'redthread-*' },
  [roleArn(AUDIT)]: { trusts: [OWN], externalId: 'audit-word', sessionName: 'redthread-*' },
};

/** A replay of three accounts that runs with the real clock, and may be ahead of it. */
export async function threeAccounts(settings: AwsClientSettings = {}) {
  const clock = { aheadMs: 0 };
  const events = [OWN, STAGING, AUDIT].map((id) => record(`in-${id}`, { recipientAccountId: id }));
  const world = await startWorld(
    { events },
    { roles: TRUST, nowMs: () => Date.now() + clock.aheadMs },
  );
  const side = await anAwsSide({
    endpoint: world.endpointUrl,
    attemptsMax: 1,
    homeRegion: 'eu-west-1',
    roles: rolesOf({ [STAGING]: 'staging-word', [AUDIT]: 'audit-word' }),
    ...settings,
  });
  return { ...side, world, clock };
}

export const person = (userId: string | null): Asker => ({ userId, urgency: 'waiting' });

/** One plain lookup, past limiter and cache. */
export async function lookUpAs(
  clients: AwsClients,
  asker: Asker,
  accountId: string | null,
  region = 'eu-west-1',
): Promise<readonly string[]> {
  const output = await clients.withCloudTrail({ target: { accountId, region }, asker }, (client) =>
    client.send(new LookupEventsCommand({})),
  );
  return (output.Events ?? []).map((event) => event.EventId ?? '');
}

/** The names of the sessions that were asked for, oldest first. */
export function sessionsOf(replay: AwsReplay): readonly unknown[] {
  return replay.calls
    .filter(({ operation }) => operation === 'AssumeRole')
    .map(({ parameters }) => parameters['RoleSessionName']);
}
