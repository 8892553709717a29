import { paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { atMs, cloudTrail, ids, lookup, record, startWorld } from './replay-support.ts';

const minuteMs = 60_000;
const time = (minutesBefore: number) =>
  `${new Date(atMs - minutesBefore * minuteMs).toISOString().slice(0, 19)}Z`;
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    record(`e-${String(index).padStart(3, '0')}`, { eventTime: time(index + 1) }),
  );

describe('how LookupEvents pages', () => {
  it('gives 50 a page and every event once', async () => {
    const replay = await startWorld({ events: many(120) });
    const pages: number[] = [];
    const seen = new Set<string | undefined>();
    for await (const page of paginateLookupEvents({ client: cloudTrail(replay) }, {})) {
      pages.push(page.Events?.length ?? 0);
      for (const id of ids(page.Events)) seen.add(id);
    }
    expect([pages, seen.size]).toEqual([[50, 50, 20], 120]);
  });

  it('does not lose or repeat an event that shares its second with others', async () => {
    const replay = await startWorld({ events: ['a', 'b', 'c', 'd', 'e'].map((id) => record(id)) });
    const seen: (string | undefined)[] = [];
    const paginator = { client: cloudTrail(replay), pageSize: 2 };
    for await (const page of paginateLookupEvents(paginator, {})) seen.push(...ids(page.Events));
    expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each([
    ['time', { EndTime: new Date(atMs + 1_000) }],
    ['page size', { MaxResults: 20 }],
    ['attribute', { LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }] }],
  ] as const)('refuses a token when the %s has changed', async (_, change) => {
    const replay = await startWorld({ events: many(60) });
    const input = { EndTime: new Date(atMs), MaxResults: 10 };
    const { NextToken } = await lookup(replay, input);
    const next = lookup(replay, { ...input, ...(change as object), NextToken });
    await expect(next).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });

  it('refuses a token in another Region', async () => {
    const replay = await startWorld({ events: many(60) });
    const { NextToken } = await lookup(replay, {});
    await expect(lookup(replay, { NextToken }, { region: 'us-east-1' })).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });

  it('sends an empty page with a token in between, and still every event', async () => {
    const replay = await startWorld({ events: many(60) }, { emptyPageEvery: 2 });
    const pages: number[] = [];
    for await (const page of paginateLookupEvents({ client: cloudTrail(replay) }, {})) {
      pages.push(page.Events?.length ?? 0);
    }
    expect(pages).toEqual([50, 0, 10]);
  });

  it('goes on where it was when events arrive between two pages', async () => {
    const replay = await startWorld({ events: many(60) }, { deliveryLagMs: 5 * minuteMs });
    const first = await lookup(replay, { MaxResults: 10 });
    replay.clock.nowMs += 3 * minuteMs;
    const second = await lookup(replay, { MaxResults: 10, NextToken: first.NextToken });
    expect([ids(first.Events).at(-1), ids(second.Events).at(0)]).toEqual(['e-013', 'e-014']);
  });
});

describe('how fast LookupEvents answers', () => {
  it('throttles the third call of a second with HTTP 400', async () => {
    const replay = await startWorld({ events: [] }, { lookupsPerSecond: 2 });
    await lookup(replay, {});
    await lookup(replay, {});
    await expect(lookup(replay, {})).rejects.toMatchObject({
      name: 'ThrottlingException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('counts each Region and each account apart', async () => {
    const accounts = { AKIAONE: '111122223333', AKIATWO: '444455556666' };
    const replay = await startWorld({ events: [] }, { lookupsPerSecond: 1, accounts });
    await lookup(replay, {}, { accessKeyId: 'AKIAONE' });
    await lookup(replay, {}, { accessKeyId: 'AKIAONE', region: 'us-east-1' });
    await lookup(replay, {}, { accessKeyId: 'AKIATWO' });
    expect(replay.calls.map((call) => call.status)).toEqual([200, 200, 200]);
  });

  it('allows two more once a second has gone by', async () => {
    const replay = await startWorld({ events: [] }, { lookupsPerSecond: 2 });
    await lookup(replay, {});
    await lookup(replay, {});
    replay.clock.nowMs += 1_000;
    await lookup(replay, {});
    await lookup(replay, {});
    expect(replay.calls).toHaveLength(4);
  });

  it('shows an event only when its delivery lag has gone by', async () => {
    const replay = await startWorld(
      { events: [record('stop', { eventTime: time(2) })] },
      { deliveryLagMs: 5 * minuteMs },
    );
    const before = await lookup(replay, {});
    replay.clock.nowMs += 3 * minuteMs;
    const after = await lookup(replay, {});
    expect([ids(before.Events), ids(after.Events)]).toEqual([[], ['stop']]);
  });
});
