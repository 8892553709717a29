import { AppError, type ErrorCode } from '../../errors.ts';

interface Trouble {
  readonly code: ErrorCode;
  readonly sentence: string;
}

const DISK_FULL = 13;

/** Primary result codes, https://www.sqlite.org/rescode.html */
const TROUBLES: Readonly<Record<number, Trouble>> = {
  5: {
    code: 'store-locked',
    sentence:
      'is in use by another process. Only one Redthread can run on a file: stop the other one, give this one another data folder, or set REDIS_URL to run several. A backup or another program that has it must end first.',
  },
  8: { code: 'store-unavailable', sentence: 'cannot be written to. Check who owns it.' },
  10: {
    code: 'store-unavailable',
    sentence: 'could not be read or written. Check the disk, and who owns the file.',
  },
  11: { code: 'store-corrupt', sentence: 'is damaged. Restore it from a backup.' },
  [DISK_FULL]: {
    code: 'store-unavailable',
    sentence: 'cannot grow: the disk is full. Free some space.',
  },
  14: { code: 'store-unavailable', sentence: 'cannot be opened. Check its path and permissions.' },
  26: { code: 'store-corrupt', sentence: 'is not a Redthread database. Move it away.' },
};

/** No room for what was to be written, as an AppError of ours tells it. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof AppError && primaryCode(error.cause) === DISK_FULL;
}

/** SQLite's result code in our terms; whatever is not in the table is passed on as it is. */
export function translateSqliteError(error: unknown, path: string): unknown {
  const trouble = TROUBLES[primaryCode(error)];
  if (trouble === undefined) return error;
  return new AppError(trouble.code, `The database file ${path} ${trouble.sentence}`, {
    cause: error,
  });
}

function primaryCode(error: unknown): number {
  if (!(error instanceof Error) || !('errcode' in error)) return 0;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
}
