import type { Logger, Store } from '../../../src/ports.ts';
import { openRedisStore } from '../../../src/store/redis/open-redis-store.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';

/** Where a store keeps its data, as one process can tell another. */
export type Place =
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'redis';
      readonly url: string;
      readonly installation: string;
      readonly replicas?: number;
    };

export function openPlace(place: Place, log: Logger): Promise<Store> {
  switch (place.kind) {
    case 'sqlite':
      return openSqliteStore({ path: place.path, log });
    case 'redis':
      return openRedisStore({ ...place, log });
  }
}
