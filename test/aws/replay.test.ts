import { describe, expect, it } from 'vitest';
import { PACE } from '../../src/aws/cloudtrail/take-turn.ts';
import type { ActivityPage } from '../../src/ports.ts';
import type { AwsReplay } from '../../src/simulator/aws/start-aws-replay.ts';
import { atMs, record, startWorld } from '../simulator/aws/replay-support.ts';
import { anAwsSide, aRequest, neverAborted, readAll } from './support.ts';

/** Records of one second each, `e0000` the oldest. */
function records(count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) =>
    record(`e${String(index).padStart(4, '0')}`, {
      eventTime: new Date(atMs - (count - index) * 1_000).toISOString().replace('.000', ''),
    }),
  );
}

const idsOf = (pages: readonly ActivityPage[]) =>
  pages.flatMap((page) => page.records.map(({ eventId }) => eventId));

const lookupsOf = (replay: AwsReplay) =>
  replay.calls.filter(({ operation }) => operation === 'LookupEvents');

describe('reading Event history through the real SDK', () => {
  it('reduces a record to what may be kept', async () => {
    const world = await startWorld({ events: [record('e1')] });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });

    const { pages, end } = await readAll(activity.readPages(aRequest(), neverAborted()));

    expect(pages[0]?.records[0]).toMatchObject({
      eventId: 'e1',
      eventName: 'StopInstances',
      accountId: '111122223333',
      principal: { label: 'noor@example.com', kind: 'human' },
      resources: [{ type: 'AWS::EC2::Instance', name: 'i-0c4e8d21f6ab97530' }],
    });
    expect(end).toMatchObject({ outcome: 'found', recordCount: 1, accountId: '111122223333' });
  });

  it('reads every record once, newest first, over pages of which some are empty', async () => {
    const world = await startWorld({ events: records(130) }, { emptyPageEvery: 2 });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });

    const { pages, end } = await readAll(activity.readPages(aRequest(), neverAborted()));

    const ids = idsOf(pages);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(end).toMatchObject({ outcome: 'found', recordCount: 130, truncated: false });
  });

  it('asks with the same frozen window on every page', async () => {
    const world = await startWorld({ events: records(60) });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });

    await readAll(activity.readPages(aRequest(), neverAborted()));

    const windows = lookupsOf(world).map(({ parameters }) => [
      parameters['StartTime'],
      parameters['EndTime'],
      parameters['MaxResults'],
    ]);
    const { fromMs, toMs } = aRequest();
    expect(windows).toEqual([
      [fromMs / 1_000, toMs / 1_000, 50],
      [fromMs / 1_000, toMs / 1_000, 50],
    ]);
  });

  it('stops at the limit and says that older records were not read', async () => {
    const world = await startWorld({ events: records(120) });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });

    const { pages, end } = await readAll(
      activity.readPages(aRequest({ recordsMax: 70 }), neverAborted()),
    );

    expect(idsOf(pages)).toHaveLength(70);
    expect(end).toMatchObject({
      truncated: true,
      explanation: 'Only the newest 70 records were read.',
    });
    expect(lookupsOf(world)).toHaveLength(2);
  });

  it('does not call a window cut when the limit is exactly what it held', async () => {
    const world = await startWorld({ events: records(50) });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });

    const { end } = await readAll(activity.readPages(aRequest({ recordsMax: 50 }), neverAborted()));

    expect(end).toMatchObject({ recordCount: 50, truncated: false });
  });

  it('keeps under two calls a second, so that the service never throttles it', async () => {
    const begunMs = Date.now();
    const nowMs = () => atMs + Date.now() - begunMs;
    const world = await startWorld({ events: records(200) }, { lookupsPerSecond: 2, nowMs });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });

    await readAll(activity.readPages(aRequest(), neverAborted()));

    expect(lookupsOf(world).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('asks in vain no more than a few times when AWS keeps throttling, and says so', async () => {
    const world = await startWorld({ events: records(60) });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl, attemptsMax: 1 });
    world.faults.throttleNext(100, 'LookupEvents');

    const { end } = await readAll(activity.readPages(aRequest(), neverAborted()));

    expect(end).toMatchObject({ outcome: 'throttled', recordCount: 0, truncated: true });
    expect(end.explanation).toContain('AWS asked for fewer calls in eu-west-1');
    expect(lookupsOf(world)).toHaveLength(PACE.triesMax);
  });

  it('goes on after a throttle, and makes everybody else wait too', async () => {
    const world = await startWorld({ events: records(60) });
    const { activity, store } = await anAwsSide({ endpoint: world.endpointUrl, attemptsMax: 1 });
    const pages = activity.readPages(aRequest(), neverAborted());
    await pages.next();
    world.faults.throttleNext(1, 'LookupEvents');

    const { end } = await readAll(pages);

    expect(end).toMatchObject({ outcome: 'found', recordCount: 60, truncated: false });
    const [first, throttled, after] = lookupsOf(world);
    expect([first?.status, throttled?.status, after?.status]).toEqual([200, 400, 200]);
    expect(await store.reserveCall('lookup-events-own-eu-west-1', PACE.spacingMs)).toBeGreaterThan(
      0,
    );
  });

  it('keeps what it got when a later page is refused', async () => {
    const world = await startWorld({ events: records(120) });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });
    const pages = activity.readPages(aRequest(), neverAborted());
    await pages.next();
    world.faults.deny('LookupEvents');

    const { end } = await readAll(pages);

    expect(end).toMatchObject({ outcome: 'denied', recordCount: 50, truncated: true });
  });

  it('ends a call to a server that does not answer', async () => {
    const world = await startWorld({ events: records(1) });
    const { activity } = await anAwsSide({
      endpoint: world.endpointUrl,
      attemptsMax: 1,
      lookupTimeoutMs: 100,
    });
    world.faults.add({ kind: 'hang', operation: 'LookupEvents' });

    const { end } = await readAll(activity.readPages(aRequest(), neverAborted()));

    expect(end).toMatchObject({ outcome: 'timed-out', truncated: true });
  });

  it('ends a call whose answer stalls half-way', async () => {
    const world = await startWorld({ events: records(1) });
    const { activity } = await anAwsSide({
      endpoint: world.endpointUrl,
      attemptsMax: 1,
      lookupTimeoutMs: 100,
    });
    world.faults.add({ kind: 'stalled-body', operation: 'LookupEvents' });

    const { end } = await readAll(activity.readPages(aRequest(), neverAborted()));

    expect(end.outcome).toBe('timed-out');
  });

  it('stops at once when it is told to, and says that time ran out', async () => {
    const world = await startWorld({ events: records(1) });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });
    world.faults.add({ kind: 'hang', operation: 'LookupEvents' });
    const stop = new AbortController();
    const reading = readAll(activity.readPages(aRequest(), stop.signal));

    stop.abort(new Error('shutting down'));

    expect((await reading).end.outcome).toBe('timed-out');
  });

  it('refuses to take the answer of one account for that of another', async () => {
    const world = await startWorld({ events: records(3) });
    const { activity } = await anAwsSide({ endpoint: world.endpointUrl });
    const target = { accountId: '999988887777', region: 'eu-west-1' };

    const { pages, end } = await readAll(activity.readPages(aRequest({ target }), neverAborted()));

    expect(pages).toEqual([]);
    expect(end.outcome).toBe('failed');
    expect(end.explanation).toContain('no credentials for account 999988887777');
  });
});
