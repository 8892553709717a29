import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** `redthread` in a process of its own, with nothing of our environment. */
export async function runCommand(...words: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const output = { out: '', errors: '' };
  child.stdout.on('data', (bytes) => {
    output.out += String(bytes);
  });
  child.stderr.on('data', (bytes) => {
    output.errors += String(bytes);
  });
  await once(child, 'close');
  return { code: child.exitCode, ...output };
}
