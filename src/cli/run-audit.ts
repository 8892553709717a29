import { readStoreConfig } from '../config.ts';
import { parseWhen } from '../domain/time/parse-when.ts';
import { takeEnvironment } from '../environment.ts';
import { AppError } from '../errors.ts';
import { createLogger } from '../observe/logger.ts';
import { STORE_LIMITS } from '../store/limits.ts';
import { openStore } from '../store/open-store.ts';
import { jsonLine } from './json-text.ts';
import { printAnswer } from './print-answer.ts';
import { readCommandLine } from './read-command-line.ts';

/** Prints every lookup and every refusal that the store still has, for whoever keeps such records. */
export async function runAudit(words: readonly string[]): Promise<void> {
  const sinceMs = readSince(words, Date.now());
  const config = readStoreConfig(takeEnvironment());
  const store = await openStore(config, createLogger(config.logLevel));
  try {
    const entries = await store.readAudit(STORE_LIMITS.auditEntriesMax);
    const wanted = entries.filter(({ atMs }) => atMs >= sinceMs).toReversed();
    const lines = wanted.map(({ atMs, ...entry }) =>
      jsonLine({ at: new Date(atMs).toISOString(), ...entry }),
    );
    printAnswer(lines.join(''));
  } finally {
    await store.close();
  }
}

/** From the beginning where nothing is said. */
function readSince(words: readonly string[], nowMs: number): number {
  const options = { since: { type: 'string' } } as const;
  const { values, positionals } = readCommandLine('audit', words, options);
  if (positionals.length > 0) {
    throw new AppError('input-invalid', 'audit: takes no words, only --since TIME');
  }
  if (values.since === undefined) return Number.NEGATIVE_INFINITY;
  const when = parseWhen(values.since, { timeZone: 'UTC', nowMs, meaning: 'past' });
  if (when.kind === 'time') return when.atMs;
  throw new AppError('input-invalid', `audit: --since: ${when.sentence}`);
}
