import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { type TakeAlarmDependencies, takeAlarm } from '../../src/flows/take-alarm.ts';
import { createIds } from '../../src/observe/ids.ts';
import type { AlarmRoute, Store } from '../../src/ports.ts';
import { anAlarmChange, FIRED_AT_MS } from '../support/alarm-builders.ts';
import { ana } from '../support/incident-builders.ts';
import { aFlowBench } from './flow-support.ts';

const route: AlarmRoute = { kind: 'open', channelId: 'C1', severity: 'sev2' };
export const LATER_MS = 10 * 60_000;

/** What taking alarms needs, a while after the first one fired; all go to one channel. */
export async function aBench(changes: Partial<TakeAlarmDependencies> = {}) {
  const bench = await aFlowBench({
    ids: createIds(),
    clock: { nowMs: () => FIRED_AT_MS + 2 * LATER_MS },
  });
  const deps = { ...bench.deps, teamId: 'T1', routeOf: () => route, ...changes };
  return { ...bench, deps, take: (change = anAlarmChange()) => takeAlarm(deps, change) };
}

/** The incident that `checkout-5xx` opens. */
export async function opened(bench: Awaited<ReturnType<typeof aBench>>): Promise<string> {
  const outcome = await bench.take();
  return outcome.kind === 'opened' ? outcome.incidentId : '';
}

export const by = (deps: TakeAlarmDependencies, incidentId: string, type: 'accept' | 'decline') =>
  actOnIncident(deps, {
    incidentId,
    command:
      type === 'accept'
        ? { type: 'accept-proposal' }
        : { type: 'decline-proposal', reason: 'A load test' },
    actor: ana,
    dedupeId: `${type} ${incidentId}`,
  });

export const listed = (store: Store) => store.listIncidents({ limit: 100 });
