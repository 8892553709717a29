import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { busyRecords } from './busy-day.ts';
import { reduceMany } from './reduce-many.ts';
import { residentMegabytes } from './resident-memory.ts';
import { type BenchRow, quantile } from './statistics.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const QUESTION = ['198.51.100.77', 'since', '2026-10-13', 'until', '2026-10-15'];
const MEGABYTE = 1_000_000;
const SIZE_DEFAULT_MB = 100;
const SAMPLE_EVERY_MS = 200;
/** Ten times as much to read may take so much more memory. */
const FLAT_RATIO_MAX = 1.5;

interface Run {
  readonly megabytes: number;
  readonly seconds: number;
  /** Of the whole process, in megabytes, at equal distances in time. */
  readonly samples: readonly number[];
}

/**
 * 100,000 records parsed and reduced; and `redthread trail` in a process of its own over trail
 * files, plain and packed, of so many megabytes and of a tenth of that.
 */
export async function readRecords(argument?: string): Promise<readonly BenchRow[]> {
  const sizeMb = argument === undefined ? SIZE_DEFAULT_MB : Number(argument);
  const { lines } = busyRecords();
  const reduced = reduceMany(lines);
  const small = await runOver(lines, sizeMb / 10);
  const large = await runOver(lines, sizeMb);
  const ratio = Math.max(...large.samples) / Math.max(...small.samples);
  if (ratio > FLAT_RATIO_MAX) {
    throw new Error(`memory is not flat: ${told(small)}, but ${told(large)}`);
  }
  return [
    reduced,
    {
      what: `\`redthread trail\` over ${Math.round(large.megabytes)} MB of trail files (memory: at most ${FLAT_RATIO_MAX} times that for a tenth)`,
      figures: `${(large.megabytes / large.seconds).toFixed(0)} MB/s; ${told(large)}; ${told(small)}; ratio ${ratio.toFixed(2)}`,
    },
  ];
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

function told({ megabytes, samples }: Run): string {
  const at = [0.25, 0.5, 0.75, 1].map((share) => {
    const index = Math.max(0, Math.ceil(samples.length * share) - 1);
    return `${Math.round(samples[index] ?? Number.NaN)}`;
  });
  const middle = Math.round(quantile(samples, 0.5));
  return `${Math.round(megabytes)} MB: ${at.join(', ')} MB resident at each quarter, median ${middle} MB, peak ${Math.round(Math.max(...samples))} MB`;
}
