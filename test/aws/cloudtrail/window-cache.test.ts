import { describe, expect, it } from 'vitest';
import { DELIVERY_LAG_MS, FRESH_MS } from '../../../src/domain/trail/windows.ts';
import { AppError } from '../../../src/errors.ts';
import type { Store } from '../../../src/ports.ts';
import { aRequest, aStore, asker, neverAborted } from '../support.ts';
import { aWorld, everyMinute, HOUR_MS, readPages, TO_MS, windowsOf } from './cache-world.ts';

describe('a question asked again', () => {
  it('costs no call, whoever asks, and has the same answer on the same pages', async () => {
    const { read, inside } = await aWorld();
    const first = await read({ asker });
    inside.requests.length = 0;
    const again = await read({ asker: { userId: 'U0BEN', urgency: 'waiting' } });
    expect(inside.requests).toEqual([]);
    expect(again.end).toEqual(first.end);
    expect(again.pages.map(({ records }) => records)).toEqual(
      first.pages.map(({ records }) => records),
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
    expect(pages.map(({ isLast }) => isLast === true)).toEqual([false, false, false, true]);
  });

  it('says so too when something on it could not be read', async () => {
    const [first, ...others] = everyMinute(20);
    const { read } = await aWorld({ records: [{ ...first!, isUnreadable: true }, ...others] });
    await read();
    const { pages } = await read();
    expect(pages.map(({ isLast }) => isLast === true)).toEqual([false, false, false, true]);
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
    expect(shown.map((step) => step.done === true || step.value.records.length)).toEqual([5, 5]);
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
