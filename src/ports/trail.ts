import type { Coverage, TargetReport } from '../domain/coverage.ts';
import type { TrailQuery } from '../domain/trail/query/query.ts';
import type { EventCategory, TrailRecord } from '../domain/trail/record.ts';
import type { Asker, AwsTarget } from './aws.ts';

/** Where records of calls are kept and can be searched; each keeps something else for another time. */
export type TrailSourceId = Extract<Coverage['source'], 'event-history' | 'logs-insights' | 'lake'>;

/** What a source can answer at all; printed under every answer. */
export interface SourceReach {
  readonly id: TrailSourceId;
  /** Null: as far back as it was switched on. */
  readonly lookbackMaxMs: number | null;
  /** Events younger than this may not have arrived yet. */
  readonly deliveryLagMs: number;
  readonly holds: readonly EventCategory[];
  /** What it never shows, in words. */
  readonly gaps: readonly string[];
  /** Finds by every attribute at once; Event history takes one a call, two calls a second. */
  readonly searchesEverything: boolean;
  /** Of these, what it covers. */
  covers(target: AwsTarget): boolean;
}

export interface TrailSearch {
  readonly query: TrailQuery;
  readonly targets: readonly AwsTarget[];
  readonly asker: Asker;
  /** With an answer among this many matches, reading may stop: more would only make the list longer. */
  readonly matchesEnough: number;
  /** Told in a short sentence how far it is. */
  readonly onProgress?: ((sentence: string) => void) | undefined;
}

export interface TrailFindings {
  /** All that match, in any order; doubles are possible. */
  readonly records: readonly TrailRecord[];
  /** One per target asked. */
  readonly targets: readonly TargetReport[];
  readonly skippedCount: number;
  /** By what the newest match was found ("resource", "all writes"); null without one. */
  readonly matchedBy: string | null;
  /** Trouble or the time that was up ended it: what is there may be less than was asked for. */
  readonly endedInTrouble?: boolean | undefined;
  /** When it was read, if not just now: what arrived since then is not in it. */
  readonly readAtMs?: number | undefined;
}

/** One of the places above. Never throws for what AWS answers: that is in the targets' outcomes. */
export interface TrailSource {
  readonly reach: SourceReach;
  search(search: TrailSearch, signal: AbortSignal): Promise<TrailFindings>;
}

/** What may be asked about from one channel. */
export interface TrailScope {
  readonly targets: readonly AwsTarget[];
  /** What people call each account of the installation, by its id: also one that may not be asked about from here. */
  readonly accountNames: ReadonlyMap<string, string>;
}

/** A log group or an event data store that the configuration names. */
export interface EventStoreSettings {
  /** Where it is. */
  readonly home: AwsTarget;
  /** Log groups (names, or ARNs in other accounts), or the id of one event data store. */
  readonly names: readonly string[];
  /** Whose calls are in it; null: only its own account's. */
  readonly accountIds: readonly string[] | null;
  /** Regions whose calls are in it; null: all. */
  readonly regions: readonly string[] | null;
  readonly holds: readonly EventCategory[];
}

/** Which call issued a key never changes, so that it is looked up once. Never throws, never in the way. */
export interface MintMemory {
  /** Null when it is not known. */
  recall(accountId: string, accessKeyId: string): Promise<TrailRecord | null>;
  keep(accountId: string, accessKeyId: string, mint: TrailRecord): Promise<void>;
}
