import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FAST_BUDGET } from '../../src/domain/investigation/reading-budget.ts';
import { type AwsReplay, startAwsReplay } from '../../src/simulator/aws/start-aws-replay.ts';
import { alarm, atMs, record, startWorld } from '../simulator/aws/replay-support.ts';
import { at, evidenceOf, openDesk } from './gather-support.ts';

const checkout5xx = join(import.meta.dirname, '../../src/simulator/incidents/checkout-5xx');
const stopped = '61a5e29f-1180-46e1-b308-729fd62ac61c';

const open: AwsReplay[] = [];

afterEach(async () => {
  for (const replay of open.splice(0)) await replay.close();
});

async function aCheckoutDesk() {
  const begunMs = Date.now();
  const replay = await startAwsReplay({ folder: checkout5xx });
  open.push(replay);
  return { replay, desk: await openDesk(replay, Date.now, { startedAtMs: begunMs }) };
}

const now = () => atMs;

describe('gathering evidence', () => {
  it('records alarms and changes, finishes with a sentence and says in the audit who asked', async () => {
    const { desk } = await aCheckoutDesk();

    await desk.gather();

    const state = await desk.state();
    const changes = evidenceOf(state, 'changes');
    expect(changes.records.map(({ eventId }) => eventId)).toContain(stopped);
    expect(changes.coverage.targets).toMatchObject([
      { accountId: '111122223333', region: 'eu-west-1', outcome: 'found', truncated: false },
      { accountId: '111122223333', region: 'us-east-1', outcome: 'found', truncated: false },
    ]);
    expect(evidenceOf(state, 'alarms').alarms[0]).toMatchObject({ state: 'ALARM' });
    expect(state.gatherings[0]?.finishedAtMs).not.toBeNull();
    expect(state.gatherings[0]?.summary).toMatch(
      /^Found 2 alarms in ALARM and \d+ state changes?, and \d+ changes \(\d+ failed or denied calls left out\), in eu-west-1 and us-east-1\.$/,
    );
    const [entry] = await desk.deps.store.readAudit(1);
    expect(entry).toMatchObject({ action: 'gathering', userId: 'UANA', outcome: 'complete' });
  });

  it('shows the first results of each kind before everything has been read', async () => {
    const { desk } = await aCheckoutDesk();

    await desk.gather();

    const order = desk.acts.map(({ dedupeId }) => dedupeId);
    expect(order.indexOf('first-changes-gathering-1')).toBeLessThan(
      order.indexOf('all-changes-gathering-1'),
    );
    expect(order.findIndex((id) => id.includes('-alarms-'))).toBeGreaterThanOrEqual(0);
    expect(order.at(-1)).toBe('finish-gathering-1');
    const first = desk.acts.find(({ dedupeId }) => dedupeId === 'first-changes-gathering-1');
    expect(JSON.stringify(first?.command)).toContain('Still reading.');
  });

  it('keeps hostile text as data and no secret at all', async () => {
    const secret = `ghp_${'16C7e42F292c6912E7710c838347Ae178B4a'}`;
    const hostile = {
      userAgent: `<!channel> *all clear* ${secret}`,
      requestParameters: { description: secret, functionName: secret, tableName: '<@U1>' },
      responseElements: { credentials: { sessionToken: secret } },
    };
    const world = await startWorld({ events: [record('e1', at(60, hostile))] });
    const desk = await openDesk(world, now);

    await desk.gather();

    const events = JSON.stringify(await desk.deps.store.readEvents('RT-7K3F9'));
    expect(events).toContain('<!channel> *all clear* [redacted]');
    expect(events).not.toContain(secret);
  });
});

