import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AlarmFiles } from './alarm-files.ts';
import type { Series } from './metric-series.ts';
import type { Recorder } from './recorder.ts';

export type IncidentFiles = Readonly<Record<string, string>>;

/** The texts of an incident's folder, by file name. */
export function incidentFiles(
  incident: object,
  recorder: Recorder,
  { alarms, history }: AlarmFiles,
  series: Readonly<Record<string, Series>>,
): IncidentFiles {
  const lines = recorder.records.toSorted((a, b) => a.timeMs - b.timeMs).map(({ line }) => line);
  const metrics = Object.values(series).map((each) => JSON.stringify(each));
  return {
    'incident.json': `${JSON.stringify(incident, null, 2)}\n`,
    'events.jsonl': `${lines.join('\n')}\n`,
    'alarms.json': `${JSON.stringify(alarms, null, 2)}\n`,
    'history.json': `${JSON.stringify(history, null, 2)}\n`,
    'metrics.json': `{"Metrics":[\n${metrics.join(',\n')}\n]}\n`,
  };
}

/** Into the folder beside the generators that has the incident's name. */
export function writeIncident(name: string, files: IncidentFiles): void {
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(join(import.meta.dirname, '..', name, file), text);
  }
}
