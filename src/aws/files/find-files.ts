import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { FILE_LIMITS } from './limits.ts';
import { tooMuch, unlessUnreadable } from './troubles.ts';

const RECORD_FILE = /\.jsonl?(?:\.gz)?$/i;
/** Beside a trail's records its bucket holds signatures and sums of data events: no records of ours. */
const OTHER_FOLDERS: readonly string[] = ['CloudTrail-Digest', 'CloudTrail-Aggregated'];

/** The file itself whatever its name, or a folder's record files in the order of their names. */
export async function findFiles(path: string): Promise<readonly string[]> {
  const found = await unlessUnreadable(path, () => stat(path));
  if (!found.isDirectory()) return [path];
  const files: string[] = [];
  await collect(path, FILE_LIMITS.foldersDeepMax, files);
  if (files.length > 0) return files;
  throw new AppError('input-invalid', `${path} holds no .json, .json.gz, .jsonl or .jsonl.gz file`);
}

async function collect(folder: string, foldersLeft: number, files: string[]): Promise<void> {
  if (foldersLeft === 0) throw tooMuch(`folders nested more than ${FILE_LIMITS.foldersDeepMax}`);
  const entries = await unlessUnreadable(folder, () => readdir(folder, { withFileTypes: true }));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !OTHER_FOLDERS.includes(entry.name)) {
      await collect(path, foldersLeft - 1, files);
    }
    if (!RECORD_FILE.test(entry.name) || !(entry.isFile() || entry.isSymbolicLink())) continue;
    const isFile = entry.isFile() || (await unlessUnreadable(path, () => stat(path))).isFile();
    if (isFile) files.push(path);
    if (files.length > FILE_LIMITS.filesMax)
      throw tooMuch(`more than ${FILE_LIMITS.filesMax} files`);
  }
}
