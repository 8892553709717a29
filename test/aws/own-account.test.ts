import { describe, expect, it } from 'vitest';
import { checkOwnAccount } from '../../src/aws/cloudtrail/own-account.ts';
import { AUDIT, OWN, STAGING, threeAccounts } from './accounts-support.ts';
import { aRequest, neverAborted, readAll } from './support.ts';

const UNKNOWN = { key: 'ResourceName', value: 'nobody-calls-it-that' } as const;

async function startSide(ownAccountId: string | null) {
  const { activity, world } = await threeAccounts({ roles: new Map() });
  const checked = checkOwnAccount(activity, ownAccountId);
  const ask = async (accountId: string, region = 'eu-west-1') => {
    const toMs = Date.now();
    const request = { target: { accountId, region }, fromMs: toMs - 60_000, toMs };
    const pages = checked.readPages(aRequest({ ...request, attribute: UNKNOWN }), neverAborted());
    return (await readAll(pages)).end;
  };
  const lookupCount = () => world.calls.filter((row) => row.operation === 'LookupEvents').length;
  return { ask, lookupCount };
}

describe("the account that is said to be the bot's own", () => {
  it('is not said to hold nothing when the credentials are of another', async () => {
    const { ask } = await startSide(STAGING);

    const end = await ask(STAGING);

    expect(end).toMatchObject({ outcome: 'failed', accountId: STAGING });
    expect(end.explanation).toContain(`its own are for ${OWN}`);
  });

  it('is looked at once, and then believed', async () => {
    const { ask, lookupCount } = await startSide(OWN);

    expect([(await ask(OWN)).outcome, (await ask(OWN)).outcome]).toEqual(['nothing', 'nothing']);

    expect(lookupCount()).toBe(3);
  });

  it('is not believed because a Region holds nothing at all', async () => {
    const { ask, lookupCount } = await startSide(OWN);

    expect((await ask(OWN, 'ap-south-1')).outcome).toBe('nothing');
    await ask(OWN);

    expect(lookupCount()).toBe(4);
  });

  it('is looked at for questions about it only', async () => {
    const { ask, lookupCount } = await startSide(null);
    await ask(AUDIT);
    expect(lookupCount()).toBe(1);
  });
});
