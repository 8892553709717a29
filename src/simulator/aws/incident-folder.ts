import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { IndexedRecord } from './cloudtrail/indexed-record.ts';
import { indexRecord, recordSchema } from './cloudtrail/indexed-record.ts';
import type { AlarmData } from './cloudwatch/alarm-data.ts';
import { alarmHistorySchema, alarmsSchema, metricsSchema } from './cloudwatch/alarm-data.ts';
import { shiftTimes } from './shift-times.ts';

const incidentSchema = z.looseObject({
  at: z.iso.datetime({ offset: true }),
  account: z.string().regex(/^\d{12}$/),
  region: z.string(),
});

/** A folder's texts as they lie on disk, with the moment its story is told at. */
export interface IncidentFolder {
  readonly atMs: number;
  readonly account: string;
  readonly region: string;
  readonly eventLines: readonly string[];
  readonly alarms: string;
  readonly history: string;
  readonly metrics: string;
}

/** The same, moved in time and parsed. */
export interface Replay {
  /** Newest first, as LookupEvents answers. */
  readonly records: readonly IndexedRecord[];
  readonly alarms: AlarmData;
}

/** Reads the folder; throws with file and reason when something required is missing or broken. */
export function readIncidentFolder(folder: string): IncidentFolder {
  const incident = readText(folder, ['incident.json', 'scenario.json']);
  const { at, account, region } = parse(incidentSchema, incident, 'incident.json');
  return {
    atMs: Date.parse(at),
    account,
    region,
    eventLines: readText(folder, ['events.jsonl', 'events.jsonl.gz'])
      .split('\n')
      .filter((line) => line.trim() !== ''),
    alarms: readText(folder, ['alarms.json']),
    history: readText(folder, ['history.json'], '{"AlarmHistoryItems":[]}'),
    metrics: readText(folder, ['metrics.json'], '{"Metrics":[]}'),
  };
}

/** Moves every time of the folder by `shiftMs` and parses what comes out. */
export function replayFolder(folder: IncidentFolder, shiftMs: number): Replay {
  const records = folder.eventLines.map((line, index) => {
    const text = shiftTimes(line, shiftMs);
    return indexRecord(text, parse(recordSchema, text, `events.jsonl line ${index + 1}`));
  });
  const shifted = (text: string) => shiftTimes(text, shiftMs);
  const alarms = parse(alarmsSchema, shifted(folder.alarms), 'alarms.json');
  const history = parse(alarmHistorySchema, shifted(folder.history), 'history.json');
  const metrics = parse(metricsSchema, shifted(folder.metrics), 'metrics.json');
  return {
    records: records.sort(newestFirst),
    alarms: {
      metricAlarms: alarms.MetricAlarms,
      compositeAlarms: alarms.CompositeAlarms,
      contributors: alarms.AlarmContributors,
      tags: alarms.AlarmTags,
      history: history.AlarmHistoryItems,
      series: metrics.Metrics,
    },
  };
}

/** By time, then by id, so that records of one second have one order on every page. */
export function newestFirst(a: IndexedRecord, b: IndexedRecord): number {
  return b.timeMs - a.timeMs || (a.eventId < b.eventId ? 1 : -1);
}

function readText(folder: string, names: readonly string[], missing?: string): string {
  const name = names.find((candidate) => existsSync(join(folder, candidate)));
  if (name === undefined) {
    if (missing !== undefined) return missing;
    throw new Error(`${folder} has no ${names.join(' or ')}`);
  }
  const bytes = readFileSync(join(folder, name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function parse<T>(schema: z.ZodType<T>, text: string, where: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${where} is not what a replay needs: ${String(cause)}`, { cause });
  }
}
