/**
 * `npm run bench`: one table. Good for ratios and orders of magnitude, not for capacity promises.
 * Names choose among the benchmarks; `read-records=1000` reads so many megabytes, and
 * `rank-baselines=FOLDER` takes labelled incidents from a folder.
 */
import { cpus, totalmem } from 'node:os';
import { ackLoad } from './ack-load.ts';
import { callsToCulprit } from './calls-to-culprit.ts';
import { firstEvidence } from './first-evidence.ts';
import { killOneOfTwo, killRounds } from './kill-rounds.ts';
import { longIncident } from './long-incident.ts';
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

const BENCHES: Readonly<Record<string, (argument?: string) => Promise<readonly BenchRow[]>>> = {
  'ack-load': ackLoad,
  'calls-to-culprit': callsToCulprit,
  'first-evidence': firstEvidence,
  'kill-one-of-two': killOneOfTwo,
  'kill-rounds': killRounds,
  'long-incident': longIncident,
  'many-open': manyOpen,
  'mixed-load': mixedLoad,
  'rank-baselines': rankBaselines,
  'rank-changes': rankChanges,
  'read-records': readRecords,
  'redis-failover': redisFailover,
  'redis-gone': redisGone,
  'redis-takeover': redisTakeover,
  'start-up': startUp,
  'store-append': storeAppend,
  'trail-answers': trailAnswers,
};

const wanted = new Map(
  process.argv.slice(2).map((word): [string, string | undefined] => {
    const [name = '', argument] = word.split('=');
    return [name, argument];
  }),
);
const [cpu] = cpus();
console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
);
console.log('| what | figures |\n| --- | --- |');
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.size > 0 && !wanted.has(name)) continue;
  for (const row of await bench(wanted.get(name))) console.log(`| ${row.what} | ${row.figures} |`);
}
