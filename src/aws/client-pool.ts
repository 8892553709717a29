import { isExpiredCredentials } from './answer-trouble.ts';

interface Destroyable {
  destroy(): void;
}

interface Pooled<Client> {
  readonly client: Client;
  callCount: number;
  isRetired: boolean;
}

export interface ClientPool<Place, Client> {
  /** Runs the call on the place's client; with expired credentials once more on a fresh one. */
  use<T>(place: Place, call: (client: Client) => Promise<T>): Promise<T>;
  clear(): void;
}

/**
 * One client for each place: its sockets are shared by all calls to it. Above `clientsMax` the ones
 * unused for longest go first, but none that is answering somebody.
 */
export function createClientPool<Place, Client extends Destroyable>(options: {
  readonly clientsMax: number;
  readonly keyOf: (place: Place) => string;
  readonly create: (place: Place) => Client;
  /** Told when AWS says that the place's credentials have expired. */
  readonly onExpired: (place: Place) => void;
}): ClientPool<Place, Client> {
  const pooled = new Map<string, Pooled<Client>>();

  const retire = (key: string, entry: Pooled<Client>): void => {
    if (pooled.get(key) === entry) pooled.delete(key);
    entry.isRetired = true;
    if (entry.callCount === 0) entry.client.destroy();
  };
  const take = (place: Place): Pooled<Client> => {
    const key = options.keyOf(place);
    const entry = pooled.get(key) ?? {
      client: options.create(place),
      callCount: 0,
      isRetired: false,
    };
    pooled.delete(key);
    pooled.set(key, entry);
    for (const [oldest, other] of pooled) {
      if (pooled.size <= options.clientsMax) break;
      if (other !== entry && other.callCount === 0) retire(oldest, other);
    }
    return entry;
  };
  const run = async <T>(
    entry: Pooled<Client>,
    call: (client: Client) => Promise<T>,
  ): Promise<T> => {
    entry.callCount += 1;
    try {
      return await call(entry.client);
    } finally {
      entry.callCount -= 1;
      if (entry.isRetired && entry.callCount === 0) entry.client.destroy();
    }
  };
  return {
    async use(place, call) {
      const entry = take(place);
      try {
        return await run(entry, call);
      } catch (error) {
        // The SDK does not look for new credentials when AWS says that these have expired.
        if (!isExpiredCredentials(error)) throw error;
        retire(options.keyOf(place), entry);
        options.onExpired(place);
        return await run(take(place), call);
      }
    },
    clear() {
      for (const [key, entry] of pooled) retire(key, entry);
    },
  };
}
