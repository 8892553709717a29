/**
 * `npm run bench`: one table in Markdown. Good for ratios and orders of magnitude, not for capacity promises.
 * Names choose among the benchmarks; `read-records=1000` reads so many megabytes, and
 * `rank-baselines=FOLDER` takes labelled incidents from a folder.
 */
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

const wanted = process.argv.slice(2).map((word) => {
  const [name = '', argument] = word.split('=');
  return { name, argument };
});
const chosen =
  wanted.length > 0 ? wanted : Object.keys(BENCHES).map((name) => ({ name, argument: undefined }));
const all = { ...BENCHES, ...BY_NAME };
const unknown = chosen.filter(({ name }) => !Object.hasOwn(all, name));
if (unknown.length > 0) {
  const names = Object.keys(all).join(', ');
  throw new Error(
    `No benchmark ${unknown.map(({ name }) => name).join(', ')}. There are ${names}.`,
  );
}
for (const line of machineLines()) console.log(line);
console.log('\n| what | figures |\n| --- | --- |');
for (const { name, argument } of chosen) {
  const rows = (await all[name]?.(argument)) ?? [];
  for (const { what, figures } of rows) console.log(`| ${what} | ${figures} |`);
}
