import { text as readAll } from 'node:stream/consumers';
import { LONGEST_AUDIT_MS } from '../config/retention-schema.ts';
import { readStoreConfig } from '../config.ts';
import { takeEnvironment } from '../environment.ts';
import { AppError } from '../errors.ts';
import { redactIncident } from '../flows/redact-incident.ts';
import { createIds } from '../observe/ids.ts';
import { createLogger } from '../observe/logger.ts';
import { openStore } from '../store/open-store.ts';
import { readCommandLine } from './read-command-line.ts';

const USAGE =
  'redact: say which incident and why: redthread redact RT-7K3F9 --reason "a password"; the text comes on standard input';

/**
 * Takes text out of an incident's record. The text is read from standard input: others on this
 * machine see the command line.
 */
export async function runRedact(words: readonly string[]): Promise<void> {
  const options = { reason: { type: 'string' } } as const;
  const { values, positionals } = readCommandLine('redact', words, options);
  const [incidentId, ...more] = positionals;
  const reason = values.reason?.trim() ?? '';
  if (incidentId === undefined || more.length > 0 || reason === '') {
    throw new AppError('input-invalid', USAGE);
  }
  const text = (await readAll(process.stdin)).replace(/\r?\n$/, '');
  const config = readStoreConfig(takeEnvironment());
  const log = createLogger(config.logLevel);
  // How long the audit log is kept is in a file that is not read here: nothing of it goes.
  const store = await openStore({ ...config, retention: { auditMs: LONGEST_AUDIT_MS } }, log);
  try {
    const ids = createIds();
    const outcome = await redactIncident(
      { store, log, ids, clock: { nowMs: () => Date.now() }, wakeWorkers: () => undefined },
      {
        incidentId: incidentId.toUpperCase(),
        text,
        reason,
        actor: { kind: 'bot' },
        dedupeId: ids.next('redact'),
      },
    );
    if (outcome.kind === 'rejected')
      throw new AppError('input-invalid', `redact: ${outcome.sentence}`);
    process.stdout.write(told(outcome.state.incidentId, outcome.places));
  } finally {
    await store.close();
  }
}

function told(incidentId: string, places: number): string {
  return `The text is out of ${incidentId}: ${places} ${places === 1 ? 'place' : 'places'} of the record changed.
The running bot edits its cards and documents in Slack; where none runs, the next one does.
Out of reach: what people wrote in Slack themselves, direct messages, other incidents that quote
this one, e-mails, webhooks that were sent, exports and backups. If it is a secret, change it now.
`;
}
