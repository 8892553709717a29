import { describe, expect, it } from 'vitest';
import { readCallerIdentity } from '../../src/aws/caller-identity.ts';
import { OWN, STAGING, threeAccounts } from './accounts-support.ts';

describe('who AWS takes the bot for', () => {
  it('is asked with the very credentials of its lookups, role and session name included', async () => {
    const { clients, world } = await threeAccounts();
    const ask = (accountId: string) =>
      readCallerIdentity(
        clients,
        {
          target: { accountId, region: 'eu-west-1' },
          asker: { userId: null, urgency: 'waiting' },
        },
        { endpoint: world.endpointUrl, signal: new AbortController().signal },
      );
    const own = await ask(OWN);
    const staging = await ask(STAGING);
    expect(own.accountId).toBe(OWN);
    expect(staging).toMatchObject({
      accountId: STAGING,
      arn: `arn:aws:sts::${STAGING}:assumed-role/redthread-read-only/redthread-bot`,
    });
    expect(Math.abs((staging.answeredAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('leaves the client as it was: lookups are still signed for CloudTrail', async () => {
    const { clients, world } = await threeAccounts();
    const place = {
      target: { accountId: null, region: 'eu-west-1' },
      asker: { userId: null, urgency: 'waiting' },
    } as const;
    const services: unknown[] = [];
    await readCallerIdentity(clients, place, {
      endpoint: world.endpointUrl,
      signal: new AbortController().signal,
    });
    await clients.withCloudTrail(place, async (client) => {
      services.push(Reflect.get(client.config, 'signingName'), client.config.defaultSigningName);
    });
    expect(services).not.toContain('sts');
    expect(services).toContain('cloudtrail');
  });

  it('names a refusal as AWS does', async () => {
    const { clients, world } = await threeAccounts();
    world.faults.add({ kind: 'expired-token', operation: 'GetCallerIdentity' });
    const asked = readCallerIdentity(
      clients,
      {
        target: { accountId: null, region: 'eu-west-1' },
        asker: { userId: null, urgency: 'waiting' },
      },
      { endpoint: world.endpointUrl, signal: new AbortController().signal },
    );
    await expect(asked).rejects.toMatchObject({ name: 'ExpiredToken' });
  });
});
