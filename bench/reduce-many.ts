import { parseRecord } from '../src/aws/cloudtrail/schema.ts';
import { reduceRecord } from '../src/domain/trail/reduce-record.ts';
import { residentMegabytes } from './process-figures.ts';
import { type BenchRow, quantile } from './statistics.ts';

const RECORD_COUNT = 100_000;
const SAMPLE_EVERY = 5_000;
const RUNS = 3;

/** From the text of a record to what the bot keeps of it; nothing is kept here. */
export function reduceMany(lines: readonly string[]): BenchRow {
  const beforeMb = residentMegabytes(process.pid) ?? Number.NaN;
  const runs = Array.from({ length: RUNS }, () => reduceAll(lines));
  const perSecond = quantile(
    runs.map((run) => run.perSecond),
    0.5,
  );
  const peakMb = Math.max(...runs.map((run) => run.peakMb));
  const bytes = Math.round(
    quantile(
      lines.map(({ length }) => length),
      0.5,
    ),
  );
  return {
    what: `Parsing and reducing ${RECORD_COUNT.toLocaleString('en')} records of some ${bytes} bytes`,
    figures: `${Math.round(perSecond).toLocaleString('en')} a second (median of ${RUNS} runs); resident ${Math.round(beforeMb)} MB before, ${Math.round(peakMb)} MB at most`,
  };
}

function reduceAll(lines: readonly string[]): {
  readonly perSecond: number;
  readonly peakMb: number;
} {
  let [reducedCount, peakMb] = [0, 0];
  const startMs = performance.now();
  for (let index = 0; index < RECORD_COUNT; index += 1) {
    const raw = parseRecord(JSON.parse(lines[index % lines.length] ?? ''));
    if (raw !== null && reduceRecord(raw).eventId !== '') reducedCount += 1;
    if (index % SAMPLE_EVERY === 0) peakMb = Math.max(peakMb, residentMegabytes(process.pid) ?? 0);
  }
  return { perSecond: (reducedCount * 1_000) / (performance.now() - startMs), peakMb };
}
