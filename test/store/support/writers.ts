import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import type { Place } from './open-place.ts';

const SCRIPT = fileURLToPath(new URL('writer-process.ts', import.meta.url));
const ACKNOWLEDGES_WITHIN_MS = 30_000;

/** What a writer said that the store had acknowledged. */
export interface Acknowledged {
  readonly incidentId: string;
  readonly version: number;
  readonly dedupeId: string;
}

export interface Writer {
  acknowledged(): readonly Acknowledged[];
  /** Waits until so many more appends were acknowledged. */
  waitForMore(count: number): Promise<void>;
  kill9(): Promise<void>;
  /** Holds the process as it is, until `resume`. */
  pause(): void;
  resume(): void;
}

export function startWriter(place: Place, name: string): Writer {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(place), name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const acknowledged = () => parse(output);
  return {
    acknowledged,
    async waitForMore(count) {
      const enough = acknowledged().length + count;
      await vi.waitUntil(() => acknowledged().length >= enough || child.exitCode !== null, {
        timeout: ACKNOWLEDGES_WITHIN_MS,
      });
      if (child.exitCode !== null) throw new Error(`The writer ended with ${child.exitCode}.`);
    },
    kill9: () => kill9(child),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}

/** Whole lines only: the last one may have been cut by the kill, then nobody was told. */
function parse(output: string): readonly Acknowledged[] {
  const lines = output.split('\n').slice(0, -1);
  return lines.map((line) => {
    const [incidentId = '', version = '', dedupeId = ''] = line.split(' ');
    return { incidentId, version: Number(version), dedupeId };
  });
}

async function kill9(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}
