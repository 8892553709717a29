import { describe, expect, it } from 'vitest';
import { NO_DURATIONS } from '../../../src/domain/incident/durations.ts';
import { EMPTY_PROFILE } from '../../../src/domain/knowledge/profile.ts';
import { anAppend, aRecordedEvent, aScheduled } from '../../support/store-builders.ts';
import type { StoreFixture } from '../store-contract.ts';
import { countBrokenRaces } from '../support/races.ts';

export function describeIncidentContract(current: () => StoreFixture): void {
  describe('append', () => {
    it('starts an incident at version 1 when nothing is expected to exist', async () => {
      const outcome = await current().store.append(anAppend());
      expect(outcome).toEqual({ kind: 'appended', version: 1 });
    });

    it('gives several events one version each and answers the last', async () => {
      const { store } = current();
      const request = anAppend({ eventCount: 3 });
      expect(await store.append(request)).toEqual({ kind: 'appended', version: 3 });
      expect(await store.readEvents('RT-1')).toEqual(request.events);
    });

    it('writes events, snapshot, index and work together', async () => {
      const { store } = current();
      const request = anAppend({ work: [aScheduled()] });
      await store.append(request);
      expect(await store.readEvents('RT-1')).toEqual(request.events);
      expect(await store.readState('RT-1')).toEqual(request.state);
      expect(await store.listIncidents({ limit: 10 })).toMatchObject([{ incidentId: 'RT-1' }]);
      expect(await store.workCounts()).toMatchObject({ pending: 1 });
    });

    it('answers a conflict with the current version and writes nothing', async () => {
      const { store } = current();
      const first = anAppend();
      await store.append(first);
      const late = anAppend({ dedupeId: 'late', work: [aScheduled()] });
      expect(await store.append(late)).toEqual({ kind: 'conflict', version: 1 });
      expect(await store.readEvents('RT-1')).toEqual(first.events);
      expect(await store.workCounts()).toMatchObject({ pending: 0 });
    });

    it('answers a conflict with version 0 when there is no such incident', async () => {
      const outcome = await current().store.append(anAppend({ expectedVersion: 4 }));
      expect(outcome).toEqual({ kind: 'conflict', version: 0 });
    });

    it('may be tried again with the same dedupe id after a conflict', async () => {
      const { store } = current();
      await store.append(anAppend());
      await store.append(anAppend({ dedupeId: 'click' }));
      const again = await store.append(anAppend({ dedupeId: 'click', expectedVersion: 1 }));
      expect(again).toEqual({ kind: 'appended', version: 2 });
    });

    it('answers duplicate with the version after the first append, writing nothing', async () => {
      const { store } = current();
      await store.append(anAppend({ dedupeId: 'open' }));
      await store.append(anAppend({ dedupeId: 'more', expectedVersion: 1 }));
      const repeated = anAppend({ dedupeId: 'open', work: [aScheduled()] });
      expect(await store.append(repeated)).toEqual({ kind: 'duplicate', version: 1 });
      expect(await store.readEvents('RT-1')).toHaveLength(2);
      expect(await store.workCounts()).toMatchObject({ pending: 0 });
    });

    it('recognizes a duplicate even when it was decided on the newest version', async () => {
      const { store } = current();
      await store.append(anAppend({ dedupeId: 'open' }));
      const outcome = await store.append(anAppend({ dedupeId: 'open', expectedVersion: 1 }));
      expect(outcome).toEqual({ kind: 'duplicate', version: 1 });
    });

    it('refuses events that would leave a gap, without writing', async () => {
      const { store } = current();
      const request = { ...anAppend(), events: anAppend({ expectedVersion: 1 }).events };
      await expect(store.append(request)).rejects.toMatchObject({ code: 'internal' });
      expect(await store.readState('RT-1')).toBeNull();
    });

    it('lets exactly one of two clients win every race, 500 times', async () => {
      const { store, other } = current();
      expect(await countBrokenRaces(store, other, 500)).toBe(0);
      const versions = (await store.readEvents('RT-1')).map((event) => event.version);
      expect(versions).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    });
  });

  describe('reading incidents', () => {
    it('answers null and no events when there is no such incident', async () => {
      const { store } = current();
      expect(await store.readState('RT-9')).toBeNull();
      expect(await store.readEvents('RT-9')).toEqual([]);
    });

    it('reads a long log whole and in order', async () => {
      const { store } = current();
      const request = anAppend({ eventCount: 450 });
      await store.append(request);
      expect(await store.readEvents('RT-1')).toEqual(request.events);
    });

    it('keeps hostile text exactly as it was typed', async () => {
      const { store } = current();
      const title = '"\\ \u0000 <!channel> {redthread} \u{1f525} \u2028 é';
      await store.append(anAppend({ state: { title } }));
      expect(await store.readState('RT-1')).toMatchObject({ title });
    });

    it('lists the most recently active first', async () => {
      const { store } = current();
      await store.append(anAppend({ incidentId: 'RT-A', state: { lastActivityAtMs: 2_000 } }));
      await store.append(anAppend({ incidentId: 'RT-B', state: { lastActivityAtMs: 3_000 } }));
      await store.append(anAppend({ incidentId: 'RT-C', state: { lastActivityAtMs: 1_000 } }));
      const listed = await store.listIncidents({ limit: 2 });
      expect(listed.map((incident) => incident.incidentId)).toEqual(['RT-B', 'RT-A']);
    });

    it('lists what was moved where it is now, and no longer where it was', async () => {
      const { store } = current();
      await store.append(anAppend());
      const event = {
        type: 'incident-moved',
        channelId: 'C2',
        channelName: null,
        fromChannelId: 'C1',
        fromThreadTs: null,
        fromPermalink: null,
      } as const;
      const moved = anAppend({ expectedVersion: 1, state: { channelId: 'C2' } });
      const events = [aRecordedEvent({ version: 2, event })];
      await store.append({ ...moved, events });
      const listed = async (channelId: string) =>
        (await store.listIncidents({ channelId, limit: 5 })).length;
      const open = async (channelId: string) =>
        (await store.listIncidents({ channelId, status: 'open', limit: 5 })).length;
      expect([await listed('C1'), await open('C1')]).toEqual([0, 0]);
      expect([await listed('C2'), await open('C2')]).toEqual([1, 1]);
    });

    it('summarizes the newest state of each', async () => {
      const { store } = current();
      await store.append(anAppend());
      const state = { ownerId: 'U7', title: 'Checkout is down', lastActivityAtMs: 5_000 } as const;
      const request = anAppend({ expectedVersion: 1, state: { ...state, step: 'test' } });
      await store.append(request);
      expect(await store.listIncidents({ limit: 5 })).toEqual([
        {
          incidentId: 'RT-1',
          channelId: 'C1',
          formerChannelIds: [],
          status: 'open',
          title: 'Checkout is down',
          severity: 'sev2',
          ownerId: 'U7',
          step: 'test',
          openedAtMs: request.state.openedAtMs,
          lastActivityAtMs: 5_000,
          alarmKeys: [],
          profile: { ...EMPTY_PROFILE, words: ['checkout'] },
          openedById: 'U1',
          playbookTitle: null,
          causeClass: null,
          durations: NO_DURATIONS,
          isCounted: true,
          isDrill: false,
        },
      ]);
    });

    it('lists by channel, by status, and by both', async () => {
      const { store } = current();
      await store.append(anAppend({ incidentId: 'RT-A', state: { lastActivityAtMs: 1 } }));
      await store.append(
        anAppend({ incidentId: 'RT-B', state: { channelId: 'C2', lastActivityAtMs: 2 } }),
      );
      await store.append(
        anAppend({ incidentId: 'RT-C', state: { status: 'closed', lastActivityAtMs: 3 } }),
      );
      const ids = async (filter: { channelId?: string; status?: 'open' | 'closed' }) =>
        (await store.listIncidents({ ...filter, limit: 9 })).map((incident) => incident.incidentId);
      expect(await ids({ channelId: 'C1' })).toEqual(['RT-C', 'RT-A']);
      expect(await ids({ status: 'open' })).toEqual(['RT-B', 'RT-A']);
      expect(await ids({ channelId: 'C1', status: 'open' })).toEqual(['RT-A']);
      expect(await ids({ channelId: 'C3' })).toEqual([]);
    });

    it('moves an incident between open and closed when its status changes', async () => {
      const { store } = current();
      await store.append(anAppend());
      await store.append(anAppend({ expectedVersion: 1, state: { status: 'closed' } }));
      expect(await store.listIncidents({ status: 'open', limit: 9 })).toEqual([]);
      expect(await store.listIncidents({ status: 'closed', limit: 9 })).toHaveLength(1);
      expect(await store.listIncidents({ limit: 9 })).toHaveLength(1);
    });
  });
}
