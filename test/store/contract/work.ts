import { describe, expect, it } from 'vitest';
import type { Work } from '../../../src/ports.ts';
import { anAppend, aScheduled, claimOne } from '../../support/store-builders.ts';
import type { StoreFixture } from '../store-contract.ts';

const publish: Work = { kind: 'publish', incidentId: 'RT-1' };

export function describeWorkContract(current: () => StoreFixture): void {
  describe('scheduling work', () => {
    it('makes an item claimable when it is due and not before', async () => {
      const { store, nowMs, advance } = current();
      await store.schedule([aScheduled({ dueAtMs: nowMs() + 500 })], null);
      advance(499);
      expect(await store.claimWork({ leaseMs: 1_000, limit: 9 })).toEqual([]);
      advance(1);
      expect(await claimOne(store)).toMatchObject({ workId: 'render-1', work: aScheduled().work });
    });

    it('keeps one item per id, with the newest payload and the earlier due time', async () => {
      const { store, nowMs } = current();
      await store.schedule([aScheduled({ dueAtMs: nowMs() + 500 })], null);
      await store.schedule([aScheduled({ dueAtMs: nowMs() + 900, work: publish })], null);
      expect(await store.workCounts()).toMatchObject({
        pending: 1,
        nextDueAtMs: nowMs() + 500,
      });
      await store.schedule([aScheduled({ dueAtMs: nowMs() - 1, work: publish })], null);
      expect(await claimOne(store)).toMatchObject({ work: publish });
    });

    it('schedules through an append exactly as by itself', async () => {
      const { store, nowMs } = current();
      await store.schedule([aScheduled({ dueAtMs: nowMs() + 500 })], null);
      await store.append(anAppend({ work: [aScheduled({ dueAtMs: nowMs(), work: publish })] }));
      expect(await claimOne(store)).toMatchObject({ work: publish });
    });

    it('changes nothing when the dedupe id was seen before', async () => {
      const { store } = current();
      expect(await store.schedule([aScheduled()], 'tap')).toBe(true);
      expect(await store.schedule([aScheduled({ workId: 'other', work: publish })], 'tap')).toBe(
        false,
      );
      expect(await store.workCounts()).toMatchObject({ pending: 1 });
    });

    it('schedules all items of one call', async () => {
      const { store } = current();
      await store.schedule([aScheduled(), aScheduled({ workId: 'publish-1' })], 'tap');
      expect(await store.workCounts()).toMatchObject({ pending: 2 });
    });
  });

  describe('claiming work', () => {
    it('takes the earliest first, up to the limit', async () => {
      const { store, nowMs } = current();
      const due = (workId: string, agoMs: number) =>
        aScheduled({ workId, dueAtMs: nowMs() - agoMs });
      await store.schedule([due('b', 10), due('a', 30), due('c', 20)], null);
      const claims = await store.claimWork({ leaseMs: 1_000, limit: 2 });
      expect(claims.map((claim) => claim.workId)).toEqual(['a', 'c']);
    });

    it('takes reminders only where all else that is due leaves room, however late they are', async () => {
      const { store, nowMs } = current();
      const due = (workId: string, agoMs: number) =>
        aScheduled({ workId, dueAtMs: nowMs() - agoMs });
      const late = Array.from({ length: 1_050 }, (_, index) =>
        due(`nudge-${index}`, 9_000 - index),
      );
      await store.schedule([...late, due('render-1', 20), due('gather-1', 10)], null);
      const claimIds = async (limit: number) =>
        (await store.claimWork({ leaseMs: 60_000, limit })).map(({ workId }) => workId);
      expect(await claimIds(1)).toEqual(['render-1']);
      expect(await claimIds(3)).toEqual(['gather-1', 'nudge-0', 'nudge-1']);
      expect(await claimIds(2)).toEqual(['nudge-2', 'nudge-3']);
    });

    it('hides what it took from others until the lease ends', async () => {
      const { store, other, advance } = current();
      await store.schedule([aScheduled()], null);
      await claimOne(store, 1_000);
      advance(999);
      expect(await other.claimWork({ leaseMs: 1_000, limit: 9 })).toEqual([]);
      advance(1);
      expect(await claimOne(other)).toMatchObject({ attempt: 2, failureCount: 0 });
    });

    it('gives each item to one of two clients that claim at once', async () => {
      const { store, other } = current();
      const items = Array.from({ length: 200 }, (_, index) =>
        aScheduled({ workId: `item-${index}` }),
      );
      await store.schedule(items, null);
      const taken = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          (index % 2 === 0 ? store : other).claimWork({ leaseMs: 1_000, limit: 5 }),
        ),
      );
      const ids = taken.flat().map((claim) => claim.workId);
      expect(ids).toHaveLength(200);
      expect(new Set(ids).size).toBe(200);
    });

    it('prolongs a lease', async () => {
      const { store, advance } = current();
      await store.schedule([aScheduled()], null);
      const claim = await claimOne(store, 1_000);
      advance(900);
      expect(await store.renewWork(claim, 1_000)).toBe(true);
      advance(900);
      expect(await store.claimWork({ leaseMs: 1_000, limit: 9 })).toEqual([]);
    });

    it('counts held items as pending, next due when the lease ends', async () => {
      const { store, nowMs } = current();
      await store.schedule([aScheduled()], null);
      await claimOne(store, 1_000);
      expect(await store.workCounts()).toEqual({
        pending: 1,
        dead: 0,
        nextDueAtMs: nowMs() + 1_000,
      });
    });

    it('says that nothing is due when there is nothing', async () => {
      expect(await current().store.workCounts()).toEqual({
        pending: 0,
        dead: 0,
        nextDueAtMs: null,
      });
    });
  });

  describe('finishing work', () => {
    it('removes a completed item', async () => {
      const { store } = current();
      await store.schedule([aScheduled()], null);
      expect(await store.completeWork(await claimOne(store))).toBe(true);
      expect(await store.workCounts()).toMatchObject({ pending: 0 });
    });

    it('runs an item once more when it was scheduled again while held', async () => {
      const { store, nowMs } = current();
      await store.schedule([aScheduled()], null);
      const claim = await claimOne(store);
      await store.schedule([aScheduled({ work: publish, dueAtMs: nowMs() })], null);
      expect(await store.claimWork({ leaseMs: 1_000, limit: 9 })).toEqual([]);
      expect(await store.completeWork(claim)).toBe(true);
      expect(await claimOne(store)).toMatchObject({ work: publish, attempt: 2 });
    });

    it('refuses a claim that ended when somebody claimed after it', async () => {
      const { store, other, advance } = current();
      await store.schedule([aScheduled()], null);
      const lost = await claimOne(store, 1_000);
      advance(1_000);
      await claimOne(other, 1_000);
      const failure = { reason: 'boom', delayMs: 0, failuresMax: 1 };
      expect(await store.renewWork(lost, 1_000)).toBe(false);
      expect(await store.completeWork(lost)).toBe(false);
      expect(await store.releaseWork(lost, 0)).toBe(false);
      expect(await store.failWork(lost, failure)).toBe('stale');
      expect(await store.workCounts()).toMatchObject({ pending: 1, dead: 0 });
    });

    it('accepts a late completion as long as nobody claimed after it', async () => {
      const { store, advance } = current();
      await store.schedule([aScheduled()], null);
      const claim = await claimOne(store, 1_000);
      advance(5_000);
      expect(await store.completeWork(claim)).toBe(true);
    });

    it('refuses an old claim on an item that was finished and made anew', async () => {
      const { store, other, advance } = current();
      await store.schedule([aScheduled()], null);
      const old = await claimOne(store, 1_000);
      advance(1_000);
      await other.completeWork(await claimOne(other));
      await store.schedule([aScheduled()], null);
      await claimOne(other);
      expect(await store.completeWork(old)).toBe(false);
      expect(await store.workCounts()).toMatchObject({ pending: 1 });
    });

    it('refuses to finish the same claim twice', async () => {
      const { store } = current();
      await store.schedule([aScheduled()], null);
      const claim = await claimOne(store);
      expect(await store.releaseWork(claim, 0)).toBe(true);
      expect(await store.completeWork(claim)).toBe(false);
    });

    it('gives a released item back after the delay without counting a failure', async () => {
      const { store, advance } = current();
      await store.schedule([aScheduled()], null);
      await store.releaseWork(await claimOne(store), 300);
      advance(299);
      expect(await store.claimWork({ leaseMs: 1_000, limit: 9 })).toEqual([]);
      advance(1);
      expect(await claimOne(store)).toMatchObject({ failureCount: 0 });
    });
  });

  describe('failing work', () => {
    const failure = { reason: 'Slack said no', delayMs: 300, failuresMax: 2 };

    it('tries again after the delay and counts the failure', async () => {
      const { store, advance } = current();
      await store.schedule([aScheduled()], null);
      expect(await store.failWork(await claimOne(store), failure)).toBe('retry');
      advance(299);
      expect(await store.claimWork({ leaseMs: 1_000, limit: 9 })).toEqual([]);
      advance(1);
      expect(await claimOne(store)).toMatchObject({ failureCount: 1, attempt: 2 });
    });

    it('moves the item to the dead letters at the last failure', async () => {
      const { store, nowMs, advance } = current();
      await store.schedule([aScheduled()], null);
      await store.failWork(await claimOne(store), failure);
      advance(300);
      expect(await store.failWork(await claimOne(store), failure)).toBe('dead');
      expect(await store.workCounts()).toEqual({ pending: 0, dead: 1, nextDueAtMs: null });
      expect(await store.listDeadWork(9)).toEqual([
        {
          workId: 'render-1',
          work: aScheduled().work,
          reason: 'Slack said no',
          diedAtMs: nowMs(),
        },
      ]);
    });

    it('does not count claims that ended in a crash', async () => {
      const { store, advance } = current();
      await store.schedule([aScheduled()], null);
      for (let crash = 0; crash < 5; crash += 1) {
        await claimOne(store, 100);
        advance(100);
      }
      expect(await store.failWork(await claimOne(store), failure)).toBe('retry');
    });

    it('forgets earlier failures once a run has succeeded', async () => {
      const { store } = current();
      await store.schedule([aScheduled()], null);
      await store.failWork(await claimOne(store), { ...failure, delayMs: 0 });
      const claim = await claimOne(store);
      await store.schedule([aScheduled({ work: publish })], null);
      await store.completeWork(claim);
      expect(await claimOne(store)).toMatchObject({ work: publish, failureCount: 0 });
    });

    it('keeps what was scheduled while the last failing run was on, with all its tries', async () => {
      const { store, advance } = current();
      await store.schedule([aScheduled()], null);
      const claim = await claimOne(store);
      await store.schedule([aScheduled({ work: publish })], null);
      expect(await store.failWork(claim, { ...failure, failuresMax: 1 })).toBe('dead');
      advance(300);
      expect(await claimOne(store)).toMatchObject({ work: publish, failureCount: 0 });
      expect(await store.listDeadWork(9)).toMatchObject([{ work: aScheduled().work }]);
    });

    it('lists the newest dead letters first, up to the limit', async () => {
      const { store } = current();
      for (const workId of ['a', 'b', 'c']) {
        await store.schedule([aScheduled({ workId })], null);
        await store.failWork(await claimOne(store), { ...failure, failuresMax: 1 });
      }
      const listed = await store.listDeadWork(2);
      expect(listed.map((dead) => dead.workId)).toEqual(['c', 'b']);
    });

    it('may schedule a dead item anew, with all its tries', async () => {
      const { store } = current();
      await store.schedule([aScheduled()], null);
      await store.failWork(await claimOne(store), { ...failure, failuresMax: 1 });
      await store.schedule([aScheduled()], null);
      expect(await claimOne(store)).toMatchObject({ failureCount: 0 });
    });
  });
}
