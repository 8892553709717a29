/**
 * `npm run bench`: one table in Markdown. Good for ratios and orders of magnitude, not for capacity promises.
 * Names choose among the benchmarks; `read-records=1000` reads so many megabytes, and
 * `rank-baselines=FOLDER` takes labelled incidents from a folder.
 */
import { spawnSync } from 'node:child_process';
import { ackLoad } from './ack-load.ts';
import { callsToCulprit } from './calls-to-culprit.ts';
import { firstEvidence } from './first-evidence.ts';
import { killOneOfTwo, killRounds } from './kill-rounds.ts';
import { longIncident } from './long-incident.ts';
import { machineLines } from './machine.ts';
import { manyOpen } from './many-open.ts';
import { mixedLoad } from './mixed-load.ts';
import { rankBaselines } from './rank-baselines.ts';
import { rankChanges } from './rank-changes.ts';
import { readRecords } from './read-records.ts';
import { redisFailover } from './redis-failover.ts';
import { redisGone } from './redis-gone.ts';
import { redisTakeover } from './redis-takeover.ts';
import { startUp } from './start-up.ts';
import type { BenchRow } from './statistics.ts';
import { storeAppend } from './store-append.ts';
import { trailAnswers } from './trail-answers.ts';

type Bench = (argument?: string) => Promise<readonly BenchRow[]>;

const BENCHES: Readonly<Record<string, Bench>> = {
  'ack-load': ackLoad,
  'mixed-load': mixedLoad,
  'store-append': storeAppend,
  'first-evidence': firstEvidence,
  'calls-to-culprit': callsToCulprit,
  'trail-answers': trailAnswers,
  'rank-changes': rankChanges,
  'rank-baselines': rankBaselines,
  'read-records': readRecords,
  'long-incident': longIncident,
  'many-open': manyOpen,
  'start-up': startUp,
};

/** These take long, or stop servers for minutes: only where they are named. */
const BY_NAME: Readonly<Record<string, Bench>> = {
  'kill-one-of-two': killOneOfTwo,
  'kill-rounds': killRounds,
  'redis-failover': redisFailover,
  'redis-gone': redisGone,
  'redis-takeover': redisTakeover,
};

/** Before the names in a process that one benchmark has for itself. */
const ROWS_ONLY = '--rows-only';
const all = { ...BENCHES, ...BY_NAME };
const words = process.argv.slice(2);
if (words[0] === ROWS_ONLY) await printRows(words[1] ?? '');
else runAll(words.length > 0 ? words : Object.keys(BENCHES));

async function printRows(word: string): Promise<void> {
  const [name = '', argument] = word.split('=');
  for (const { what, figures } of (await all[name]?.(argument)) ?? []) {
    console.log(`| ${what} | ${figures} |`);
  }
}

/** Each in a process of its own, so that none is measured with what others left in memory. */
function runAll(chosen: readonly string[]): void {
  const unknown = chosen.filter((word) => !Object.hasOwn(all, word.split('=')[0] ?? ''));
  if (unknown.length > 0) {
    console.error(`No benchmark ${unknown.join(', ')}. There are ${Object.keys(all).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  console.log(machineLines().join('\n'));
  console.log('\n| what | figures |\n| --- | --- |');
  for (const word of chosen) {
    const child = [import.meta.filename, ROWS_ONLY, word];
    const { status } = spawnSync(process.execPath, child, { stdio: 'inherit' });
    if (status === 0) continue;
    console.error(`${word} failed.`);
    process.exitCode = 1;
  }
}
