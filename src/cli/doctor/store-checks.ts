import { constants } from 'node:fs';
import { access, mkdtemp, rm, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { StoreSettings } from '../../config.ts';
import { isAppError } from '../../errors.ts';
import type { Logger } from '../../ports.ts';
import { DATABASE_FILE } from '../../store/open-store.ts';
import { inspectFile } from '../../store/sqlite/inspect-file.ts';
import { type Check, type Finding, failed, ok, warning } from './check.ts';
import { redisChecks } from './redis-checks.ts';

const FREE_BYTES = { failedBelow: 100_000_000, warnedBelow: 1_000_000_000 } as const;

/** The store that the bot would open, looked at without opening it for writing. */
export function storeChecks(settings: StoreSettings, log: Logger): readonly Check[] {
  const { redisUrl, dataDirectory } = settings;
  if (redisUrl !== null) return redisChecks({ ...settings, redisUrl }, log);
  const folder = resolve(dataDirectory);
  return [
    { area: 'Store', name: 'data folder', run: () => checkFolder(folder) },
    { area: 'Store', name: 'free space', run: () => checkSpace(folder) },
    { area: 'Store', name: 'database file', run: async () => checkFile(folder) },
  ];
}

async function checkFolder(folder: string): Promise<Finding> {
  const advice = 'Let the bot’s user write there, or set REDTHREAD_DATA to a folder where it may.';
  try {
    const probe = await mkdtemp(join(folder, '.doctor-'));
    await rm(probe, { recursive: true });
    return ok(`${folder} can be written to`);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return failed(`${folder} cannot be written to`, advice);
  }
  const parent = await nearestFolder(folder);
  const isPossible = await access(parent, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (isPossible) return ok(`${folder} is made at the first start`);
  return failed(`${folder} cannot be made`, advice);
}

async function checkSpace(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestFolder(folder));
  const free = bavail * bsize;
  const found = `${megabytes(free)} free`;
  if (free < FREE_BYTES.failedBelow) {
    return failed(found, 'Free some space: on a full disk nothing more is recorded.');
  }
  if (free < FREE_BYTES.warnedBelow) return warning(found, 'Free some space before it is needed.');
  return ok(found);
}

function checkFile(folder: string): Finding {
  try {
    const facts = inspectFile(join(folder, DATABASE_FILE));
    switch (facts.kind) {
      case 'absent':
        return ok('made at the first start; one process at a time can use it');
      case 'in-use':
        return ok('in use by the one process that can: the bot runs');
      case 'readable':
        if (!facts.isNewer) return ok(`schema ${facts.schema}, not in use`);
        return failed(
          `schema ${facts.schema} of a newer Redthread`,
          'Start the newer one, or restore the backup from before the upgrade.',
        );
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
    return failed(error.message, 'docs/operating.md says how to restore a backup.');
  }
}

/** The folder itself, or the first one above it that exists. */
async function nearestFolder(folder: string): Promise<string> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  const parent = dirname(folder);
  return exists || parent === folder ? folder : nearestFolder(parent);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000).toLocaleString('en-US')} MB`;
}
