import type { Alarm, AlarmTransition } from '../../src/domain/alarm/alarm.ts';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { type ActInput, actOnIncident } from '../../src/flows/act-on-incident.ts';
import { gatherEvidence } from '../../src/flows/gather-evidence.ts';
import type { GatherDependencies } from '../../src/flows/gathering.ts';
import { rankAgain } from '../../src/flows/rank-again.ts';
import { lookAgainAtChanges } from '../../src/flows/second-look-evidence.ts';
import type { AlarmReading, AlarmSource, Work } from '../../src/ports.ts';
import { aStore, neverAborted } from '../aws/support.ts';
import { minutes } from '../domain/investigation/builders.ts';
import { openCommand } from '../support/incident-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { createMemoryActivity, type MemoryActivityOptions } from '../support/memory-activity.ts';

const incidentId = 'RT-7K3F9';
const gatheringId = 'gathering-1';

/** What AWS holds; the test may change it on the way. */
export interface MemoryAws {
  records: readonly TrailRecord[];
  alarms: readonly Alarm[];
  transitions: readonly AlarmTransition[];
  troubles?: MemoryActivityOptions['troubles'];
}

export type RankingDesk = Awaited<ReturnType<typeof openRankingDesk>>;

/** An incident opened ten minutes after the onset of the stories, in front of AWS in memory. */
export async function openRankingDesk(
  aws: MemoryAws,
  opened: Parameters<typeof openCommand>[0] = {},
) {
  const store = await aStore();
  const acts: ActInput[] = [];
  const activities: ReturnType<typeof createMemoryActivity>[] = [];
  const clock = { ms: minutes(10) };
  const log = createKeptLog();
  const deps: GatherDependencies = {
    store,
    clock: { nowMs: () => clock.ms },
    ids: { next: (prefix) => `${prefix}-1`, incidentId: () => incidentId },
    log,
    wakeWorkers: () => undefined,
    activity: {
      lookbackMaxMs: 90 * 86_400_000,
      deliveryLagMs: 15 * 60_000,
      readPages: (request, signal) => {
        const activity = createMemoryActivity({
          records: aws.records,
          ...(aws.troubles !== undefined && { troubles: aws.troubles }),
        });
        activities.push(activity);
        return activity.readPages(request, signal);
      },
    },
    alarms: memoryAlarms(aws),
    scopeOf: () => ({
      targets: ['eu-west-1', 'us-east-1'].map((region) => ({ accountId: null, region })),
      accountNames: new Map(),
    }),
    act: (flowDeps, input) => {
      acts.push(input);
      return actOnIncident(flowDeps, input);
    },
  };
  await actOnIncident(deps, {
    incidentId,
    command: openCommand({ startedAtMs: null, ...opened }),
    actor: { kind: 'person', userId: 'UANA' },
    dedupeId: 'open',
  });
  const rankWork = (occasion: Extract<Work, { kind: 'rank' }>['occasion']) =>
    ({ kind: 'rank', incidentId, gatheringId: null, occasion }) as const;
  return {
    aws,
    deps,
    acts,
    clock,
    log,
    requests: () => activities.flatMap(({ requests }) => requests),
    callCount: () => activities.reduce((sum, { calls }) => sum + calls.length, 0),
    gather: (changes: Partial<GatherDependencies> = {}, signal = neverAborted()) =>
      gatherEvidence({ ...deps, ...changes }, { incidentId, gatheringId }, signal),
    /** What was asked for last. */
    gatherLast: async () => {
      const last = (await store.readState(incidentId))?.gatherings.at(-1)?.gatheringId ?? '';
      await gatherEvidence(deps, { incidentId, gatheringId: last }, neverAborted());
    },
    /** Something that Ana does. */
    act: (command: IncidentCommand) =>
      actOnIncident(deps, {
        incidentId,
        command,
        actor: { kind: 'person', userId: 'UANA' },
        dedupeId: `${command.type} at ${clock.ms}`,
      }),
    look: (look: number, changes: Partial<GatherDependencies> = {}) =>
      lookAgainAtChanges(
        { ...deps, ...changes },
        { kind: 'gather', incidentId, gatheringId, look },
        neverAborted(),
      ),
    rankAgain: (
      occasion: Parameters<typeof rankWork>[0],
      changes: Partial<GatherDependencies> = {},
    ) => rankAgain({ ...deps, ...changes }, rankWork(occasion), neverAborted()),
    rankings: () =>
      acts.flatMap(({ command }) => (command.type === 'rank-causes' ? command.ranking : [])),
    eventsOf: async (type: string) =>
      (await store.readEvents(incidentId)).filter(({ event }) => event.type === type),
    claim: async () =>
      (await store.claimWork({ leaseMs: 1_000, limit: 100 })).map(({ work }) => work),
    state: async (): Promise<IncidentState> => {
      const state = await store.readState(incidentId);
      if (state === null) throw new Error('There is no incident.');
      return state;
    },
  };
}

function memoryAlarms(aws: MemoryAws): AlarmSource {
  const answer = <T>(items: readonly T[]): AlarmReading<T> => ({
    outcome: items.length > 0 ? 'found' : 'nothing',
    accountId: '111122223333',
    items,
    skippedCount: 0,
    truncated: false,
    explanation: null,
  });
  return {
    readAlarms: async ({ target, names }) =>
      answer(
        aws.alarms.filter(
          ({ region, name, state }) =>
            region === target.region && (names === null ? state === 'ALARM' : names.includes(name)),
        ),
      ),
    readTransitions: async ({ target, fromMs, toMs }) =>
      answer(
        aws.transitions.filter(
          ({ region, atMs }) => region === target.region && atMs >= fromMs && atMs <= toMs,
        ),
      ),
    readContributors: async () => answer([]),
    readTags: async () => answer([]),
  };
}
