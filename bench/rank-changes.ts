import { execFileSync } from 'node:child_process';
import type { BenchRow } from './statistics.ts';

const RANK_ONCE = new URL('./rank-once.ts', import.meta.url).pathname;
const COUNTS = [25_000, 50_000, 100_000, 200_000] as const;
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
  const half = rows.find(({ count }) => count === 50_000)?.ranked.cpuMs ?? Number.NaN;
  const whole = rows.find(({ count }) => count === 100_000)?.ranked.cpuMs ?? Number.NaN;
  return [
    {
      what: 'A process that ranks nothing',
      figures: `resident ${Math.round(empty.peakMb)} MB at most`,
    },
    ...rows.map(({ count, ranked }) => rowOf(count, ranked)),
    {
      what: 'Ranking twice as many records (100,000 against 50,000)',
      figures: `${(whole / half).toFixed(1)} times the processor time (linear: 2)`,
    },
  ];
}

function middleRun(count: number): Ranked {
  const runs = Array.from({ length: RUNS }, () => rankOnce(count));
  const [first, ...others] = runs.toSorted((a, b) => a.tookMs - b.tookMs);
  return others[0] ?? first ?? rankOnce(count);
}

function rankOnce(count: number): Ranked {
  return JSON.parse(
    execFileSync(process.execPath, [RANK_ONCE, String(count)], { encoding: 'utf8' }),
  );
}

function rowOf(count: number, { tookMs, cpuMs, heldMb, peakMb }: Ranked): BenchRow {
  const goal = count === 100_000 ? ' (goal: 1 s, 300 MB)' : '';
  return {
    what: `Ranking ${count.toLocaleString('en')} records, half of them changes${goal}`,
    figures: `${Math.round(tookMs)} ms (${Math.round(cpuMs)} ms of processor time); resident ${Math.round(heldMb)} MB with the records, ${Math.round(peakMb)} MB at most`,
  };
}
