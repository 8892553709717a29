import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteOld } from '../../src/flows/delete-old.ts';
import type { Store } from '../../src/ports.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { anAppend } from '../support/store-builders.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 0, 15, 9);
const KEPT_MS = 730 * DAY_MS;

describe('deleting what is older than it is kept', () => {
  let store: Store;
  const log = createKeptLog();
  const { signal } = new AbortController();
  beforeEach(async () => {
    store = await openSqliteStore({ path: ':memory:', log, now: () => NOW_MS });
  });
  afterEach(() => store.close());

  const incident = (incidentId: string, status: 'open' | 'closed', idleDays: number) =>
    store.append(
      anAppend({
        incidentId,
        state: { status, lastActivityAtMs: NOW_MS - idleDays * DAY_MS, channelId: 'C7' },
      }),
    );
  const run = (through: Store = store) =>
    deleteOld({ store: through, clock: { nowMs: () => NOW_MS }, log }, KEPT_MS, signal);
  const left = async () =>
    (await store.listIncidents({ limit: 1_000 })).map(({ incidentId }) => incidentId).sort();

  it('deletes closed incidents in which nothing has happened for so long, and no others', async () => {
    await incident('RT-OLD', 'closed', 731);
    await incident('RT-EDGE', 'closed', 730);
    await incident('RT-OPEN', 'open', 2_000);
    expect(await run()).toEqual({ kind: 'later', delayMs: DAY_MS });
    expect(await left()).toEqual(['RT-EDGE', 'RT-OPEN']);
  });

  it('writes into the audit log which one, and nothing of what was in it', async () => {
    await incident('RT-OLD', 'closed', 800);
    await run();
    expect(await store.readAudit(9)).toEqual([
      {
        atMs: NOW_MS,
        userId: 'bot',
        channelId: 'C7',
        action: 'deletion',
        question: 'RT-OLD',
        recordCount: 0,
        outcome: 'deleted: closed, and nothing happened for 730 days',
      },
    ]);
  });

  it('goes on soon when there is more than a batch', async () => {
    for (let number = 0; number < 101; number += 1) await incident(`RT-${number}`, 'closed', 900);
    expect(await run()).toEqual({ kind: 'later', delayMs: 1_000 });
    expect(await left()).toHaveLength(1);
    expect(await run()).toEqual({ kind: 'later', delayMs: DAY_MS });
    expect(await left()).toEqual([]);
  });

  it('keeps one that is reopened in that moment', async () => {
    await incident('RT-OLD', 'closed', 800);
    const reopening: Store = {
      ...store,
      deleteIncident: async (request) => {
        await store.append(anAppend({ incidentId: 'RT-OLD', expectedVersion: 1 }));
        return store.deleteIncident(request);
      },
    };
    await run(reopening);
    expect(await left()).toEqual(['RT-OLD']);
    expect(await store.readAudit(9)).toEqual([]);
  });

  it('is done once by two at the same time', async () => {
    for (let number = 0; number < 20; number += 1) await incident(`RT-${number}`, 'closed', 900);
    await Promise.all([run(), run()]);
    expect(await left()).toEqual([]);
    expect(await store.readAudit(99)).toHaveLength(20);
  });

  it('stops between two incidents when the process ends', async () => {
    await incident('RT-OLD', 'closed', 800);
    const deps = { store, clock: { nowMs: () => NOW_MS }, log };
    const outcome = await deleteOld(deps, KEPT_MS, AbortSignal.abort());
    expect(outcome).toEqual({ kind: 'later', delayMs: 0 });
    expect(await left()).toEqual(['RT-OLD']);
  });
});
