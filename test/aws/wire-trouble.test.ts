import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/simulator/aws/faults.ts';
import { record, startWorld } from '../simulator/aws/replay-support.ts';
import { freePort } from '../support/redis-server.ts';
import { AUDIT, OWN, STAGING, threeAccounts } from './accounts-support.ts';
import { anAwsSide, aRequest, neverAborted, readAll } from './support.ts';

const QUICK = { attemptsMax: 1, lookupTimeoutMs: 500, answerBytesMax: 1_000_000 } as const;

describe('an answer over the wire', () => {
  it.each<[FaultKind, string, RegExp]>([
    ['hang', 'timed-out', /No answer from AWS in eu-west-1 in time/],
    ['stalled-body', 'timed-out', /No answer from AWS in eu-west-1 in time/],
    ['cut-body', 'failed', /could not be reached/],
    ['no-json', 'failed', /answer could not be read/],
    ['endless-body', 'failed', /longer than any answer should be/],
    ['internal-error', 'failed', /fault of its own/],
  ])('that is %s is told as %s, and the next is taken', async (kind, outcome, words) => {
    const world = await startWorld({ events: [record('e1')] });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl, ...QUICK });
    const read = () => readAll(activity.readPages(aRequest(), neverAborted()));
    world.faults.add({ kind, operation: 'LookupEvents', times: 1 });

    const { pages, end } = await read();

    expect(pages).toEqual([]);
    expect(end).toMatchObject({ outcome, recordCount: 0, truncated: true });
    expect(end.explanation).toMatch(words);
    expect((await read()).end.outcome).toBe('found');
  });

  it('that never comes because nobody listens is told as out of reach', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const { activity } = await anAwsSide({ endpoint, ...QUICK });

    const { end } = await readAll(activity.readPages(aRequest(), neverAborted()));

    expect(end).toMatchObject({ outcome: 'failed', truncated: true });
    expect(end.explanation).toMatch(/AWS could not be reached in eu-west-1 over the network/);
  });
});

describe('one of three accounts', () => {
  it.each<[FaultKind, string]>([
    ['throttle', 'throttled'],
    ['access-denied', 'denied'],
    ['expired-token', 'failed'],
    ['internal-error', 'failed'],
    ['hang', 'timed-out'],
    ['cut-body', 'failed'],
    ['no-json', 'failed'],
    ['endless-body', 'failed'],
  ])('that meets %s is told as %s, never as nothing, and hides no other', async (kind, outcome) => {
    const { activity, world } = await threeAccounts(QUICK);
    world.faults.add({ kind, operation: 'LookupEvents', account: STAGING });
    const toMs = Date.now();
    const endOf = async (accountId: string) => {
      const target = { accountId, region: 'eu-west-1' };
      const request = aRequest({ target, fromMs: toMs - 3_600_000, toMs });
      return (await readAll(activity.readPages(request, neverAborted()))).end;
    };

    const ends = await Promise.all([OWN, STAGING, AUDIT].map(endOf));

    expect(ends.map((end) => end.outcome)).toEqual(['found', outcome, 'found']);
    expect(ends[1]).toMatchObject({ truncated: true, explanation: expect.any(String) });
  });
});
