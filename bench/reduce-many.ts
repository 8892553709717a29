import { parseRecord } from '../src/aws/cloudtrail/schema.ts';
import { reduceRecord } from '../src/domain/trail/reduce-record.ts';
import { residentMegabytes } from './resident-memory.ts';
import type { BenchRow } from './statistics.ts';

const RECORD_COUNT = 100_000;
const SAMPLE_EVERY = 5_000;

/** From the text of a record to what the bot keeps of it; nothing is kept here. */
export function reduceMany(lines: readonly string[]): BenchRow {
  const beforeMb = residentMegabytes(process.pid) ?? Number.NaN;
  let peakMb = beforeMb;
  let bytes = 0;
  let reducedCount = 0;
  const startMs = performance.now();
  for (let index = 0; index < RECORD_COUNT; index += 1) {
    const line = lines[index % lines.length] ?? '';
    const raw = parseRecord(JSON.parse(line));
    if (raw !== null && reduceRecord(raw).eventId !== '') reducedCount += 1;
    bytes += line.length;
    if (index % SAMPLE_EVERY === 0) peakMb = Math.max(peakMb, residentMegabytes(process.pid) ?? 0);
  }
  const seconds = (performance.now() - startMs) / 1_000;
  return {
    what: `Parsing and reducing ${RECORD_COUNT.toLocaleString('en')} records of ${Math.round(bytes / RECORD_COUNT)} bytes`,
    figures: `${Math.round(reducedCount / seconds).toLocaleString('en')} a second, ${seconds.toFixed(1)} s; resident ${Math.round(beforeMb)} MB before, ${Math.round(peakMb)} MB at most`,
  };
}
