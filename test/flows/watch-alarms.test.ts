import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/domain/incident/commands.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { watchAlarms } from '../../src/flows/watch-alarms.ts';
import type { AlarmState } from '../../src/simulator/aws/cloudwatch/set-alarm-state.ts';
import { neverAborted } from '../aws/support.ts';
import { alarm, startWorld } from '../simulator/aws/replay-support.ts';
import { anAlarmChange } from '../support/alarm-builders.ts';
import { ana } from '../support/incident-builders.ts';
import { INCIDENT_ID, openDesk } from './gather-support.ts';

const MINUTE_MS = 60_000;

/** The fix is in, the alarm is still in ALARM, and the first look was taken. */
async function aWatch() {
  const alarms = {
    MetricAlarms: [alarm('checkout-5xx', { StateValue: 'ALARM' }), alarm('latency')],
  };
  const world = await startWorld({ alarms });
  const desk = await openDesk(world, () => world.clock.nowMs);
  let looks = 0;
  const next = (prefix: string): string => {
    looks += 1;
    return `${prefix}-${looks}`;
  };
  const ids = { ...desk.deps.ids, next };
  const act = (command: IncidentCommand) =>
    actOnIncident(desk.deps, {
      incidentId: INCIDENT_ID,
      command,
      actor: ana,
      dedupeId: next('act'),
    });
  for (const name of ['checkout-5xx', 'latency']) {
    const change = anAlarmChange({ name: untrusted(name), atMs: world.clock.nowMs - MINUTE_MS });
    const gatherWindow = { fromMs: change.atMs, toMs: change.atMs };
    await act({ type: 'record-alarm', change, mergedFrom: null, gatheringId: null, gatherWindow });
  }
  await act({ type: 'move-to-step', step: 'verify', reason: 'It was fixed by hand.' });
  const deps = { ...desk.deps, ids, watchMs: 15 * MINUTE_MS, watchEveryMs: MINUTE_MS };
  const look = async () => {
    await watchAlarms(deps, INCIDENT_ID, neverAborted());
    return desk.state();
  };
  const turn = (name: string, to: AlarmState, afterMin: number) => {
    world.clock.nowMs += afterMin * MINUTE_MS;
    world.setAlarmState(name, to, 'by hand');
  };
  await look();
  return { world, look, turn };
}

describe('looking at the alarms after a fix', () => {
  it('asks the history what an alarm was between two looks', async () => {
    const { look, turn } = await aWatch();
    turn('checkout-5xx', 'OK', 2);
    expect((await look()).watch?.outcome).toBe('watching');
    turn('checkout-5xx', 'ALARM', 2);
    turn('checkout-5xx', 'OK', 2);

    const state = await look();

    expect(state).toMatchObject({ step: 'hypothesize', watch: { outcome: 'fired' } });
    expect(state.verifications.at(-1)?.finding).toBe(
      'Went off again while it was watched: checkout-5xx at 11:00:00 UTC.',
    );
  });

  it('takes neither missing data nor an alarm that never was OK for a new firing', async () => {
    const { look, turn } = await aWatch();
    turn('latency', 'INSUFFICIENT_DATA', 2);
    turn('latency', 'OK', 1);
    turn('checkout-5xx', 'INSUFFICIENT_DATA', 1);
    turn('checkout-5xx', 'ALARM', 1);

    expect(await look()).toMatchObject({ step: 'verify', watch: { outcome: 'watching' } });
  });

  it('counts one that was OK at the fix and fires before the first look that sees it', async () => {
    const { look, turn } = await aWatch();
    turn('latency', 'ALARM', 2);

    expect((await look()).verifications.at(-1)?.finding).toContain('latency at 10:58:00 UTC');
  });

  it('still sees that something was wrong in between where the history may not be read', async () => {
    const { world, look, turn } = await aWatch();
    world.faults.deny('DescribeAlarmHistory');
    turn('latency', 'ALARM', 2);
    turn('latency', 'OK', 2);

    expect((await look()).verifications.at(-1)?.finding).toBe(
      'Did not stay OK between two looks: latency, OK again since 11:00:00 UTC.',
    );
  });

  it('is not quiet while CloudWatch refuses, and counts what it then proves to have stayed OK', async () => {
    const { world, look, turn } = await aWatch();
    turn('checkout-5xx', 'OK', 2);
    await look();
    const allow = world.faults.deny('DescribeAlarms');
    world.clock.nowMs += 30 * MINUTE_MS;

    const blind = await look();
    allow();
    const seen = await look();

    expect(blind.watch).toMatchObject({
      outcome: 'watching',
      unread: [{ name: 'checkout-5xx' }, { name: 'latency' }],
      trouble: expect.stringContaining('cloudwatch:DescribeAlarms'),
    });
    expect(seen.watch).toMatchObject({ outcome: 'quiet', unread: [], trouble: null });
  });
});
