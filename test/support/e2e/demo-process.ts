import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '../poll.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

/** The page is put together first, which takes long on a busy machine. */
const START_MS_MAX = 90_000;

/** The demo as a person starts it: its own process, a free port, and what it prints. */
export interface DemoProcess {
  readonly pageUrl: string;
  /** Everything printed so far, both streams. */
  output(): string;
  /** As Ctrl-C in a terminal does; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export async function startDemoProcess(...words: readonly string[]): Promise<DemoProcess> {
  const child = spawn(process.execPath, [MAIN, 'demo', '--port', '0', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  const ended = once(child, 'exit');
  const output = () => printed.join('');
  const pageUrl = await until(
    'the demo says where its page is',
    () => {
      if (child.exitCode !== null) throw new Error(`the demo ended: ${output()}`);
      return /Open (http:\S+)/.exec(output())?.[1];
    },
    START_MS_MAX,
  ).catch((error: unknown) => {
    child.kill('SIGTERM');
    throw error;
  });
  return {
    pageUrl,
    output,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      return child.exitCode;
    },
  };
}
