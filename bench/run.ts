/** `npm run bench`: one table. Good for ratios and orders of magnitude, not for capacity promises. */
import { cpus, totalmem } from 'node:os';
import { ackLoad } from './ack-load.ts';
import { firstEvidence } from './first-evidence.ts';
import type { BenchRow } from './statistics.ts';
import { storeAppend } from './store-append.ts';

const BENCHES: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  'ack-load': ackLoad,
  'first-evidence': firstEvidence,
  'store-append': storeAppend,
};

const wanted = process.argv.slice(2);
const [cpu] = cpus();
console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
);
console.log('| what | figures |\n| --- | --- |');
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const row of await bench()) console.log(`| ${row.what} | ${row.figures} |`);
}
