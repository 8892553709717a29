import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { findCaptured } from '../../src/flows/find-captured.ts';
import { ana, OPENED_AT_MS, openCommand } from '../support/incident-builders.ts';
import { anOpenIncident, type FlowBench, INCIDENT_ID } from './flow-support.ts';

const messageTs = `${OPENED_AT_MS / 1_000}.000100`;
const message = { channelId: 'C1', messageTs, threadTs: null };
const capture = {
  type: 'capture-message',
  channelId: 'C1',
  messageTs,
  authorId: 'UBEN',
  text: 'first complaint',
  permalink: null,
  writtenAtMs: OPENED_AT_MS,
} as const;
const close = { type: 'close-incident', reason: 'Enough.' } as const;
const move = {
  type: 'relocate-incident',
  channelId: 'C2',
  channelName: null,
  fromPermalink: null,
} as const;

async function act({ deps }: FlowBench, incidentId: string, ...commands: IncidentCommand[]) {
  for (const command of commands) {
    const dedupeId = `${incidentId} ${command.type}`;
    await actOnIncident(deps, { incidentId, command, actor: ana, dedupeId });
  }
}

async function openAnother(bench: FlowBench, ...commands: IncidentCommand[]) {
  const open = openCommand({ incidentId: 'RT-2', gatheringId: 'rt-2-g1' });
  await act(bench, 'RT-2', open, ...commands);
}

describe('the incident that holds a message', () => {
  it('is found among several that are open in its channel', async () => {
    const bench = await anOpenIncident();
    await openAnother(bench);
    await act(bench, INCIDENT_ID, capture);
    expect(await findCaptured(bench.deps, message)).toEqual([INCIDENT_ID]);
  });

  it('is found when it is closed, and beside another that holds it too', async () => {
    const bench = await anOpenIncident();
    await act(bench, INCIDENT_ID, capture, close);
    await openAnother(bench, capture);
    expect([...(await findCaptured(bench.deps, message))].sort()).toEqual(['RT-2', INCIDENT_ID]);
  });

  it('is found where it was written, after the incident has left and was closed', async () => {
    const bench = await anOpenIncident();
    await act(bench, INCIDENT_ID, capture, move, close);
    expect(await findCaptured(bench.deps, message)).toEqual([INCIDENT_ID]);
    expect(await findCaptured(bench.deps, { ...message, channelId: 'C2' })).toEqual([]);
  });

  it('is none for a message that nobody put on a timeline', async () => {
    const bench = await anOpenIncident();
    expect(await findCaptured(bench.deps, message)).toEqual([]);
  });
});
