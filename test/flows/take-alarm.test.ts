import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUndecided } from '../../src/domain/incident/incident-alarms.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { takeAlarm } from '../../src/flows/take-alarm.ts';
import type { Store } from '../../src/ports.ts';
import { anAlarmChange, anAllClear, FIRED_AT_MS } from '../support/alarm-builders.ts';
import { ana, openCommand } from '../support/incident-builders.ts';
import { aBench, by, LATER_MS, listed, opened } from './alarm-support.ts';

describe('an alarm that fires', () => {
  it('opens an incident with what it knows, and evidence on its way', async () => {
    const bench = await aBench();
    const state = await bench.store.readState(await opened(bench));
    expect(state).toMatchObject({
      title: 'Alarm checkout-5xx',
      channelId: 'C1',
      severity: 'sev2',
      startedAtMs: FIRED_AT_MS - 120_000,
      alarmNames: ['checkout-5xx'],
      regions: ['eu-west-1'],
      openedBy: { kind: 'bot' },
    });
    const kinds = (await bench.store.claimWork({ leaseMs: 1_000, limit: 9 })).map(
      ({ work }) => work.kind,
    );
    expect(kinds).toContain('gather');
  });

  it('is known when the same report comes again, before and after somebody accepted', async () => {
    const bench = await aBench();
    const incidentId = await opened(bench);
    expect(await bench.take()).toEqual({ kind: 'known', incidentId });
    await by(bench.deps, incidentId, 'accept');
    expect(await bench.take()).toEqual({ kind: 'known', incidentId });
    expect(await listed(bench.store)).toHaveLength(1);
  });

  it('is put on the record of its open incident when it fires again', async () => {
    const bench = await aBench();
    const incidentId = await opened(bench);
    await by(bench.deps, incidentId, 'accept');
    expect(await bench.take(anAllClear())).toEqual({ kind: 'recorded', incidentId });
    const again = anAlarmChange({ atMs: FIRED_AT_MS + LATER_MS });
    expect(await bench.take(again)).toEqual({ kind: 'recorded', incidentId });
    const state = await bench.store.readState(incidentId);
    expect(state?.alarms).toMatchObject([{ firingCount: 2 }]);
  });

  it('asks no more about a firing that was no incident, and anew about the next one', async () => {
    const bench = await aBench();
    const incidentId = await opened(bench);
    await by(bench.deps, incidentId, 'decline');
    const flapped = anAlarmChange({ atMs: FIRED_AT_MS + LATER_MS, from: 'INSUFFICIENT_DATA' });
    expect(await bench.take(flapped)).toEqual({ kind: 'known', incidentId });
    expect(await bench.take(anAllClear())).toEqual({ kind: 'recorded', incidentId });
    const next = await bench.take(anAlarmChange({ atMs: FIRED_AT_MS + LATER_MS }));
    expect(next.kind).toBe('opened');
    expect(await listed(bench.store)).toHaveLength(2);
  });

  it('opens a second incident after the first one was closed and it was OK, reported or not', async () => {
    const bench = await aBench();
    const incidentId = await opened(bench);
    await by(bench.deps, incidentId, 'decline');
    const next = await bench.take(anAlarmChange({ atMs: FIRED_AT_MS + LATER_MS, from: 'OK' }));
    expect(next.kind).toBe('opened');
  });

  it.each([
    ['ignored by a rule', { routeOf: () => ({ kind: 'ignore' }) as const }, {}, 'ignored'],
    ['without a rule', { routeOf: () => null }, {}, 'no-rule'],
    ['without data', {}, { to: 'INSUFFICIENT_DATA' as const }, 'no-data'],
    ['of the day before', {}, { atMs: FIRED_AT_MS - 25 * 3_600_000 }, 'untimely'],
    ['from the future', {}, { atMs: FIRED_AT_MS + 3_600_000 }, 'untimely'],
  ])('opens nothing when it is %s', async (_what, changes, change, why) => {
    const bench = await aBench(changes);
    expect(await bench.take(anAlarmChange(change))).toEqual({ kind: 'passed', why });
    expect(await listed(bench.store)).toEqual([]);
  });

  it('opens nothing when its all-clear came first', async () => {
    const bench = await aBench();
    expect(await bench.take(anAllClear())).toEqual({ kind: 'passed', why: 'no-incident' });
    expect(await bench.take()).toEqual({ kind: 'passed', why: 'no-incident' });
  });

  it('that is over before anybody came ends its incident, and is known after that', async () => {
    const bench = await aBench();
    const incidentId = await opened(bench);
    expect(await bench.take(anAllClear())).toEqual({ kind: 'recorded', incidentId });
    expect(await bench.store.readState(incidentId)).toMatchObject({
      status: 'closed',
      proposal: { verdict: 'lapsed' },
    });
    expect(await bench.take()).toEqual({ kind: 'known', incidentId });
    const works = await bench.store.claimWork({ leaseMs: 1_000, limit: 20 });
    expect(works.map(({ work }) => work.kind)).not.toContain('publish');
  });

  it('in another account or Region is another alarm', async () => {
    const bench = await aBench();
    await opened(bench);
    const elsewhere = await bench.take(anAlarmChange({ region: 'us-east-1' }));
    const foreign = await bench.take(anAlarmChange({ accountId: '444455556666' }));
    expect([elsewhere.kind, foreign.kind]).toEqual(['opened', 'opened']);
  });

  it('meets its incident by the id where the list of recent ones is too short', async () => {
    const bench = await aBench();
    const incidentId = await opened(bench);
    const deps = { ...bench.deps, store: { ...bench.store, listIncidents: async () => [] } };
    expect(await takeAlarm(deps, anAlarmChange())).toEqual({ kind: 'known', incidentId });
    const again = anAlarmChange({ atMs: FIRED_AT_MS + LATER_MS });
    expect(await takeAlarm(deps, again)).toEqual({ kind: 'recorded', incidentId });
    expect(await listed(bench.store)).toHaveLength(1);
  });

  it('opens an incident of its own beside a drill about it, which hears nothing of it', async () => {
    const bench = await aBench();
    const drill = openCommand({
      incidentId: 'RT-DRILL',
      alarmNames: ['checkout-5xx'],
      regions: [],
      isDrill: true,
    });
    await actOnIncident(bench.deps, {
      incidentId: 'RT-DRILL',
      command: drill,
      actor: ana,
      dedupeId: 'practice',
    });
    const outcome = await bench.take();
    expect(outcome.kind).toBe('opened');
    expect(await bench.take(anAllClear())).toMatchObject({ ...outcome, kind: 'recorded' });
    expect(await bench.store.readState('RT-DRILL')).toMatchObject({ status: 'open', alarms: [] });
  });

  it('joins the incident that somebody has opened about it in the channel', async () => {
    const bench = await aBench();
    const opening = { alarmNames: ['checkout-5xx'], regions: [], incidentId: 'RT-HAND' };
    await actOnIncident(bench.deps, {
      incidentId: 'RT-HAND',
      command: openCommand(opening),
      actor: ana,
      dedupeId: 'by hand',
    });
    expect(await bench.take()).toEqual({ kind: 'recorded', incidentId: 'RT-HAND' });
    expect(await bench.take()).toEqual({ kind: 'known', incidentId: 'RT-HAND' });
    expect(await bench.take(anAllClear())).toEqual({ kind: 'recorded', incidentId: 'RT-HAND' });
    expect(await bench.store.readState('RT-HAND')).toMatchObject({
      status: 'open',
      proposal: null,
    });
    const elsewhere = await bench.take(anAlarmChange({ name: untrusted('other') }));
    expect(elsewhere.kind).toBe('opened');
  });

  it('is named in a title that fits, whatever it is called', async () => {
    const bench = await aBench();
    const outcome = await bench.take(anAlarmChange({ name: untrusted('🔥'.repeat(130)) }));
    expect(outcome.kind).toBe('opened');
  });
});

