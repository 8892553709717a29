import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadingBudget } from '../../src/domain/investigation/reading-budget.ts';
import { coveredWrites } from '../../src/domain/investigation/reading-coverage.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { type CauseReadingInput, createCauseReading } from '../../src/flows/read-for-causes.ts';
import { asker, neverAborted } from '../aws/support.ts';
import { aChange, anAlarm, minutes } from '../domain/investigation/builders.ts';
import { createMemoryActivity, type MemoryActivityOptions } from '../support/memory-activity.ts';

const DAYS = 24 * 60;
const alarm = anAlarm('orders-connections', {
  namespace: 'AWS/RDS',
  metric: 'DatabaseConnections',
  dimensions: [{ name: 'DBInstanceIdentifier', value: untrusted('orders-db') }],
});
const budget: ReadingBudget = {
  callsMax: { alarms: 16, global: 8, other: 4 },
  recordsMax: 4_000,
  timeMaxMs: 9_000,
};

async function read(
  records: readonly TrailRecord[],
  changes: Partial<CauseReadingInput> = {},
  options: Partial<MemoryActivityOptions> = {},
) {
  const activity = createMemoryActivity({ records, ...options });
  const reading = createCauseReading({
    activity,
    targets: ['eu-west-1', 'us-east-1', 'eu-north-1'].map((region) => ({
      accountId: null,
      region,
    })),
    asker,
    window: { fromMs: minutes(-45), toMs: minutes(15) },
    startedAtMs: null,
    resources: [],
    alarms: [alarm],
    transitions: [],
    nowMs: minutes(15),
    budget,
    signal: neverAborted(),
    isTimeUp: () => false,
    onPage: async () => undefined,
    onDefect: (error) => {
      throw error;
    },
    guard: async (_target, run) => {
      await run();
      return null;
    },
    ...changes,
  });
  await reading.run();
  return { reading, activity };
}

/** So many writes of others, a few seconds apart, back from the end. */
const noise = (count: number, region = 'eu-west-1') =>
  Array.from({ length: count }, (_, index) =>
    aChange('UpdateService', 'ecs', [`service-${index % 90}`], minutes(14) - index * 4_000, {
      region,
    }),
  );

describe('reading for the causes of an incident', () => {
  it('finds what was done days ago to what an alarm names, among thousands of other writes', async () => {
    const culprit = aChange('ModifyDBInstance', 'rds', ['orders-db'], minutes(-3 * DAYS));

    const { reading } = await read([...noise(3_000), culprit]);

    expect(reading.records.has(culprit.eventId)).toBe(true);
  });

  it('finds what was done to what the records tie to it', async () => {
    const tie = aChange('CreateDBInstance', 'rds', ['orders-db', 'sg-0abc'], minutes(-9 * DAYS));
    const culprit = aChange('RevokeSecurityGroupIngress', 'ec2', ['sg-0abc'], minutes(-2 * DAYS));

    const { reading } = await read([...noise(3_000), tie, culprit]);

    expect(reading.records.has(culprit.eventId)).toBe(true);
  });

  it('reads what changed rights where it is recorded', async () => {
    const culprit = aChange('DetachRolePolicy', 'iam', ['orders-task'], minutes(-30), {
      region: 'us-east-1',
    });

    const { reading } = await read([...noise(900), culprit]);

    expect(reading.records.has(culprit.eventId)).toBe(true);
  });

  it('keeps to its calls, fewer where the alarms are not', async () => {
    const { reading, activity } = await read(
      ['eu-west-1', 'us-east-1', 'eu-north-1'].flatMap((region) => noise(2_000, region)),
    );

    expect(reading.lanes.map(({ role, callCount }) => [role, callCount])).toEqual([
      ['alarms', 16],
      ['global', 8],
      ['other', 4],
    ]);
    expect(activity.calls).toHaveLength(28);
    expect(reading.lanes.every(({ isCutByBudget }) => isCutByBudget)).toBe(true);
  });

  it('keeps to its records over all places', async () => {
    const { reading } = await read(noise(2_000), { budget: { ...budget, recordsMax: 120 } });

    expect(reading.records.size).toBeLessThan(120 + 3 * 50);
    expect(reading.lanes[0]?.isCutByBudget).toBe(true);
  });

  it('stops when its time is up, and says that something is left', async () => {
    let pages = 0;
    const { reading, activity } = await read(noise(2_000), {
      isTimeUp: () => pages >= 4,
      onPage: async () => {
        pages += 1;
      },
    });

    expect(activity.calls.length).toBeLessThan(10);
    expect(reading.lanes[0]).toMatchObject({ isCutByBudget: true, isDone: true, trouble: null });
  });

  it('is not kept from the other places by one that does not answer', async () => {
    const { reading } = await read(noise(20), {}, { troubles: { 'us-east-1': 'denied' } });

    expect(reading.lanes.map(({ trouble }) => trouble?.outcome ?? null)).toEqual([
      null,
      'denied',
      null,
    ]);
    expect(reading.lanes[1]?.callCount).toBe(1);
    expect(reading.records.size).toBe(20);
  });

  it('goes by what people said when no alarm does', async () => {
    const culprit = aChange('StopInstances', 'ec2', ['i-0abc'], minutes(-20));

    const { reading } = await read([...noise(300), culprit], {
      alarms: [],
      startedAtMs: minutes(-15),
    });

    expect(reading.anchor.basis).toBe('people');
    expect(reading.records.has(culprit.eventId)).toBe(true);
  });
});

const anyRecords = fc
  .array(
    fc.record({
      minute: fc.integer({ min: -2 * DAYS, max: 15 }),
      region: fc.constantFrom('eu-west-1', 'us-east-1', 'eu-north-1'),
      name: fc.constantFrom('orders-db', 'sg-0abc', 'other-1', 'other-2'),
      readOnly: fc.boolean(),
      copies: fc.integer({ min: 1, max: 60 }),
    }),
    { maxLength: 12 },
  )
  .map((rows) =>
    rows.flatMap(({ minute, region, name, readOnly, copies }) =>
      Array.from({ length: copies }, (_, index) =>
        aChange('UpdateThing', 'ecs', [name], minutes(minute) - Math.floor(index / 4) * 1_000, {
          region,
          readOnly,
        }),
      ),
    ),
  );

describe('any reading', () => {
  it('asks for no time of an attribute twice, and has every write of the time it claims', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords, fc.integer({ min: 1, max: 12 }), async (records, callsMax) => {
        const small = { ...budget, callsMax: { alarms: callsMax, global: callsMax, other: 2 } };
        const { reading, activity } = await read(records, { budget: small });
        const asked = activity.requests.map(({ target, attribute, fromMs, toMs }) =>
          JSON.stringify([target.region, attribute, fromMs, toMs]),
        );
        expect(new Set(asked).size).toBe(asked.length);
        for (const lane of reading.lanes) {
          expect(lane.callCount).toBeLessThanOrEqual(small.callsMax[lane.role]);
          const covered = coveredWrites([...lane.readings.values()]);
          const missing = records.filter(
            ({ region, readOnly, atMs, eventId }) =>
              region === lane.target.region &&
              !readOnly &&
              covered.some(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs) &&
              !reading.records.has(eventId),
          );
          expect(missing).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
