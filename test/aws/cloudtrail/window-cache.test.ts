import { describe, expect, it } from 'vitest';
import { createCachedActivity } from '../../../src/aws/cloudtrail/window-cache.ts';
import { DELIVERY_LAG_MS, FRESH_MS } from '../../../src/domain/trail/windows.ts';
import { AppError } from '../../../src/errors.ts';
import type { ActivityRequest, ActivitySource, Asker, Store } from '../../../src/ports.ts';
import { trailRecordsCodec } from '../../../src/store/codec.ts';
import {
  createDelayedActivity,
  type DelayedActivityOptions,
} from '../../support/delayed-activity.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { aRecord } from '../../support/trail-record.ts';
import { aRequest, aStore, neverAborted, readAll } from '../support.ts';

const TO_MS = aRequest().toMs;
const HOUR_MS = 3_600_000;
const everyMinute = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const atMs = TO_MS - index * 60_000;
    const record = aRecord({ eventId: `e${String(index).padStart(3, '0')}`, atMs });
    return { record, arrivesAtMs: atMs };
  });

const person: Asker = { userId: 'U0ANA', urgency: 'waiting' };
const background: Asker = { userId: null, urgency: 'background' };

interface WorldOptions extends Partial<DelayedActivityOptions> {
  readonly store?: Store;
  readonly scope?: string;
}

/** Long after the records, with the cache in front of them. */
async function aWorld({ store, scope = '', ...options }: WorldOptions = {}) {
  const clock = { nowMs: TO_MS + HOUR_MS };
  const nowMs = () => clock.nowMs;
  const log = createKeptLog();
  const inside = createDelayedActivity({
    records: everyMinute(20),
    nowMs,
    pageSize: 5,
    ...options,
  });
  const kept = store ?? (await aStore());
  const deps = { activity: inside, store: kept, records: trailRecordsCodec, scope, nowMs, log };
  const activity = createCachedActivity(deps);
  const read = (changes: Partial<ActivityRequest> = {}) =>
    readAll(activity.readPages(aRequest(changes), neverAborted()));
  return { activity, clock, inside, log, read, store: kept };
}

async function readPages(source: ActivitySource, pageCount: number): Promise<void> {
  const pages = source.readPages(aRequest(), neverAborted());
  for (let page = 0; page < pageCount; page += 1) await pages.next();
  await pages.return({
    outcome: 'found',
    accountId: null,
    recordCount: 0,
    skippedCount: 0,
    truncated: true,
    explanation: null,
  });
}

/** The windows that were asked for, in minutes before the end; one entry a call. */
const windowsOf = ({ requests }: { readonly requests: readonly ActivityRequest[] }) =>
  requests.map(({ fromMs, toMs }) => [(TO_MS - fromMs) / 60_000, (TO_MS - toMs) / 60_000]);

describe('a question asked again', () => {
  it('costs no call, whoever asks, and has the same answer', async () => {
    const { read, inside } = await aWorld();
    const first = await read({ asker: person });
    inside.requests.length = 0;
    const again = await read({ asker: { userId: 'U0BEN', urgency: 'waiting' } });
    expect(inside.requests).toEqual([]);
    expect(again.end).toEqual(first.end);
    expect(again.pages.flatMap(({ records }) => records)).toEqual(
      first.pages.flatMap(({ records }) => records),
    );
  });

  it('costs calls when it is about another target or attribute', async () => {
    const { read, inside } = await aWorld();
    await read();
    for (const other of [
      { target: { accountId: null, region: 'us-east-1' } },
      { target: { accountId: '111122223333', region: 'eu-west-1' } },
      { attribute: { key: 'EventName', value: 'StopInstances' } },
      { attribute: { key: 'EventName', value: 'StartInstances' } },
    ] as const) {
      inside.requests.length = 0;
      await read(other);
      expect(inside.requests).not.toEqual([]);
    }
  });

  it('costs calls when the bot has other credentials', async () => {
    const { read, store } = await aWorld({ scope: 'one' });
    await read();
    const other = await aWorld({ scope: 'other', store });
    await other.read();
    expect(other.inside.requests).not.toEqual([]);
  });

  it('says at the last page that nothing follows', async () => {
    const { read } = await aWorld();
    await read();
    const { pages } = await read();
    expect(pages.map(({ isLast }) => isLast)).toEqual([true]);
  });

  it('costs calls again a day later, but not when it is about one event', async () => {
    const { read, inside, clock } = await aWorld();
    const attribute = { key: 'EventId', value: 'e001' } as const;
    await read();
    await read({ attribute });
    clock.nowMs += 25 * HOUR_MS;
    inside.requests.length = 0;
    await read({ attribute });
    expect(inside.requests).toEqual([]);
    await read();
    expect(inside.requests).not.toEqual([]);
  });

  it('costs calls again a day later when records of the one event could still arrive', async () => {
    const { read, inside, clock } = await aWorld();
    const attribute = { key: 'EventId', value: 'e001' } as const;
    clock.nowMs = TO_MS;
    await read({ attribute });
    clock.nowMs += 25 * HOUR_MS;
    inside.requests.length = 0;
    await read({ attribute });
    expect(windowsOf(inside)[0]).toEqual([60, 0]);
  });

  it('tells of unreadable records as without a cache, also when it stops at a limit', async () => {
    const [first, ...others] = everyMinute(20);
    const records = [{ ...first!, isUnreadable: true }, ...others];
    const { read } = await aWorld({ records });
    expect((await read()).end).toMatchObject({ recordCount: 19, skippedCount: 1 });
    expect((await read({ recordsMax: 3 })).end).toMatchObject({ recordCount: 3, skippedCount: 1 });
    expect((await read()).end).toMatchObject({ recordCount: 19, skippedCount: 1 });
  });
});