/** The same store as another process sees it: no queue in common, and every call takes its time. */
function asOtherProcess(store: Store, scheduler: fc.Scheduler): Store {
  return {
    ...store,
    append: (request) =>
      scheduler.schedule(Promise.resolve(), 'append').then(() => store.append(request)),
    readState: (incidentId) =>
      scheduler.schedule(Promise.resolve(), 'read').then(() => store.readState(incidentId)),
    listIncidents: (filter) =>
      scheduler.schedule(Promise.resolve(), 'list').then(() => store.listIncidents(filter)),
  };
}

describe('reports at several processes', () => {
  const change = fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.boolean())
    .map(([minute, isOver]) =>
      (isOver ? anAllClear : anAlarmChange)({ atMs: FIRED_AT_MS + minute * 60_000 }),
    );

  it('never have two open incidents of one alarm, in whatever order they arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(change, fc.integer({ min: 0, max: 2 })), { minLength: 2, maxLength: 8 }),
        async (scheduler, deliveries) => {
          const { deps, store } = await aBench();
          const processes = [0, 1, 2].map(() => ({
            ...deps,
            store: asOtherProcess(store, scheduler),
          }));
          const all = Promise.all(
            deliveries.map(([one, index]) => takeAlarm(processes[index] ?? deps, one)),
          );
          await scheduler.waitFor(all);
          const open = await store.listIncidents({ status: 'open', limit: 100 });
          expect(open.length).toBeLessThanOrEqual(1);
          const firings = new Set(
            deliveries.filter(([one]) => one.to === 'ALARM').map(([one]) => one.atMs),
          );
          expect((await listed(store)).length).toBeLessThanOrEqual(firings.size);
          const states = await Promise.all(open.map((row) => store.readState(row.incidentId)));
          expect(states.every((state) => state !== null && isUndecided(state))).toBe(true);
          await store.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('an alarm that fires again while its incident is being verified', () => {
  it('is looked at without waiting for the next look', async () => {
    const bench = await aBench();
    const incidentId = await opened(bench);
    await by(bench.deps, incidentId, 'accept');
    await actOnIncident(bench.deps, {
      incidentId,
      command: { type: 'move-to-step', step: 'verify', reason: 'It was fixed by hand.' },
      actor: ana,
      dedupeId: 'verify',
    });
    await bench.take(anAllClear());
    const earlier = await bench.store.claimWork({ leaseMs: 60_000, limit: 50 });
    await Promise.all(earlier.map((work) => bench.store.completeWork(work)));

    await bench.take(anAlarmChange({ atMs: FIRED_AT_MS + LATER_MS }));

    const works = await bench.store.claimWork({ leaseMs: 1_000, limit: 50 });
    expect(works.map(({ work }) => work)).toContainEqual({ kind: 'watch', incidentId });
  });
});
