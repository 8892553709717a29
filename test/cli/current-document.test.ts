import { afterEach, describe, expect, it } from 'vitest';
import { currentDocument } from '../../src/cli/current-document.ts';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { writeDocument } from '../../src/flows/write-document.ts';
import { anOpenIncident, type FlowBench, INCIDENT_ID } from '../flows/flow-support.ts';
import { ana } from '../support/incident-builders.ts';

let bench: FlowBench | undefined;
afterEach(async () => {
  await bench?.store.close();
});

const people = { describe: async (userId: string) => ({ userId, name: 'Ana', timeZone: 'UTC' }) };

async function act(command: IncidentCommand): Promise<void> {
  const { deps } = bench as FlowBench;
  await actOnIncident(deps, {
    incidentId: INCIDENT_ID,
    command,
    actor: ana,
    dedupeId: command.type,
  });
}

describe('the document that is exported', () => {
  it('is the kept one as long as it tells the whole record', async () => {
    bench = await anOpenIncident();
    const kept = await writeDocument({ ...bench.deps, people }, INCIDENT_ID);

    expect(await currentDocument(bench.deps, INCIDENT_ID)).toEqual(kept);
  });

  it('is written anew where the incident went on after it was exported, with the names it had', async () => {
    bench = await anOpenIncident();
    const links = new Map([['root', 'https://example.slack.com/archives/C1/p1']]);
    await writeDocument({ ...bench.deps, people }, INCIDENT_ID, links);
    await act({ type: 'close-incident', reason: 'It was nothing.' });

    const document = await currentDocument(bench.deps, INCIDENT_ID);

    expect(document?.markdown).toContain('- **Status:** closed');
    expect(document?.markdown).toContain('by Ana');
    expect(document?.markdown).toContain('https://example.slack.com/archives/C1/p1');
    expect(await bench.store.readDocument(INCIDENT_ID)).toEqual(document);
  });

  it('tells that it was reopened', async () => {
    bench = await anOpenIncident();
    await act({ type: 'close-incident', reason: 'It was nothing.' });
    await writeDocument({ ...bench.deps, people }, INCIDENT_ID);
    await act({ type: 'reopen-incident', reason: 'It was something.' });

    const document = await currentDocument(bench.deps, INCIDENT_ID);

    expect(document?.markdown).toContain('- **Status:** open');
    expect(document?.markdown).toContain('It was something.');
  });

  it('is none where there is no such incident', async () => {
    bench = await anOpenIncident();

    expect(await currentDocument(bench.deps, 'RT-NONE1')).toBeNull();
  });
});
