import { describe, expect, it } from 'vitest';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { type OpenInput, openIncident } from '../../src/flows/open-incident.ts';
import { ana, ben, openCommand } from '../support/incident-builders.ts';
import { aFlowBench, INCIDENT_ID } from './flow-support.ts';

function anOpening(changes: Partial<OpenInput> = {}): OpenInput {
  return {
    title: 'Checkout returns 5xx',
    teamId: 'T1',
    channelId: 'C1',
    threadTs: null,
    sourcePermalink: null,
    startedAtMs: null,
    severity: 'sev2',
    alarmNames: [],
    resources: [],
    regions: [],
    actor: ana,
    dedupeId: 'command:T1:1.2.3',
    replyUrl: 'https://hooks.slack.com/x',
    ...changes,
  };
}

describe('opening an incident', () => {
  it('schedules its card and its first gathering in the same step', async () => {
    const { deps, store, wakes } = await aFlowBench();
    const outcome = await openIncident(deps, anOpening());
    expect(outcome).toMatchObject({ kind: 'opened', state: { incidentId: INCIDENT_ID } });
    const work = await store.claimWork({ leaseMs: 1_000, limit: 10 });
    expect(work.map((item) => item.workId).sort()).toEqual([
      'gather-rt-7k3f9-g1',
      `nudge-${INCIDENT_ID}`,
      `recall-${INCIDENT_ID}`,
      `render-${INCIDENT_ID}`,
    ]);
    expect(wakes()).toBe(1);
  });

  it('opens one for thirty deliveries of one input at once', async () => {
    const { deps, store } = await aFlowBench();
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () => openIncident(deps, anOpening())),
    );
    expect(
      new Set(outcomes.map((outcome) => outcome.kind === 'opened' && outcome.state.incidentId)),
    ).toEqual(new Set([INCIDENT_ID]));
    expect(await store.listIncidents({ limit: 10 })).toHaveLength(1);
  });

  it('answers a late delivery with the incident as it is by then', async () => {
    const { deps } = await aFlowBench();
    await openIncident(deps, anOpening());
    const command = { type: 'assign-owner', ownerId: 'UBEN' } as const;
    await actOnIncident(deps, { incidentId: INCIDENT_ID, command, actor: ben, dedupeId: 'take' });
    const late = await openIncident(deps, anOpening());
    expect(late).toMatchObject({ kind: 'opened', state: { ownerId: 'UBEN' } });
  });

  it('takes the next id when the short one belongs to another incident', async () => {
    const { deps, store } = await aFlowBench();
    await actOnIncident(deps, {
      incidentId: INCIDENT_ID,
      command: openCommand({ incidentId: INCIDENT_ID, channelId: 'C9' }),
      actor: ben,
      dedupeId: 'of somebody else',
    });
    const first = await openIncident(deps, anOpening());
    const again = await openIncident(deps, anOpening());
    expect([first, again].map((one) => one.kind === 'opened' && one.state.incidentId)).toEqual([
      'RT-SALT1',
      'RT-SALT1',
    ]);
    expect((await store.readState(INCIDENT_ID))?.channelId).toBe('C9');
    expect(await store.listIncidents({ limit: 10 })).toHaveLength(2);
  });

  it('gives up when no id is free', async () => {
    const { deps } = await aFlowBench();
    const ids = { ...deps.ids, incidentId: () => INCIDENT_ID };
    await openIncident({ ...deps, ids }, anOpening());
    await expect(
      openIncident({ ...deps, ids }, anOpening({ dedupeId: 'another', channelId: 'C2' })),
    ).rejects.toMatchObject({ code: 'internal' });
  });

  it('refuses an empty title with a sentence and writes nothing', async () => {
    const { deps, store } = await aFlowBench();
    const outcome = await openIncident(deps, anOpening({ title: ' \u200b ' }));
    expect(outcome).toMatchObject({ kind: 'rejected', sentence: expect.stringMatching(/title/i) });
    expect(await store.listIncidents({ limit: 10 })).toEqual([]);
    expect((await store.workCounts()).pending).toBe(0);
  });
});
