/**
 * `node bench/rank-once.ts 100000 [one-thing]`: so many reduced records, held as the command holds those that it
 * read, are ranked once in a process that did nothing else before. Prints what it took as JSON.
 */
import { createSharing } from '../src/aws/files/share-equal.ts';
import { keepHeapSmall } from '../src/cli/keep-heap-small.ts';
import { investigate } from '../src/domain/investigation/investigate.ts';
import { ALARM, ONSET_MS, onOneThing, recordAt } from './made-records.ts';
import { peakMegabytes, residentMegabytes } from './process-figures.ts';

keepHeapSmall();
const count = Number(process.argv[2]);
const share = createSharing();
const isOneThing = process.argv[3] === 'one-thing';
const records = Array.from({ length: count }, (_, index) => {
  const record = recordAt(index, count);
  return share(isOneThing ? onOneThing(record, index) : record);
});
const heldMb = residentMegabytes(process.pid);
const startedCpu = process.cpuUsage();
const startMs = performance.now();
investigate({
  records,
  alarms: [ALARM],
  transitions: [],
  nowMs: ONSET_MS + 600_000,
});
const tookMs = performance.now() - startMs;
const { user, system } = process.cpuUsage(startedCpu);
const found = {
  tookMs,
  cpuMs: (user + system) / 1_000,
  heldMb,
  peakMb: peakMegabytes(process.pid),
};
process.stdout.write(JSON.stringify(found));
