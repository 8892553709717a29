import { AppError } from '../../errors.ts';

export function tooMuch(what: string): AppError {
  return new AppError('input-invalid', `${what}: name a smaller folder, or fewer files at once`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'no permission to read it',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  Z_BUF_ERROR: 'its compressed data ends too early',
  Z_DATA_ERROR: 'its compressed data is damaged',
};

/** What the system says about a path, as one sentence for a person. */
export async function unlessUnreadable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

export function unreadable(path: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  return new AppError('input-invalid', `cannot read ${path}: ${REASONS[code] ?? code}`, { cause });
}
