import { execFileSync } from 'node:child_process';

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
