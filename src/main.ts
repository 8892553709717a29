#!/usr/bin/env node
import { exportIncident } from './cli/export-incident.ts';
import { printHelp } from './cli/help.ts';
import { runDemo } from './cli/run-demo.ts';
import { runStart } from './cli/run-start.ts';
import { isAppError } from './errors.ts';

/** Bad usage or bad input; 1 is left for our own failures. */
const EXIT_BAD_INPUT = 2;

const COMMANDS = {
  start: runStart,
  demo: runDemo,
  export: exportIncident,
  help: printHelp,
} as const satisfies Record<string, (words: readonly string[]) => Promise<void>>;

async function main(): Promise<void> {
  const [word = 'help', ...rest] = process.argv.slice(2);
  const name = word.replace(/^--?h(elp)?$/, 'help');
  if (!Object.hasOwn(COMMANDS, name)) {
    process.stderr.write(`redthread: there is no command “${name}”.\n\n`);
    await printHelp([]);
    process.exitCode = EXIT_BAD_INPUT;
    return;
  }
  await COMMANDS[name as keyof typeof COMMANDS](rest);
}

try {
  await main();
} catch (error) {
  if (!isAppError(error)) throw error;
  process.stderr.write(`redthread: ${error.message}\n`);
  process.exitCode = EXIT_BAD_INPUT;
}
