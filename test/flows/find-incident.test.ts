import { describe, expect, it } from 'vitest';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { findIncident } from '../../src/flows/find-incident.ts';
import { ana, openCommand } from '../support/incident-builders.ts';
import { aMessage } from '../support/store-builders.ts';
import { aFlowBench, type FlowBench } from './flow-support.ts';

async function opened(bench: FlowBench, ...ids: readonly string[]): Promise<FlowBench> {
  for (const incidentId of ids) {
    const command = openCommand({ incidentId, gatheringId: `${incidentId}-g1` });
    await actOnIncident(bench.deps, { incidentId, command, actor: ana, dedupeId: incidentId });
  }
  return bench;
}

const inChannel = { channelId: 'C1', threadTs: null };

describe('which incident somebody means', () => {
  it('is the one that is open in the channel', async () => {
    const { deps } = await opened(await aFlowBench(), 'RT-1');
    expect(await findIncident(deps, inChannel)).toEqual({ kind: 'one', incidentId: 'RT-1' });
  });

  it('is asked when several are open, at most five of them', async () => {
    const ids = Array.from({ length: 7 }, (_, index) => `RT-${index}`);
    const { deps } = await opened(await aFlowBench(), ...ids);
    const found = await findIncident(deps, inChannel);
    expect(found.kind === 'several' && found.choices.length).toBe(5);
  });

  it("is the thread's own, also when others are open, and also when it is closed", async () => {
    const { deps, store } = await opened(await aFlowBench(), 'RT-1', 'RT-2');
    await store.saveMessage(aMessage({ incidentId: 'RT-1', ts: '1.1', threadTs: '1.1' }));
    const place = { channelId: 'C1', threadTs: '1.1' };
    expect(await findIncident(deps, place)).toEqual({ kind: 'one', incidentId: 'RT-1' });
    const command = { type: 'close-incident', reason: 'false alarm' } as const;
    await actOnIncident(deps, { incidentId: 'RT-1', command, actor: ana, dedupeId: 'close' });
    expect(await findIncident(deps, place)).toEqual({ kind: 'one', incidentId: 'RT-1' });
  });

  it('is the one open in the channel in a thread that belongs to none', async () => {
    const { deps } = await opened(await aFlowBench(), 'RT-1');
    const found = await findIncident(deps, { channelId: 'C1', threadTs: '9.9' });
    expect(found).toEqual({ kind: 'one', incidentId: 'RT-1' });
  });

  it('is none in another channel, and the closed ones are named', async () => {
    const { deps } = await opened(await aFlowBench(), 'RT-1');
    expect(await findIncident(deps, { channelId: 'C2', threadTs: null })).toEqual({
      kind: 'none',
      recent: [],
      movedAway: [],
    });
    const command = { type: 'close-incident', reason: 'false alarm' } as const;
    await actOnIncident(deps, { incidentId: 'RT-1', command, actor: ana, dedupeId: 'close' });
    const found = await findIncident(deps, inChannel);
    expect(found.kind === 'none' && found.recent.map((row) => row.incidentId)).toEqual(['RT-1']);
  });
});
