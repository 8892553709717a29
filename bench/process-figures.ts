import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process holds in memory, in megabytes; null when it is gone. */
export function residentMegabytes(pid: number | undefined): number | null {
  if (pid === process.pid) return process.memoryUsage.rss() / 1_000_000;
  try {
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return (Number(kilobytes) * 1_024) / 1_000_000;
  } catch {
    return null;
  }
}

/** The most that a process has held since it started, in megabytes, as Linux keeps it. */
export function peakMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) * 1_024) / 1_000_000;
}

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** What a process has had of the processors so far, as Linux keeps it. */
export function processorMs(pid: number | undefined): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
