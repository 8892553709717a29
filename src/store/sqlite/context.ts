import type { Logger } from '../../ports.ts';
import type { Database } from './database.ts';
import type { Dedupe } from './dedupe.ts';

export interface SqliteContext {
  readonly database: Database;
  readonly dedupe: Dedupe;
  readonly now: () => number;
  readonly log: Logger;
  /** Called for each work item that only a newer version can read. */
  readonly onNewer: () => void;
}
