#!/usr/bin/env node
import { EXIT_CODES } from './cli/exit-codes.ts';
import { printHelp } from './cli/help.ts';
import { isAppError } from './errors.ts';

type Run = (words: readonly string[]) => Promise<void>;

/** Loaded when asked for: the demo needs packages that a production install does not have. */
const COMMANDS = {
  start: async (): Promise<Run> => (await import('./cli/run-start.ts')).runStart,
  demo: async (): Promise<Run> => (await import('./cli/run-demo.ts')).runDemo,
  export: async (): Promise<Run> => (await import('./cli/export-incident.ts')).exportIncident,
  trail: async (): Promise<Run> => (await import('./cli/run-trail.ts')).runTrail,
  investigate: async (): Promise<Run> => (await import('./cli/run-investigate.ts')).runInvestigate,
  audit: async (): Promise<Run> => (await import('./cli/run-audit.ts')).runAudit,
  redact: async (): Promise<Run> => (await import('./cli/run-redact.ts')).runRedact,
  doctor: async (): Promise<Run> => (await import('./cli/run-doctor.ts')).runDoctor,
  help: async (): Promise<Run> => printHelp,
} as const;

async function main(): Promise<void> {
  const [word = 'help', ...rest] = process.argv.slice(2);
  const asksForHelp = [word, ...rest].some((each) => each === '--help' || each === '-h');
  const name = asksForHelp ? 'help' : word;
  if (!Object.hasOwn(COMMANDS, name)) {
    process.stderr.write(`redthread: there is no command “${name}”.\n\n`);
    await printHelp([]);
    process.exitCode = EXIT_CODES.refused;
    return;
  }
  const run = await COMMANDS[name as keyof typeof COMMANDS]();
  await run(rest);
}

try {
  await main();
} catch (error) {
  if (!isAppError(error)) throw error;
  process.stderr.write(`redthread: ${error.message}\n`);
  process.exitCode = EXIT_CODES.refused;
}
