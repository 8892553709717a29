import { setTimeout as wait } from 'node:timers/promises';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { REPLAY_ACCESS_KEY_ID } from '../../../src/simulator/aws/start-aws-replay.ts';
import { ids, lookup, record, startWorld } from './replay-support.ts';

const events = [record('stop')];
const stillWaitingAfterMs = 300;

describe('faults on demand', () => {
  it('throttles the next calls, after which the SDK gets through', async () => {
    const replay = await startWorld({ events });
    replay.faults.throttleNext(2, 'LookupEvents');
    const { Events } = await lookup(replay, {}, { maxAttempts: 3 });
    expect(ids(Events)).toEqual(['stop']);
    expect(replay.calls.map((call) => call.status)).toEqual([400, 400, 200]);
  });

  it('denies an operation until it is allowed again', async () => {
    const replay = await startWorld({ events });
    const allow = replay.faults.deny('LookupEvents');
    await expect(lookup(replay, {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
    allow();
    expect(ids((await lookup(replay, {})).Events)).toEqual(['stop']);
  });

  it.each([
    ['expired-token', 'ExpiredTokenException', 400],
    ['region-disabled', 'UnrecognizedClientException', 400],
    ['internal-error', 'InternalServerError', 500],
    ['invalid-next-token', 'InvalidNextTokenException', 400],
    ['invalid-time-range', 'InvalidTimeRangeException', 400],
  ] as const)('answers %s as %s', async (kind, name, httpStatusCode) => {
    const replay = await startWorld({ events });
    replay.faults.add({ kind, times: 1 });
    await expect(lookup(replay, {})).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  it('spares the first calls when told to', async () => {
    const replay = await startWorld({ events });
    replay.faults.add({ kind: 'access-denied', after: 1, times: 1 });
    expect(ids((await lookup(replay, {})).Events)).toEqual(['stop']);
    await expect(lookup(replay, {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('hits only the Region it was meant for', async () => {
    const replay = await startWorld({ events });
    replay.faults.add({ kind: 'region-disabled', region: 'us-east-1' });
    const home = await lookup(replay, {});
    await expect(lookup(replay, {}, { region: 'us-east-1' })).rejects.toThrow();
    expect(ids(home.Events)).toEqual(['stop']);
  });

  it('breaks a body off in the middle', async () => {
    const replay = await startWorld({ events });
    replay.faults.add({ kind: 'cut-body', times: 1 });
    await expect(lookup(replay, {})).rejects.toThrow();
    expect(replay.calls.at(-1)?.status).toBe(0);
  });

  it.each(['hang', 'stalled-body'] as const)('leaves the client waiting on %s', async (kind) => {
    const replay = await startWorld({ events });
    replay.faults.add({ kind, times: 1 });
    const first = lookup(replay, {}).then(
      () => 'answered',
      () => 'broken',
    );
    const winner = await Promise.race([first, wait(stillWaitingAfterMs, 'waiting')]);
    await replay.close();
    expect([winner, await first]).toEqual(['waiting', 'broken']);
  });

  it('holds an answer back and then gives it', async () => {
    const replay = await startWorld({ events });
    replay.faults.add({ kind: 'slow', delayMs: 50, times: 1 });
    expect(ids((await lookup(replay, {})).Events)).toEqual(['stop']);
  });

  it('forgets all faults on clear', async () => {
    const replay = await startWorld({ events });
    replay.faults.add({ kind: 'internal-error' });
    replay.faults.deny('LookupEvents');
    replay.faults.clear();
    expect(ids((await lookup(replay, {})).Events)).toEqual(['stop']);
  });
});

describe('the journal of calls', () => {
  it('says who asked what, where, and how it ended', async () => {
    const replay = await startWorld({ events });
    await lookup(replay, { MaxResults: 5 }, { region: 'us-east-1' });
    expect(replay.calls).toEqual([
      {
        service: 'cloudtrail',
        caller: 'arn:aws:iam::111122223333:user/redthread-replay',
        operation: 'LookupEvents',
        region: 'us-east-1',
        account: '111122223333',
        parameters: { MaxResults: 5 },
        status: 200,
        atMs: replay.clock.nowMs,
      },
    ]);
  });

  it('takes clients that keep their connections', async () => {
    const replay = await startWorld({ events });
    const client = new CloudTrailClient({
      endpoint: replay.endpointUrl,
      region: 'eu-west-1',
      credentials: { accessKeyId: REPLAY_ACCESS_KEY_ID, secretAccessKey: 'anything' },
    });
    const answers = Array.from({ length: 20 }, () => client.send(new LookupEventsCommand({})));
    expect(await Promise.all(answers)).toHaveLength(20);
  });
});