describe('what counts as a change', () => {
  it('is a successful write: failed and denied ones are left out, counted and said', async () => {
    const denied = { errorCode: 'Client.UnauthorizedOperation', errorMessage: 'No.' };
    const world = await startWorld({
      events: [
        record('write', at(60)),
        record('denied', at(50, denied)),
        record('read', at(40, { eventName: 'DescribeInstances', readOnly: true })),
      ],
    });
    const desk = await openDesk(world, now);

    await desk.gather();

    const { records, coverage } = evidenceOf(await desk.state(), 'changes');
    expect(records.map(({ eventId }) => eventId)).toEqual(['write']);
    expect(coverage).toMatchObject({
      recordCount: 1,
      query: 'successful writes; 1 failed or denied call left out',
    });
  });

  it('may be nothing, and that is a result with its coverage', async () => {
    const world = await startWorld({});
    const desk = await openDesk(world, now);

    await desk.gather();

    const state = await desk.state();
    const { records, coverage } = evidenceOf(state, 'changes');
    expect(records).toEqual([]);
    expect(coverage).toMatchObject({
      source: 'event-history',
      recordCount: 0,
      mayStillArriveAfterMs: atMs - 15 * 60_000,
      targets: [{ outcome: 'nothing' }, { outcome: 'nothing' }],
    });
    expect(coverage.gaps).toContain('Regions other than eu-west-1 and us-east-1');
    expect(state.gatherings[0]?.summary).toBe(
      'Found 0 alarms in ALARM and 0 state changes, and 0 changes, in eu-west-1 and us-east-1.',
    );
  });

  it('is nothing still to come when the window is old enough', async () => {
    const world = await startWorld({});
    const desk = await openDesk(world, now);

    await desk.gather({ clock: { nowMs: () => atMs + 16 * 60_000 } });

    expect(evidenceOf(await desk.state(), 'changes').coverage.mayStillArriveAfterMs).toBeNull();
  });

  it('is cut to what an incident can hold, and the coverage keeps the real count', async () => {
    const events = Array.from({ length: 70 }, (_, index) => record(`e${index}`, at(index + 1)));
    const world = await startWorld({ events });
    const desk = await openDesk(world, now);

    await desk.gather();

    const { records, coverage } = evidenceOf(await desk.state(), 'changes');
    expect(records).toHaveLength(50);
    expect(coverage).toMatchObject({
      recordCount: 70,
      query: 'successful writes, of which 50 are kept, routine ones last',
    });
  });

  it('is read up to a limit in each Region, and what was not read is said', async () => {
    const write = (region: string, index: number) =>
      record(`${region}-${index}`, at(index + 1, { awsRegion: region }));
    const events = Array.from({ length: 900 }, (_, index) => [
      write('eu-west-1', index),
      write('us-east-1', index),
    ]).flat();
    const world = await startWorld({ events });
    const desk = await openDesk(world, now);

    await desk.gather();

    const { coverage } = evidenceOf(await desk.state(), 'changes');
    expect(coverage.recordCount).toBeGreaterThan(900);
    expect(coverage.targets.map(({ truncated }) => truncated)).toEqual([true, true]);
    expect((await desk.state()).gatherings[0]?.summary).toMatch(
      /Only part of the time asked for was read to the end in eu-west-1: all writes from \d\d:\d\d:\d\d to/,
    );
    expect(world.calls.filter(({ operation }) => operation === 'LookupEvents')).toHaveLength(
      2 * FAST_BUDGET.callsMax.alarms,
    );
  });
});

describe('alarms', () => {
  it('are those in ALARM and those the incident names', async () => {
    const world = await startWorld({
      alarms: {
        MetricAlarms: [alarm('loud', { StateValue: 'ALARM' }), alarm('named'), alarm('quiet')],
      },
    });
    const desk = await openDesk(world, now, { alarmNames: ['named'] });

    await desk.gather();

    const { alarms } = evidenceOf(await desk.state(), 'alarms');
    expect(alarms.map(({ name, state }) => [name, state])).toEqual([
      ['loud', 'ALARM'],
      ['named', 'OK'],
    ]);
  });
});
