import type { Logger } from '../../ports.ts';
import type { RedisConnection } from './connection.ts';
import type { RedisKeys } from './keys.ts';

export interface RedisContext {
  readonly connection: RedisConnection;
  readonly keys: RedisKeys;
  readonly log: Logger;
  /** Called for each work item that only a newer version can read. */
  readonly onNewer: () => void;
  /** Null: scripts take the server's time. */
  readonly now: (() => number) | null;
}

/** What scripts get as `now`: empty for the server's own time. */
export function givenNow({ now }: RedisContext): string {
  return now === null ? '' : String(now());
}