describe('a window that ended now', () => {
  it('is read again a minute later, from where records could still arrive', async () => {
    const { read, inside, clock } = await aWorld();
    clock.nowMs = TO_MS;
    await read();
    inside.requests.length = 0;
    clock.nowMs += FRESH_MS;
    await read({ toMs: clock.nowMs });
    expect(inside.requests).toEqual([]);
    clock.nowMs += 1;
    await read();
    const unsettledMs = TO_MS - DELIVERY_LAG_MS + 1_000;
    expect(inside.requests[0]).toMatchObject({ fromMs: unsettledMs, toMs: TO_MS });
  });
});

describe('a reading that stopped early', () => {
  it('is kept down to the last second that was surely read whole', async () => {
    const { activity, inside, read } = await aWorld();
    await readPages(activity, 2);
    inside.requests.length = 0;
    const { end } = await read();
    expect(windowsOf(inside)[0]).toEqual([60, 9]);
    expect(end).toMatchObject({ recordCount: 20, truncated: false });
  });

  it('costs nothing to go through as far once more', async () => {
    const { activity, inside } = await aWorld();
    await readPages(activity, 2);
    inside.requests.length = 0;
    const pages = activity.readPages(aRequest(), neverAborted());
    const shown = [await pages.next(), await pages.next()];
    expect(shown.map((step) => step.done === true || step.value.records.length)).toEqual([9, 1]);
    expect(inside.requests).toEqual([]);
  });

  it('is kept likewise when it was cut at a limit, and never as all of the window', async () => {
    const { inside, read } = await aWorld();
    await read({ recordsMax: 7 });
    inside.requests.length = 0;
    for (const recordsMax of [7, 6]) {
      expect((await read({ recordsMax })).end).toMatchObject({
        recordCount: recordsMax,
        truncated: true,
        explanation: `Only the newest ${recordsMax} records were read.`,
      });
    }
    expect(inside.requests).toEqual([]);
    expect((await read()).end).toMatchObject({ recordCount: 20, truncated: false });
  });

  it('is kept likewise when AWS stopped answering, and the trouble is told each time', async () => {
    const { inside, read } = await aWorld({ troubleAfterPages: 2 });
    const { end } = await read();
    expect(end).toMatchObject({ outcome: 'throttled', recordCount: 10, truncated: true });
    inside.requests.length = 0;
    const again = await read();
    expect(windowsOf(inside)[0]).toEqual([60, 9]);
    expect(again.end).toMatchObject({ outcome: 'throttled', recordCount: 19, truncated: true });
  });

  it('is not kept when records in it could not be read: nobody knows where they belong', async () => {
    const [first, ...others] = everyMinute(20);
    const records = [{ ...first!, isUnreadable: true }, ...others];
    const { activity, inside, read } = await aWorld({ records });
    await readPages(activity, 2);
    inside.requests.length = 0;
    expect((await read()).end).toMatchObject({ recordCount: 19, skippedCount: 1 });
    expect(windowsOf(inside)[0]).toEqual([60, 0]);
  });
});

