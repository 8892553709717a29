import { readStoreConfig } from '../config.ts';
import { takeEnvironment } from '../environment.ts';
import { AppError } from '../errors.ts';
import { createLogger } from '../observe/logger.ts';
import { openStore } from '../store/open-store.ts';
import { currentDocument } from './current-document.ts';

/** Prints an incident's document; one that is still open is written as far as it has come. */
export async function exportIncident(words: readonly string[]): Promise<void> {
  const json = words.includes('--json');
  const [incidentId, ...more] = words.filter((word) => word !== '--json');
  if (incidentId === undefined || more.length > 0) {
    throw new AppError(
      'input-invalid',
      'say which incident: redthread export RT-7K3F9 (--json for JSON)',
    );
  }
  const config = readStoreConfig(takeEnvironment());
  const store = await openStore(config, createLogger(config.logLevel));
  try {
    const id = incidentId.toUpperCase();
    const document = await currentDocument({ store, clock: { nowMs: () => Date.now() } }, id);
    if (document === null) {
      throw new AppError(
        'input-invalid',
        `there is no incident ${id} in this store; /triage list names those there are`,
      );
    }
    process.stdout.write(json ? document.json : document.markdown);
  } finally {
    await store.close();
  }
}
