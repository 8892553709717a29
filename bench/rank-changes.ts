import { execFileSync } from 'node:child_process';
import type { BenchRow } from './statistics.ts';

const RANK_ONCE = new URL('./rank-once.ts', import.meta.url).pathname;
const COUNTS = [25_000, 50_000, 100_000, 200_000] as const;
const DOUBLED = [50_000, 100_000] as const;
const RUNS = 3;

interface Ranked {
  readonly tookMs: number;
  /** Of all threads, the collector's too: what other work on the machine does not change. */
  readonly cpuMs: number;
  /** With the records in memory, and at most while they were ranked; the whole process. */
  readonly heldMb: number;
  readonly peakMb: number;
}

/** From reduced records to ranked causes; every run in a process of its own, the middle one of three counts. */
export async function rankChanges(): Promise<readonly BenchRow[]> {
  const empty = rankOnce(0);
  const rows = COUNTS.map((count) => ({ count, ranked: middleRun(count) }));
  const [half, whole] = DOUBLED.map((count) => rows.find((row) => row.count === count)?.ranked);
  const [oneHalf, one] = DOUBLED.map((count) => rankOnce(count, 'one-thing'));
  return [
    {
      what: 'A process that ranks nothing',
      figures: `resident ${Math.round(empty.peakMb)} MB at most`,
    },
    ...rows.map(({ count, ranked }) => rowOf(count, ranked)),
    {
      what: 'Ranking twice as many records (100,000 against 50,000)',
      figures: `${timesWords(half, whole)} the processor time (linear: 2); where all change one thing ${timesWords(oneHalf, one)}`,
    },
  ];
}

function timesWords(half: Ranked | undefined, whole: Ranked | undefined): string {
  return `${((whole?.cpuMs ?? Number.NaN) / (half?.cpuMs ?? Number.NaN)).toFixed(1)} times`;
}

function middleRun(count: number): Ranked {
  const runs = Array.from({ length: RUNS }, () => rankOnce(count));
  const [first, ...others] = runs.toSorted((a, b) => a.tookMs - b.tookMs);
  return others[0] ?? first ?? rankOnce(count);
}

function rankOnce(count: number, kind = 'mixed'): Ranked {
  return JSON.parse(
    execFileSync(process.execPath, [RANK_ONCE, String(count), kind], { encoding: 'utf8' }),
  );
}

function rowOf(count: number, { tookMs, cpuMs, heldMb, peakMb }: Ranked): BenchRow {
  const goal = count === 100_000 ? ' (goal: 1 s, 300 MB)' : '';
  return {
    what: `Ranking ${count.toLocaleString('en')} records, half of them changes${goal}`,
    figures: `${Math.round(tookMs)} ms (${Math.round(cpuMs)} ms of processor time); resident ${Math.round(heldMb)} MB with the records, ${Math.round(peakMb)} MB at most`,
  };
}
