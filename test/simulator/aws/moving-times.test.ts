import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { assert as check, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measuredLagMs } from '../../../src/simulator/aws/cloudtrail/delivery-lag.ts';
import { shiftTimes } from '../../../src/simulator/aws/shift-times.ts';
import { startAwsReplay } from '../../../src/simulator/aws/start-aws-replay.ts';
import { alarm, at, atMs, cloudWatch, lookup, record, startWorld } from './replay-support.ts';

const hourMs = 3_600_000;

describe('moving times', () => {
  it.each([
    ['"2026-10-14T10:42:00Z"', '"2026-10-15T00:42:00Z"'],
    ['"2026-10-14T10:42:00.123+0000"', '"2026-10-15T00:42:00.123+0000"'],
    ['"2026-10-14T10:42:00.123456+00:00"', '"2026-10-15T00:42:00.123456+00:00"'],
    ['"Oct 14, 2026, 10:42:00 AM"', '"Oct 15, 2026, 12:42:00 AM"'],
    ['"Oct 14, 2026 11:22:10 PM"', '"Oct 15, 2026 1:22:10 PM"'],
    ['[247.0 (14/10/26 10:42:00)]', '[247.0 (15/10/26 00:42:00)]'],
    ['{"launchTime":1791974520000}', '{"launchTime":1792024920000}'],
    [
      '"{\\"startDate\\":\\"2026-10-14T10:42:00Z\\"}"',
      '"{\\"startDate\\":\\"2026-10-15T00:42:00Z\\"}"',
    ],
    [
      '{"version":"2026-10-14","size":1791974520000}',
      '{"version":"2026-10-14","size":1791974520000}',
    ],
  ])('turns %s into %s', (before, after) => {
    expect(shiftTimes(before, 14 * hourMs)).toBe(after);
  });

  it('comes back to where it was', async () => {
    const text = JSON.stringify([record('a'), 'Oct 14, 2026, 11:59:59 PM', '(29/02/28 23:59:59)']);
    await check(
      property(integer({ min: -5_000_000, max: 5_000_000 }), (seconds) => {
        return shiftTimes(shiftTimes(text, seconds * 1_000), -seconds * 1_000) === text;
      }),
    );
  });
});

describe('a replay in time', () => {
  const folder = { events: [record('stop')], alarms: { MetricAlarms: [alarm('a')] } };

  it('moves records and alarms to the moment it is told', async () => {
    const replay = await startWorld(folder);
    replay.clock.nowMs = atMs + 100 * 24 * hourMs;
    replay.moveTo(replay.clock.nowMs);
    const { Events } = await lookup(replay, {});
    const { MetricAlarms } = await cloudWatch(replay).send(new DescribeAlarmsCommand({}));
    expect(Events?.[0]?.EventTime).toEqual(new Date('2027-01-22T10:41:07Z'));
    expect(JSON.parse(Events?.[0]?.CloudTrailEvent ?? '')).toMatchObject({
      eventTime: '2027-01-22T10:41:07Z',
    });
    expect(MetricAlarms?.[0]?.StateUpdatedTimestamp).toEqual(new Date('2027-01-22T09:00:00Z'));
  });

  it('starts at the moment it is started, to the minute below', async () => {
    const nowMs = atMs + 7 * hourMs + 42_500;
    const replay = await startWorld(folder, { nowMs: () => nowMs });
    expect(replay.shiftMs()).toBe(7 * hourMs);
  });

  it('forgets states set by hand when it starts afresh', async () => {
    const replay = await startWorld(folder);
    replay.setAlarmState('a', 'ALARM', 'by hand');
    replay.moveTo(atMs);
    const { MetricAlarms } = await cloudWatch(replay).send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms?.[0]?.StateValue).toBe('OK');
  });
});

describe('the measured delivery lag', () => {
  it('is the same for the same record, about three and a half minutes, never over ten', () => {
    const lags = Array.from({ length: 2_000 }, (_, index) => measuredLagMs(`event-${index}`));
    const sorted = lags.toSorted((a, b) => a - b);
    expect(measuredLagMs('event-7')).toBe(lags[7]);
    expect(sorted[1_000]).toBeGreaterThan(3.1 * 60_000);
    expect(sorted[1_000]).toBeLessThan(3.7 * 60_000);
    expect(sorted[1_999]).toBeLessThan(9.9 * 60_000);
  });
});

describe('a folder', () => {
  const makeFolder = (files: Readonly<Record<string, string | Buffer>>) => {
    const path = mkdtempSync(join(tmpdir(), 'replay-'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
    return path;
  };
  const incident = JSON.stringify({ at, account: '111122223333', region: 'eu-west-1' });

  it('may be packed, lack a history, and name its incident scenario.json', async () => {
    const path = makeFolder({
      'scenario.json': incident,
      'events.jsonl.gz': gzipSync(JSON.stringify(record('stop'))),
      'alarms.json': '{}',
    });
    const replay = await startAwsReplay({ folder: path, nowMs: () => atMs });
    const { Events } = await lookup(replay, {});
    await replay.close();
    rmSync(path, { recursive: true });
    expect(Events).toHaveLength(1);
  });

  it.each([
    [
      'events.jsonl line 2',
      {
        'incident.json': incident,
        'alarms.json': '{}',
        'events.jsonl': `${JSON.stringify(record('a'))}\n{"eventID":1}`,
      },
    ],
    ['alarms.json', { 'incident.json': incident, 'alarms.json': '[', 'events.jsonl': '' }],
    [
      'incident.json',
      { 'incident.json': '{"at":"soon"}', 'alarms.json': '{}', 'events.jsonl': '' },
    ],
    ['events.jsonl', { 'incident.json': incident, 'alarms.json': '{}' }],
  ])('is refused with the place of the mistake: %s', async (where, files) => {
    const path = makeFolder(files);
    const start = startAwsReplay({ folder: path });
    await expect(start).rejects.toThrow(where);
    rmSync(path, { recursive: true });
  });
});
