import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import { DEFAULT_NUDGES } from '../../src/domain/incident/nudging.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { type NudgeDependencies, nudgePeople } from '../../src/flows/nudge-people.ts';
import { PATIENT_WORK } from '../../src/store/limits.ts';
import { ana, MINUTE_MS, OPENED_AT_MS } from '../support/incident-builders.ts';
import { anOpenIncident, INCIDENT_ID } from './flow-support.ts';

const EVERY_MS = 5 * MINUTE_MS;

/** A SEV2 without an owner, and a clock and a thread that the test moves. */
async function aBench() {
  let nowMs = OPENED_AT_MS;
  let talkedAtMs: number | null = null;
  const asked: number[] = [];
  const bench = await anOpenIncident({ clock: { nowMs: () => nowMs } });
  const deps: NudgeDependencies = {
    ...bench.deps,
    people: {
      describe: async (userId) => ({ userId, name: userId, timeZone: 'Europe/Berlin' }),
    },
    nudges: DEFAULT_NUDGES,
    nudgeEveryMs: EVERY_MS,
    talkedSince: async (_state, sinceMs) => {
      asked.push(sinceMs);
      return talkedAtMs;
    },
  };
  const nudges = async () =>
    (await bench.store.readEvents(INCIDENT_ID)).filter(({ event }) => event.type === 'nudge-sent');
  return {
    asked,
    deps,
    store: bench.store,
    nudges,
    nudge: () => nudgePeople(deps, INCIDENT_ID),
    at: (minutes: number) => {
      nowMs = OPENED_AT_MS + minutes * MINUTE_MS;
    },
    talk: (minutes: number) => {
      talkedAtMs = OPENED_AT_MS + minutes * MINUTE_MS;
    },
  };
}

describe('reminding people', () => {
  it('comes back when it is due, and asks Slack for nothing before', async () => {
    const { nudge, nudges, at, asked } = await aBench();
    at(2);
    expect(await nudge()).toEqual({ kind: 'later', delayMs: 3 * MINUTE_MS });
    expect(asked).toEqual([]);
    at(5);
    expect(await nudge()).toEqual({ kind: 'later', delayMs: EVERY_MS });
    expect(await nudges()).toHaveLength(1);
  });

  it('is put off by what people say, which is on no record', async () => {
    const { nudge, nudges, at, talk } = await aBench();
    talk(4);
    at(5);
    expect(await nudge()).toEqual({ kind: 'later', delayMs: 4 * MINUTE_MS });
    expect(await nudges()).toEqual([]);
  });

  it('records nothing twice, however often it runs, and looks less often then', async () => {
    const { nudge, nudges, at } = await aBench();
    at(5);
    await Promise.all([nudge(), nudge()]);
    at(600);
    expect(await nudge()).toEqual({ kind: 'later', delayMs: 6 * EVERY_MS });
    expect(await nudges()).toHaveLength(1);
  });

  it('comes again when people have talked since and then went quiet', async () => {
    const { nudge, nudges, at, talk } = await aBench();
    at(5);
    await nudge();
    talk(20);
    at(25);
    await nudge();
    expect(await nudges()).toHaveLength(2);
  });

  it.each([
    ['in its first step', [{ type: 'close-incident', reason: 'Over by itself' }]],
    [
      'after they were stopped',
      [{ type: 'stop-nudges' }, { type: 'close-incident', reason: 'Over by itself' }],
    ],
  ] as const)('begins anew with an incident reopened %s', async (_when, before) => {
    const { nudge, nudges, at, deps, store } = await aBench();
    const act = (command: IncidentCommand) =>
      actOnIncident(deps, { incidentId: INCIDENT_ID, actor: ana, command, dedupeId: command.type });
    for (const command of before) await act(command);
    for (const item of await store.claimWork({ leaseMs: 1_000, limit: 99 })) {
      await store.completeWork(item);
    }
    at(10);
    await act({ type: 'reopen-incident', reason: 'It is back' });
    const works = await store.claimWork({ leaseMs: 1_000, limit: 99 });
    const nudging = works.filter(({ work }) => work.kind === 'nudge');
    // By this the stores know that nobody waits for it.
    expect(nudging.map(({ workId }) => workId.startsWith(PATIENT_WORK))).toEqual([true]);
    at(15);
    await nudge();
    expect(await nudges()).toHaveLength(1);
  });

  it('is over once they are stopped or the incident is closed', async () => {
    const { nudge, deps } = await aBench();
    const input = { incidentId: INCIDENT_ID, actor: ana, dedupeId: 'stop' } as const;
    await actOnIncident(deps, { ...input, command: { type: 'stop-nudges' } });
    expect(await nudge()).toEqual({ kind: 'done' });
    expect(await nudgePeople(deps, 'RT-NONE')).toEqual({ kind: 'done' });
  });
});
