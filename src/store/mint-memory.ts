import type { Logger, MintMemory, Store } from '../ports.ts';
import { decodeJson } from './codec/decode.ts';
import { recordSchema } from './codec/evidence.ts';

/** As long as the audit; Event history itself forgets sooner. */
const KEPT_MS = 400 * 86_400_000;

/** Issuing calls by the key they issued, in the cache: whatever is wrong with it only costs a lookup. */
export function createMintMemory(deps: {
  readonly store: Pick<Store, 'readCached' | 'saveCached'>;
  readonly log: Logger;
}): MintMemory {
  const { store, log } = deps;
  return {
    async recall(accountId, accessKeyId) {
      const key = keyOf(accountId, accessKeyId);
      try {
        const body = await store.readCached(key);
        return body === null ? null : decodeJson(recordSchema, body, key);
      } catch (error) {
        log.warn('an issuing call could not be recalled', { error: String(error) });
        return null;
      }
    },
    async keep(accountId, accessKeyId, mint) {
      try {
        await store.saveCached(keyOf(accountId, accessKeyId), JSON.stringify(mint), KEPT_MS);
      } catch (error) {
        log.warn('an issuing call could not be kept', { error: String(error) });
      }
    },
  };
}

function keyOf(accountId: string, accessKeyId: string): string {
  return `mint:${accountId}:${accessKeyId}`;
}
