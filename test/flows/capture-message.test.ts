import { describe, expect, it } from 'vitest';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { type CaptureInput, captureMessage } from '../../src/flows/capture-message.ts';
import { ana, openCommand } from '../support/incident-builders.ts';
import { aFlowBench, anOpenIncident, INCIDENT_ID } from './flow-support.ts';

function aCapture(changes: Partial<CaptureInput> = {}): CaptureInput {
  return {
    place: { channelId: 'C1', threadTs: null },
    message: {
      channelId: 'C1',
      messageTs: '1772966460.000100',
      authorId: 'UBEN',
      text: 'first complaint',
      permalink: null,
    },
    actorId: 'UANA',
    dedupeId: 'event:T1:Ev1',
    ...changes,
  };
}

describe('putting a message on the timeline', () => {
  it('keeps who wrote it and when, not who put it there', async () => {
    const { deps, store } = await anOpenIncident();
    const outcome = await captureMessage(deps, aCapture());
    expect(outcome).toMatchObject({ kind: 'captured', incidentId: INCIDENT_ID });
    expect((await store.readState(INCIDENT_ID))?.capturedMessages).toEqual([
      expect.objectContaining({
        authorId: 'UBEN',
        text: 'first complaint',
        writtenAtMs: 1_772_966_460_000,
      }),
    ]);
  });

  it('takes the same event twice for one', async () => {
    const { deps, store } = await anOpenIncident();
    const outcomes = await Promise.all([
      captureMessage(deps, aCapture()),
      captureMessage(deps, aCapture()),
    ]);
    expect(outcomes.map((outcome) => outcome.incidentId)).toEqual([INCIDENT_ID, INCIDENT_ID]);
    expect((await store.readState(INCIDENT_ID))?.capturedMessages).toHaveLength(1);
  });

  it('says so when it is there, which somebody else may have done', async () => {
    const { deps } = await anOpenIncident();
    await captureMessage(deps, aCapture());
    const again = await captureMessage(deps, aCapture({ actorId: 'UBEN', dedupeId: 'event 2' }));
    expect(again).toMatchObject({
      kind: 'captured',
      sentence: `This is on the timeline of ${INCIDENT_ID} already.`,
    });
  });

  it('says where to open a session when there is none', async () => {
    const { deps } = await aFlowBench();
    expect(await captureMessage(deps, aCapture())).toEqual({
      kind: 'nowhere',
      incidentId: null,
      sentence: expect.stringContaining('/triage'),
    });
  });

  it('asks for a thread when several sessions are open', async () => {
    const { deps, store } = await anOpenIncident();
    const command = openCommand({ incidentId: 'RT-2', gatheringId: 'rt-2-g1' });
    await actOnIncident(deps, { incidentId: 'RT-2', command, actor: ana, dedupeId: 'open 2' });
    const outcome = await captureMessage(deps, aCapture());
    expect(outcome).toMatchObject({ kind: 'refused', incidentId: null });
    expect(outcome.sentence).toContain('Several');
    expect((await store.readState('RT-2'))?.capturedMessages).toEqual([]);
  });
});
