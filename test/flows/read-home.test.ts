import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import { isReadable, readHome } from '../../src/flows/read-home.ts';
import {
  openHome,
  readPages,
  refreshHomeOf,
  showHome,
  turnPage,
} from '../../src/flows/refresh-home.ts';
import type { Store } from '../../src/ports.ts';
import { OPENED_AT_MS } from '../support/incident-builders.ts';
import { anAppend } from '../support/store-builders.ts';
import { aFlowBench } from './flow-support.ts';

const inChannels = (...ids: readonly string[]) => ({ channelsOf: async () => new Set(ids) });
const unknownChannels = { channelsOf: async () => null };

async function keep(store: Store, incidentId: string, state: Partial<IncidentState>) {
  await store.append(anAppend({ incidentId, state: { openedAtMs: OPENED_AT_MS, ...state } }));
}

const idsOf = (rows: readonly { readonly incidentId: string }[]) =>
  rows.map(({ incidentId }) => incidentId);

describe('what somebody may read', () => {
  const incident = { channelId: 'C1', ownerId: 'UBEN', openedById: 'UANA' };

  it('is what is told in their channels, and what they own or opened', () => {
    const readable = (userId: string, ...channels: string[]) =>
      isReadable({ userId, channelIds: new Set(channels) }, incident);

    expect([readable('UEVE', 'C1'), readable('UBEN'), readable('UANA')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([readable('UEVE'), readable('UEVE', 'C2')]).toEqual([false, false]);
  });

  it('is only their own as long as their channels are not known', () => {
    const readable = (userId: string) => isReadable({ userId, channelIds: null }, incident);

    expect([readable('UEVE'), readable('UBEN'), readable('UANA')]).toEqual([false, true, true]);
  });

  it('never depends on who owns or opened other incidents', () => {
    const channel = fc.constantFrom('C1', 'C2', 'C3');
    const person = fc.constantFrom('UANA', 'UBEN', null);
    const incidents = fc.record({ channelId: channel, ownerId: person, openedById: person });
    fc.assert(
      fc.property(incidents, fc.option(fc.array(channel), { nil: null }), (row, channels) => {
        const channelIds = channels === null ? null : new Set(channels);
        const isOurs = isReadable({ userId: 'UEVE', channelIds }, row);
        expect(isOurs).toBe(channels?.includes(row.channelId) ?? false);
      }),
    );
  });
});

describe('Home', () => {
  it('has mine first, then the severest, then the newest', async () => {
    const { deps, store } = await aFlowBench();
    await keep(store, 'RT-OLD', { severity: 'sev1', openedAtMs: OPENED_AT_MS - 1 });
    await keep(store, 'RT-NEW', { severity: 'sev1' });
    await keep(store, 'RT-LOW', { severity: 'sev4' });
    await keep(store, 'RT-MINE', { severity: 'sev4', ownerId: 'UANA' });
    const home = await readHome({ ...deps, memberships: inChannels('C1') }, 'UANA');

    expect(idsOf(home.open)).toEqual(['RT-MINE', 'RT-NEW', 'RT-OLD', 'RT-LOW']);
  });

  it('holds nothing of other channels: no title, no document, no figure', async () => {
    const { deps, store } = await aFlowBench();
    const publication = {
      ofVersion: 1,
      permalink: 'https://x.slack.com/f',
      canvasLink: null,
      atMs: OPENED_AT_MS,
    };
    const closing = { status: 'closed', publication } as const;
    await keep(store, 'RT-HERE', { ...closing });
    await keep(store, 'RT-THERE', { ...closing, channelId: 'C9', openedBy: { kind: 'bot' } });
    await keep(store, 'RT-OPEN', { channelId: 'C9', openedBy: { kind: 'bot' } });
    const memberships = inChannels('C1');
    const home = await readHome({ ...deps, memberships }, 'UANA');

    expect(home.open).toEqual([]);
    expect(idsOf(home.documents)).toEqual(['RT-HERE']);
    expect(home.figures.recent.count).toBe(1);
  });

  it('counts no incident that people never took for one', async () => {
    const { deps, store } = await aFlowBench();
    const declined = { verdict: 'declined', by: null, atMs: null, mergedInto: null } as const;
    await keep(store, 'RT-A', {});
    await keep(store, 'RT-B', { status: 'closed', proposal: declined });
    const home = await readHome({ ...deps, memberships: inChannels('C1') }, 'UANA');

    expect(home.figures.recent.count).toBe(1);
  });

  it('shows only what is theirs when Slack does not tell their channels', async () => {
    const { deps, store } = await aFlowBench();
    await keep(store, 'RT-A', { openedBy: { kind: 'bot' } });
    await keep(store, 'RT-B', { openedBy: { kind: 'bot' }, ownerId: 'UANA' });
    const home = await readHome({ ...deps, memberships: unknownChannels }, 'UANA');

    expect(home.channelIds).toBeNull();
    expect(idsOf(home.open)).toEqual(['RT-B']);
  });
});

describe('refreshing Home', () => {
  it('collapses a burst into one piece of work', async () => {
    const { deps, store, wakes } = await aFlowBench();
    await openHome(deps, 'UANA', 'event-1');
    await openHome(deps, 'UANA', 'event-1');
    await showHome(deps, 'UANA', 'tap-1');

    const work = await store.claimWork({ leaseMs: 1_000, limit: 9 });
    expect(work.map((item) => item.work)).toEqual([{ kind: 'home', userId: 'UANA' }]);
    expect(wakes()).toBe(3);
  });

  it('begins at the first pages when it is opened, and turns each list for itself', async () => {
    const { deps, store } = await aFlowBench();
    await turnPage(deps, { userId: 'UANA', list: 'open', page: 3 }, 'tap-1');
    await turnPage(deps, { userId: 'UANA', list: 'documents', page: 1 }, 'tap-2');
    expect(await readPages(store, 'UANA')).toEqual({ open: 3, documents: 1 });
    await openHome(deps, 'UANA', 'event-1');

    expect(await readPages(store, 'UANA')).toEqual({ open: 0, documents: 0 });
  });

  it('follows an incident for its owner, if they looked at Home lately', async () => {
    const { deps, store } = await aFlowBench();
    await keep(store, 'RT-A', { ownerId: 'UANA' });
    await refreshHomeOf(deps, 'RT-A');
    expect((await store.workCounts()).pending).toBe(0);
    await turnPage(deps, { userId: 'UANA', list: 'open', page: 0 }, 'tap');
    await store.claimWork({ leaseMs: 60_000, limit: 9 });
    await keep(store, 'RT-B', { ownerId: 'UBEN' });
    await refreshHomeOf(deps, 'RT-B');
    await refreshHomeOf(deps, 'RT-A');

    expect((await store.workCounts()).pending).toBe(1);
  });
});