describe('the same question at the same time', () => {
  it('is read once for all who ask', async () => {
    const { inside, read } = await aWorld();
    const [one, other] = await Promise.all([read(), read()]);
    expect(inside.requests).toHaveLength(4);
    expect(other.end).toEqual(one.end);
  });

  it('goes on for the others when one of them stops waiting', async () => {
    const stop = new AbortController();
    const { activity, inside, read } = await aWorld({
      beforePage: async () => void (inside.requests.length === 1 && stop.abort()),
    });
    const [one, other] = await Promise.all([
      readAll(activity.readPages(aRequest(), stop.signal)),
      read(),
    ]);
    expect(one.end).toMatchObject({ outcome: 'timed-out', truncated: true });
    expect(other.end).toMatchObject({ outcome: 'found', recordCount: 20 });
    expect(inside.requests).toHaveLength(4);
  });

  it('ends the call to AWS when nobody waits any more', async () => {
    const stop = new AbortController();
    const signals: AbortSignal[] = [];
    const { activity } = await aWorld({
      beforePage: async (_request, signal) => {
        signals.push(signal);
        stop.abort();
      },
    });
    const { end } = await readAll(activity.readPages(aRequest(), stop.signal));
    expect(end.outcome).toBe('timed-out');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('counts unreadable records only where they were asked about', async () => {
    const records = everyMinute(20).map((one, index) => ({ ...one, isUnreadable: index === 7 }));
    const { read } = await aWorld({ records });
    const fromMs = TO_MS - 6 * 60_000;
    const [all, few] = await Promise.all([read(), read({ fromMs })]);
    expect(all.end).toMatchObject({ recordCount: 19, skippedCount: 1 });
    expect(few.end).toMatchObject({ recordCount: 7, skippedCount: 0 });
  });

  it('is read on for whoever wants more than the one who began', async () => {
    const { read } = await aWorld();
    const [few, all] = await Promise.all([read({ recordsMax: 3 }), read()]);
    expect(few.end).toMatchObject({ recordCount: 3, truncated: true });
    expect(all.end).toMatchObject({ recordCount: 20, truncated: false });
  });

  it('does not follow one that begins much later, which nobody may want to read so far', async () => {
    const { activity, inside, read } = await aWorld();
    const toMs = TO_MS - 15 * 60_000;
    await Promise.all([readPages(activity, 1), read({ toMs })]);
    expect(inside.requests).toHaveLength(2);
  });

  it('never makes a person follow a reading that stands back for people', async () => {
    const { inside, read } = await aWorld();
    await Promise.all([read({ asker: background }), read({ asker: person })]);
    expect(inside.requests.map(({ asker }) => asker.urgency)).toContain('waiting');
  });

  it('lets the background follow a person', async () => {
    const { inside, read } = await aWorld();
    await Promise.all([read({ asker: person }), read({ asker: background })]);
    expect(inside.requests).toHaveLength(4);
  });

  it('fails for all when the limiter cannot be reached, and not for those who come later', async () => {
    let isDown = true;
    const { inside, read } = await aWorld({
      beforePage: async () => {
        if (isDown) throw new AppError('store-unavailable', 'The store is away.');
      },
    });
    const outcomes = await Promise.allSettled([read(), read()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    expect((await read()).end).toMatchObject({ outcome: 'found', recordCount: 20 });
    expect(inside.requests).toHaveLength(4);
  });
});

describe('a cache in trouble', () => {
  const keptIn = async (change: (store: Store) => Partial<Store>) => {
    const store = await aStore();
    await (await aWorld({ store })).read();
    return aWorld({ store: { ...store, ...change(store) } });
  };

  it('is not missed when it cannot be reached: AWS is asked', async () => {
    const away = async () => {
      throw new AppError('store-unavailable', 'The store is away.');
    };
    const { read, log } = await keptIn(() => ({ readCached: away, saveCached: away }));
    expect((await read()).end).toMatchObject({ outcome: 'found', recordCount: 20 });
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
  });

  it.each([
    ['is gone', null],
    ['is not what it was', 'H4sIAAAAAAAAA4uOBQApu0wNAgAAAA=='],
    ['cannot be read', 'garbage'],
  ])('is not missed when the body of a window %s: AWS is asked', async (_what, body) => {
    const isIndex = (text: string | null) => text?.startsWith('[') === true;
    const { read, inside } = await keptIn((store) => ({
      readCached: async (key) => {
        const found = await store.readCached(key);
        return isIndex(found) ? found : body;
      },
    }));
    expect((await read()).end).toMatchObject({ outcome: 'found', recordCount: 20 });
    expect(inside.requests).toHaveLength(4);
  });

  it('is not missed when its index cannot be read: AWS is asked', async () => {
    const { read, inside } = await keptIn(() => ({ readCached: async () => '[{"of":"old"}]' }));
    expect((await read()).end).toMatchObject({ outcome: 'found', recordCount: 20 });
    expect(inside.requests).toHaveLength(4);
  });
});
