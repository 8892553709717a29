import { describe, expect, it } from 'vitest';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { type Redaction, redactIncident } from '../../src/flows/redact-incident.ts';
import type { Store } from '../../src/ports.ts';
import { ana } from '../support/incident-builders.ts';
import { aNoteInput, anOpenIncident, INCIDENT_ID } from './flow-support.ts';

const PASSWORD = 'hunter2-correct-horse';

function aRedaction(changes: Partial<Redaction> = {}): Redaction {
  return {
    incidentId: INCIDENT_ID,
    text: PASSWORD,
    reason: 'a password',
    actor: ana,
    dedupeId: 'redact',
    ...changes,
  };
}

let notes = 0;

function noteOf(text: string) {
  notes += 1;
  const noteId = `note-${notes}`;
  return aNoteInput({ command: { type: 'add-note', noteId, text }, dedupeId: noteId });
}

async function aBench() {
  const bench = await anOpenIncident();
  await actOnIncident(bench.deps, noteOf(`It is ${PASSWORD}.`));
  const dump = async () =>
    JSON.stringify([
      await bench.store.readEvents(INCIDENT_ID),
      await bench.store.readState(INCIDENT_ID),
      await bench.store.listIncidents({ limit: 9 }),
      await bench.store.readAudit(9),
      await bench.store.readDocument(INCIDENT_ID),
    ]);
  return { ...bench, dump };
}

describe('redacting an incident', () => {
  it('takes the text out of all that is kept, and says who did it and why', async () => {
    const { deps, store, dump } = await aBench();
    const before = await store.readEvents(INCIDENT_ID);
    const outcome = await redactIncident(deps, aRedaction());
    expect(outcome).toMatchObject({ kind: 'redacted', places: 1 });
    expect(await dump()).not.toContain(PASSWORD);
    const events = await store.readEvents(INCIDENT_ID);
    expect(events.map(({ version }) => version)).toEqual(
      Array.from({ length: before.length + 1 }, (_, index) => index + 1),
    );
    expect(events.at(-1)).toMatchObject({
      actor: ana,
      event: { type: 'record-redacted', reason: 'a password', places: 1 },
    });
    expect(await store.readAudit(1)).toMatchObject([
      { action: 'redaction', question: INCIDENT_ID, recordCount: 1, outcome: 'redacted' },
    ]);
  });

  it('takes it out of the reason as well', async () => {
    const { deps, dump } = await aBench();
    await redactIncident(deps, aRedaction({ reason: `${PASSWORD} is a password` }));
    expect(await dump()).not.toContain(PASSWORD);
  });

  it('drops the kept document, which told it', async () => {
    const { deps, store } = await aBench();
    await store.saveDocument({
      incidentId: INCIDENT_ID,
      ofVersion: 2,
      markdown: PASSWORD,
      json: PASSWORD,
      savedAtMs: 0,
    });
    await redactIncident(deps, aRedaction());
    expect(await store.readDocument(INCIDENT_ID)).toBeNull();
  });

  it('begins anew when somebody wrote in that moment, and reaches what they wrote', async () => {
    const { deps, store, dump } = await aBench();
    let isLate = false;
    const contested: Store = {
      ...store,
      rewriteIncident: async (request) => {
        if (!isLate) await actOnIncident(deps, noteOf(`Again ${PASSWORD}`));
        isLate = true;
        return store.rewriteIncident(request);
      },
    };
    const outcome = await redactIncident({ ...deps, store: contested }, aRedaction());
    expect(outcome).toMatchObject({ kind: 'redacted', places: 2 });
    expect(await dump()).not.toContain(PASSWORD);
  });

  it('happens once when Slack delivers the form twice', async () => {
    const { deps, store } = await aBench();
    await redactIncident(deps, aRedaction({ text: 'It is' }));
    await actOnIncident(deps, noteOf('It is again'));
    const again = await redactIncident(deps, aRedaction({ text: 'It is' }));
    expect(again).toMatchObject({ kind: 'redacted', places: 1 });
    const events = await store.readEvents(INCIDENT_ID);
    expect(events.filter(({ event }) => event.type === 'record-redacted')).toHaveLength(1);
  });

  it.each([
    ['a text that is nowhere', { text: 'nowhere at all' }, /nowhere in the record/],
    ['a text of three characters', { text: 'abc' }, /at least 4 characters/],
    [
      'a word that the record is made of',
      { text: 'sev2' },
      /word that the record itself is made of/,
    ],
    ['no reason', { reason: '  ' }, /reason is missing/i],
    ['an unknown incident', { incidentId: 'RT-NONE1' }, /There is no such incident/],
  ])('refuses %s with a clear sentence, and changes nothing', async (_what, changes, sentence) => {
    const { deps, dump } = await aBench();
    const before = await dump();
    const outcome = await redactIncident(deps, aRedaction(changes));
    expect(outcome).toEqual({ kind: 'rejected', sentence: expect.stringMatching(sentence) });
    expect(await dump()).toBe(before);
  });
});
