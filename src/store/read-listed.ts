import type { Logger } from '../ports.ts';
import type { Codec } from './codec.ts';

/** One of a list: what cannot be read, say because a newer Redthread wrote it, must not hide the others. */
export function readListed<T>(codec: Codec<T>, text: string, key: string, log: Logger): T | null {
  try {
    return codec.decode(text, key);
  } catch (error) {
    log.error('One of a list was left out because it cannot be read', error, { key });
    return null;
  }
}
