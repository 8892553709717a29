import { createAlarmSource } from '../../src/aws/cloudwatch/alarm-source.ts';
import type { Evidence } from '../../src/domain/incident/evidence.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import { type ActInput, actOnIncident } from '../../src/flows/act-on-incident.ts';
import { gatherEvidence } from '../../src/flows/gather-evidence.ts';
import type { GatherDependencies } from '../../src/flows/gathering.ts';
import type { Clock } from '../../src/ports.ts';
import type { AwsReplay } from '../../src/simulator/aws/start-aws-replay.ts';
import { anAwsSide, neverAborted } from '../aws/support.ts';
import { atMs } from '../simulator/aws/replay-support.ts';
import { openCommand } from '../support/incident-builders.ts';
import { createKeptLog } from '../support/kept-log.ts';

export const INCIDENT_ID = 'RT-7K3F9';
export const GATHERING_ID = 'gathering-1';
const work = { incidentId: INCIDENT_ID, gatheringId: GATHERING_ID };

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** An incident just opened, its first gathering requested, in front of a replayed account. */
export async function openDesk(
  replay: AwsReplay,
  nowMs: Clock['nowMs'],
  opened: Parameters<typeof openCommand>[0] = {},
) {
  const { activity, clients, store } = await anAwsSide({
    endpoint: replay.endpointUrl,
    attemptsMax: 1,
  });
  const log = createKeptLog();
  const acts: ActInput[] = [];
  const deps: GatherDependencies = {
    store,
    clock: { nowMs },
    ids: { next: (prefix) => `${prefix}-1`, incidentId: () => INCIDENT_ID },
    log,
    wakeWorkers: () => undefined,
    activity,
    alarms: createAlarmSource({ clients, log }),
    scopeOf: () => ({
      targets: [
        { accountId: null, region: 'eu-west-1' },
        { accountId: null, region: 'us-east-1' },
      ],
      accountNames: new Map(),
    }),
    act: (flowDeps, input) => {
      acts.push(input);
      return actOnIncident(flowDeps, input);
    },
  };
  await actOnIncident(deps, {
    incidentId: INCIDENT_ID,
    command: openCommand({ startedAtMs: nowMs() - 14 * 60_000, ...opened }),
    actor: { kind: 'person', userId: 'UANA' },
    dedupeId: 'open',
  });
  return {
    deps,
    acts,
    log,
    gather: (changes: Partial<GatherDependencies> = {}, signal = neverAborted()) =>
      gatherEvidence({ ...deps, ...changes }, work, signal),
    state: async (): Promise<IncidentState> => {
      const state = await store.readState(INCIDENT_ID);
      if (state === null) throw new Error('There is no incident.');
      return state;
    },
  };
}

type EvidenceOf<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>;

export function evidenceOf<K extends Evidence['kind']>(
  state: IncidentState,
  kind: K,
): EvidenceOf<K> {
  const found = state.evidence.find(
    (evidence): evidence is EvidenceOf<K> => evidence.kind === kind,
  );
  if (found === undefined) throw new Error(`There is no evidence of ${kind}.`);
  return found;
}

/** Fields of a record made so many seconds before the replayed now. */
export const at = (secondsAgo: number, more: object = {}) => ({
  eventTime: new Date(atMs - secondsAgo * 1_000).toISOString().replace('.000', ''),
  ...more,
});
