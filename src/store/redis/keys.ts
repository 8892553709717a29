import { AppError } from '../../errors.ts';
import type { DedupeScope } from '../limits.ts';

/** `*` stands for all: of a channel, of a status. */
type Status = 'open' | 'closed' | '*';

/**
 * Every key of one installation. The part in braces is its hash slot: all keys are in one, so that
 * a script may change any of them together, on a cluster too.
 */
export interface RedisKeys {
  /** String: the version the input led to. */
  dedupe(scope: DedupeScope, dedupeId: string): string;
  /** Stream with ids `0-<version>`, field `event`. */
  events(incidentId: string): string;
  /** Hash: version, state, openedAtMs, rewritten (the version of the last rewrite, if any). */
  snapshot(incidentId: string): string;
  /** Hash: incident id → summary. */
  readonly summaries: string;
  /** Sorted set of incident ids by last activity. */
  index(channelId: string, status: Status): string;
  /** What the keys of all indexes begin with. No key has this name. */
  readonly indexPrefix: string;
  /** Sorted set of work ids by due time; held items by the end of their lease. */
  readonly workDue: string;
  /** Hash: work id → item (see scripts/work-item.ts). */
  readonly workItems: string;
  /** Counter: the last generation given out. */
  readonly workSequence: string;
  /** List, newest first. */
  readonly deadWork: string;
  /** Hash: slot → message. */
  messages(incidentId: string): string;
  /** Sorted set of incident ids by the time they were opened. */
  thread(channelId: string, threadTs: string): string;
  /** What the keys of all threads begin with. No key has this name. */
  readonly threadPrefix: string;
  document(incidentId: string): string;
  /** Hash: version, until, body. */
  inquiry(inquiryId: string): string;
  /** String: when the next call may be made. */
  limiter(name: string): string;
  /** Hash: digest of the name → body. */
  readonly cacheBodies: string;
  /** Sorted set of those digests by the time they expire. */
  readonly cacheExpiry: string;
  /** Counter: bytes of all bodies. */
  readonly cacheBytes: string;
  /** Stream, field `entry`. */
  readonly audit: string;
}

const INSTALLATION_NAME = /^[A-Za-z0-9_-]{1,64}$/;

export function createKeys(installation: string): RedisKeys {
  if (!INSTALLATION_NAME.test(installation)) {
    throw new AppError(
      'configuration-invalid',
      `The installation name "${installation}" must have 1 to 64 letters, digits, _ or -.`,
    );
  }
  const key = (...parts: readonly string[]): string =>
    [`{redthread:${installation}}`, ...parts].join(':');
  return {
    dedupe: (scope, dedupeId) => key('dedupe', scope, dedupeId),
    events: (incidentId) => key('events', incidentId),
    snapshot: (incidentId) => key('snapshot', incidentId),
    summaries: key('summaries'),
    index: (channelId, status) => key('index', channelId, status),
    indexPrefix: key('index', ''),
    workDue: key('work', 'due'),
    workItems: key('work', 'items'),
    workSequence: key('work', 'sequence'),
    deadWork: key('work', 'dead'),
    messages: (incidentId) => key('messages', incidentId),
    thread: (channelId, threadTs) => key('thread', channelId, threadTs),
    threadPrefix: key('thread', ''),
    document: (incidentId) => key('document', incidentId),
    inquiry: (inquiryId) => key('inquiry', inquiryId),
    limiter: (name) => key('limiter', name),
    cacheBodies: key('cache', 'bodies'),
    cacheExpiry: key('cache', 'expiry'),
    cacheBytes: key('cache', 'bytes'),
    audit: key('audit'),
  };
}
