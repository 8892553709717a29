import { describe, expect, it } from 'vitest';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { alarm, atMs, record, startWorld } from '../simulator/aws/replay-support.ts';
import { at, evidenceOf, openDesk } from './gather-support.ts';

const now = () => atMs;

describe('a target that fails', () => {
  it('is reported by itself and hides no other', async () => {
    const world = await startWorld({ events: [record('e1', at(60))] });
    world.faults.deny('LookupEvents', { region: 'us-east-1' });
    const desk = await openDesk(world, now);

    await desk.gather();

    const state = await desk.state();
    expect(evidenceOf(state, 'changes').coverage.targets).toMatchObject([
      { region: 'eu-west-1', outcome: 'found', count: 1 },
      { region: 'us-east-1', outcome: 'denied', count: 0, truncated: true },
    ]);
    expect(state.gatherings[0]?.summary).toContain(
      "Not allowed in us-east-1: the bot's credentials need the permission cloudtrail:LookupEvents.",
    );
    expect((await desk.deps.store.readAudit(1))[0]?.outcome).toBe('incomplete: denied');
  });

  it('does not turn trouble with one question about alarms into an answer', async () => {
    const world = await startWorld({
      alarms: { MetricAlarms: [alarm('loud', { StateValue: 'ALARM' })] },
    });
    world.faults.deny('DescribeAlarmHistory', { region: 'eu-west-1' });
    const desk = await openDesk(world, now);

    await desk.gather();

    const { alarms, coverage } = evidenceOf(await desk.state(), 'alarms');
    expect(alarms).toHaveLength(1);
    expect(coverage.targets[0]).toMatchObject({ outcome: 'denied', count: 1, truncated: true });
  });

  it('does not keep people from seeing the whole answer of the others', async () => {
    const events = Array.from({ length: 60 }, (_, index) => record(`e${index}`, at(index + 1)));
    const world = await startWorld({ events });
    world.faults.add({ kind: 'hang', operation: 'LookupEvents', region: 'us-east-1' });
    const desk = await openDesk(world, now);
    const stop = new AbortController();
    const gathering = desk.gather({}, stop.signal);
    await expect
      .poll(() => desk.acts.map(({ dedupeId }) => dedupeId), { timeout: 20_000 })
      .toContain('target-60-changes-gathering-1');

    stop.abort(new Error('seen enough'));

    await expect(gathering).rejects.toThrow('seen enough');
    expect(evidenceOf(await desk.state(), 'changes').coverage).toMatchObject({
      recordCount: 60,
      targets: [
        { region: 'eu-west-1', outcome: 'found', truncated: false },
        { region: 'us-east-1', truncated: true, explanation: 'Still reading.' },
      ],
    });
  });

  it('may fail by a defect of ours: then that is logged and said', async () => {
    const world = await startWorld({ events: [record('e1', at(60))] });
    const desk = await openDesk(world, now);
    const { activity } = desk.deps;
    const readPages: typeof activity.readPages = (request, signal) => {
      if (request.target.region === 'us-east-1') throw new TypeError('x is not a function');
      return activity.readPages(request, signal);
    };

    await desk.gather({ activity: { ...activity, readPages } });

    expect(evidenceOf(await desk.state(), 'changes').coverage.targets).toMatchObject([
      { region: 'eu-west-1', outcome: 'found' },
      { region: 'us-east-1', outcome: 'failed' },
    ]);
    expect(desk.log.lines.map(({ level }) => level)).toContain('error');
  });
});

describe('gathering again', () => {
  it('does nothing when it has finished', async () => {
    const world = await startWorld({ events: [record('e1', at(60))] });
    const desk = await openDesk(world, now);
    await desk.gather();
    const { version } = await desk.state();

    await desk.gather();

    expect((await desk.state()).version).toBe(version);
  });

  it('finishes what a crash left open, without a second card', async () => {
    const world = await startWorld({ events: [record('e1', at(60))] });
    const desk = await openDesk(world, now);
    const crash: typeof actOnIncident = (deps, input) =>
      input.command.type === 'finish-gathering'
        ? Promise.reject(new Error('killed'))
        : actOnIncident(deps, input);
    await expect(desk.gather({ act: crash })).rejects.toThrow('killed');

    await desk.gather();

    const state = await desk.state();
    expect(state.gatherings[0]?.finishedAtMs).not.toBeNull();
    expect(state.evidence.map(({ evidenceId }) => evidenceId).sort()).toEqual([
      'alarms-gathering-1',
      'changes-gathering-1',
    ]);
  });

  it('brings what is missing when it was told to stop half-way', async () => {
    const world = await startWorld({ events: [record('e1', at(60))] });
    const desk = await openDesk(world, now);
    const stop = new AbortController();
    const takeBack = world.faults.add({ kind: 'hang', operation: 'LookupEvents' });
    const gathering = desk.gather({}, stop.signal);
    stop.abort(new Error('shutting down'));
    await expect(gathering).rejects.toThrow('shutting down');
    expect((await desk.state()).evidence).toEqual([]);
    takeBack();

    await desk.gather();

    expect(evidenceOf(await desk.state(), 'changes').coverage.recordCount).toBe(1);
  });

  it('does nothing for a gathering that nobody asked for', async () => {
    const world = await startWorld({});
    const desk = await openDesk(world, now, { gatheringId: 'another' });

    await desk.gather();

    expect(desk.acts).toEqual([]);
    expect(world.calls).toEqual([]);
  });
});
