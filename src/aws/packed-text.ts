import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** Kept texts are ours, but somebody else may have written where they are kept. */
const UNPACKED_BYTES_MAX = 64 * 1024 * 1024;

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Text made small for the store's cache. */
export async function pack(text: string): Promise<string> {
  return (await zip(text)).toString('base64');
}

/** Throws for what `pack` did not make. */
export async function unpack(body: string): Promise<string> {
  const options = { maxOutputLength: UNPACKED_BYTES_MAX };
  return (await unzip(Buffer.from(body, 'base64'), options)).toString();
}
