import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { busyRecords } from './busy-day.ts';
import { residentMegabytes } from './process-figures.ts';
import { reduceMany } from './reduce-many.ts';
import type { BenchRow } from './statistics.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const QUESTION = ['198.51.100.77', 'since', '2026-10-13', 'until', '2026-10-15'];
const MEGABYTE = 1_000_000;
const SIZE_DEFAULT_MB = 100;
const SAMPLE_EVERY_MS = 200;
/** From the second quarter of the time to the last. */
const FLAT_RATIO_MAX = 1.3;
/** Up to here memory may grow however little is read: Node collects no sooner. */
const SETTLED_MB = 250;

interface Run {
  readonly megabytes: number;
  readonly seconds: number;
  /** Of the whole process, in megabytes, at equal distances in time. */
  readonly samples: readonly number[];
}

/**
 * 100,000 records parsed and reduced; and `redthread trail` in a process of its own over so many
 * megabytes of trail files, plain and packed. Throws when its memory grows with what it reads.
 */
export async function readRecords(argument?: string): Promise<readonly BenchRow[]> {
  const sizeMb = argument === undefined ? SIZE_DEFAULT_MB : Number(argument);
  const { lines } = busyRecords();
  const reduced = reduceMany(lines);
  const run = await runOver(lines, sizeMb);
  const peaks = peaksOf(run.samples);
  const ratio = (peaks[3] ?? Number.NaN) / Math.max(SETTLED_MB, peaks[1] ?? 0);
  const quarters = peaks.map((peak) => Math.round(peak)).join(', ');
  const figures = [
    `${(run.megabytes / run.seconds).toFixed(0)} MB/s, ${run.seconds.toFixed(1)} s`,
    `resident ${quarters} MB at most in each quarter of the time, ratio of the last to the second, or to ${SETTLED_MB} MB, ${ratio.toFixed(2)}`,
  ].join('; ');
  if (!(ratio <= FLAT_RATIO_MAX)) throw new Error(`memory is not flat: ${figures}`);
  const what = `\`redthread trail\` over ${Math.round(run.megabytes)} MB of trail files, half of them packed (goal: ratio at most ${FLAT_RATIO_MAX})`;
  return [reduced, { what, figures }];
}

async function runOver(lines: readonly string[], sizeMb: number): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'redthread-trail-files-'));
  try {
    const bytes = await writeTrail(folder, lines, sizeMb * MEGABYTE);
    return { megabytes: bytes / MEGABYTE, ...(await askFiles(folder)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Files of some megabytes, every second one packed; no event id is in two of them. */
async function writeTrail(
  folder: string,
  lines: readonly string[],
  bytesWanted: number,
): Promise<number> {
  const linesPerFile = 5_000;
  let bytes = 0;
  for (let file = 0; bytes < bytesWanted; file += 1) {
    const from = (file * linesPerFile) % (lines.length - linesPerFile);
    const mark = `"eventID":"${file.toString(16).padStart(8, '0')}-`;
    const text = lines
      .slice(from, from + linesPerFile)
      .map((line) => `${line.replace(/"eventID":"[0-9a-f]{8}-/, mark)}\n`)
      .join('');
    bytes += Buffer.byteLength(text);
    const name = join(folder, `part-${String(file).padStart(5, '0')}.jsonl`);
    if (file % 2 === 0) await writeFile(name, text);
    else await writeFile(`${name}.gz`, gzipSync(text, { level: 1 }));
  }
  return bytes;
}

async function askFiles(folder: string): Promise<Pick<Run, 'seconds' | 'samples'>> {
  const startMs = performance.now();
  const args = [MAIN, 'trail', '--events', folder, ...QUESTION];
  const reader = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<number | null>((done) => reader.once('exit', done));
  const samples: number[] = [];
  const timer = setInterval(() => {
    const megabytes = residentMegabytes(reader.pid);
    if (megabytes !== null) samples.push(megabytes);
  }, SAMPLE_EVERY_MS);
  const code = await ended;
  clearInterval(timer);
  if (code !== 0) throw new Error(`redthread trail ended with ${code}`);
  return { seconds: (performance.now() - startMs) / 1_000, samples };
}

function peaksOf(samples: readonly number[]): readonly number[] {
  return [0, 1, 2, 3].map((quarter) => {
    const part = samples.slice(
      Math.floor((samples.length * quarter) / 4),
      Math.floor((samples.length * (quarter + 1)) / 4),
    );
    return Math.max(...part);
  });
}
