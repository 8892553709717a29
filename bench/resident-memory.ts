import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

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
export async function peakMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) * 1_024) / 1_000_000;
}
