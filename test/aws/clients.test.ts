import { describe, expect, it } from 'vitest';
import { createClientPool } from '../../src/aws/client-pool.ts';
import { createAwsClients } from '../../src/aws/clients.ts';
import { createActivitySource } from '../../src/aws/cloudtrail/activity-source.ts';
import { record, startWorld } from '../simulator/aws/replay-support.ts';
import { createKeptLog } from '../support/kept-log.ts';
import {
  aRequest,
  aStore,
  asker,
  neverAborted,
  readAll,
  setExampleCredentials,
} from './support.ts';

const inRegion = (region: string, accountId: string | null = null) => ({
  target: { accountId, region },
  asker,
});

describe('the clients of AWS', () => {
  it('are one for each account and Region, shared by all calls', async () => {
    const clients = createAwsClients();
    const clientOf = (region: string, accountId: string | null = null) =>
      clients.withCloudTrail(inRegion(region, accountId), async (client) => client);

    const [first, again, elsewhere, other] = [
      await clientOf('eu-west-1'),
      await clientOf('eu-west-1'),
      await clientOf('us-east-1'),
      await clientOf('eu-west-1', '111122223333'),
    ];

    expect(again).toBe(first);
    expect(new Set([first, elsewhere, other]).size).toBe(3);
    expect(await elsewhere.config.region()).toBe('us-east-1');
    clients.close();
  });

  it('are limited in number: the one unused for longest goes first', async () => {
    const clients = createAwsClients();
    const clientOf = (index: number) =>
      clients.withCloudWatch(inRegion(`region-${index}`), async (client) => client);
    const [kept, forgotten] = [await clientOf(0), await clientOf(1)];

    for (let index = 2; index <= 100; index += 1) {
      await clientOf(0);
      await clientOf(index);
    }

    expect(await clientOf(0)).toBe(kept);
    expect(await clientOf(1)).not.toBe(forgotten);
    clients.close();
  });

  it('are not closed under a call that is still being answered', async () => {
    const closed: string[] = [];
    const pool = createClientPool<string, { readonly name: string; destroy(): void }>({
      clientsMax: 2,
      keyOf: (name) => name,
      create: (name) => ({ name, destroy: () => void closed.push(name) }),
      onExpired: () => undefined,
    });
    const answers = Promise.withResolvers<void>();
    const busy = pool.use('busy', () => answers.promise);

    for (const name of ['a', 'b', 'c']) await pool.use(name, async () => undefined);

    expect(closed).toEqual(['a', 'b']);
    pool.clear();
    expect(closed).toEqual(['a', 'b', 'c']);
    answers.resolve();
    await busy;
    expect(closed).toEqual(['a', 'b', 'c', 'busy']);
  });

  it('go where the environment of the SDK points when nothing else is set', async () => {
    const world = await startWorld({ events: [record('e1')] });
    setExampleCredentials();
    process.env['AWS_ENDPOINT_URL'] = world.endpointUrl;
    const clients = createAwsClients();
    const activity = createActivitySource({ clients, store: await aStore(), log: createKeptLog() });

    const { end } = await readAll(activity.readPages(aRequest(), neverAborted()));

    delete process.env['AWS_ENDPOINT_URL'];
    clients.close();
    expect(end.outcome).toBe('found');
  });
});
