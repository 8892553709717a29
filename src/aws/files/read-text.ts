import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isAppError } from '../../errors.ts';
import { FILE_LIMITS } from './limits.ts';
import { tooMuch, unreadable } from './troubles.ts';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** How much has been read of all files together; a small packed file may hold a lot. */
export interface BytesRead {
  total: number;
}

/** A file's text in pieces, unpacked where it is packed, whatever its name says. */
export async function* readText(path: string, bytesRead: BytesRead): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const bytes of await openUnpacked(path)) {
      bytesRead.total += bytes.length;
      if (bytesRead.total > FILE_LIMITS.bytesMax) {
        throw tooMuch(`more than ${FILE_LIMITS.bytesMax / 1024 ** 3} GB of text`);
      }
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw isAppError(error) ? error : unreadable(path, error);
  }
}

async function openUnpacked(path: string): Promise<Readable> {
  const file = createReadStream(path);
  await once(file, 'readable');
  const head: Buffer | null = file.read();
  if (head === null) return file;
  file.unshift(head);
  if (!head.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC)) return file;
  // Trouble of either end comes out of the one that is read.
  return pipeline(file, createGunzip(), () => undefined);
}
