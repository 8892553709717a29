import { afterEach, describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import type { Actor } from '../../src/domain/incident/events.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { writeDocument } from '../../src/flows/write-document.ts';
import type { People } from '../../src/ports.ts';
import { aCoverage, aTrailRecord } from '../support/full-incident.ts';
import { ana, bot, commands } from '../support/incident-builders.ts';
import { anOpenIncident, type FlowBench, INCIDENT_ID } from './flow-support.ts';

let bench: FlowBench | undefined;
afterEach(async () => {
  await bench?.store.close();
});

/** Knows everybody by `name of <id>`, and keeps whom it was asked about. */
function aDirectory(): People & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    describe: async (userId) => {
      asked.push(userId);
      return { userId, name: `name of ${userId}`, timeZone: 'UTC' };
    },
  };
}

async function anIncidentWith(
  ...story: readonly (readonly [IncidentCommand, Actor])[]
): Promise<FlowBench> {
  const opened = await anOpenIncident();
  for (const [index, [command, actor]] of story.entries()) {
    await actOnIncident(opened.deps, {
      incidentId: INCIDENT_ID,
      command,
      actor,
      dedupeId: `story ${index}`,
    });
  }
  return opened;
}

describe('the written document', () => {
  it('names who acted, who is named and whom people mentioned', async () => {
    bench = await anIncidentWith(
      [{ type: 'assign-owner', ownerId: 'UOWNER' }, ana],
      [{ ...commands.state, symptoms: 'As <@UMENTIONED|carla> said: 503.' }, ana],
    );
    const people = aDirectory();

    const document = await writeDocument({ ...bench.deps, people }, INCIDENT_ID);

    expect(people.asked.toSorted()).toEqual(['UANA', 'UMENTIONED', 'UOWNER']);
    expect(document?.markdown).toContain('As name of UMENTIONED said: 503.');
  });

  it('asks Slack about nobody for capital words that people or AWS wrote', async () => {
    const records = [aTrailRecord({ errorMessage: untrusted('UNAUTHORIZED <@UEVIL>') })];
    bench = await anIncidentWith(
      [{ ...commands.state, symptoms: 'USERS SEE WARNINGS' }, ana],
      [
        {
          type: 'record-evidence',
          evidence: {
            kind: 'changes',
            evidenceId: 'evidence-1',
            gatheringId: null,
            coverage: aCoverage({ query: 'UPDATES <@UEVIL>' }),
            records,
          },
        },
        bot,
      ],
    );
    const people = aDirectory();

    await writeDocument({ ...bench.deps, people }, INCIDENT_ID);

    expect(people.asked).toEqual(['UANA']);
  });
});
