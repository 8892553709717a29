import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** `redthread` in a process of its own, with nothing of our environment. */
export function runCommand(...words: readonly string[]) {
  return runCommandIn({}, ...words);
}

/** The same, with these settings. */
export async function runCommandIn(
  environment: Readonly<Record<string, string>>,
  ...words: readonly string[]
) {
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...environment },
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
