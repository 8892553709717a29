import type { Principal, TrailRecord } from '../../domain/trail/record.ts';

/** Emptied when full: what comes again is known again at once, and it stays small. */
const KNOWN_MAX = 100_000;

/**
 * Most of what records say comes again and again: callers, programs, names. The records that this
 * gives hold each of them once; they are equal to those that were put in.
 */
export function createSharing(): (record: TrailRecord) => TrailRecord {
  const texts = createPool<string>();
  const principals = createPool<Principal>();
  const resources = createPool<TrailRecord['resources'][number]>();
  const details = createPool<TrailRecord['details'][number]>();
  const text = <T extends string | null>(value: T): T =>
    value === null ? value : (texts(value, value, () => true) as T);

  return (record) => ({
    ...record,
    eventName: text(record.eventName),
    eventSource: text(record.eventSource),
    region: text(record.region),
    accountId: text(record.accountId),
    errorCode: text(record.errorCode),
    errorMessage: text(record.errorMessage),
    principal: principals(JSON.stringify(record.principal), record.principal, () => true),
    accessKeyId: text(record.accessKeyId),
    sourceAddress: text(record.sourceAddress),
    userAgent: text(record.userAgent),
    resources: record.resources.map((one) =>
      resources(one.name, one, (known) => known.type === one.type),
    ),
    details: record.details.map((one) =>
      details(one.value, one, (known) => known.label === one.label),
    ),
  });
}

/** By key the first value that came with it, where it equals the one at hand. */
function createPool<T>() {
  const known = new Map<string, T>();
  return (key: string, value: T, isEqual: (known: T) => boolean): T => {
    const first = known.get(key);
    if (first !== undefined) return isEqual(first) ? first : value;
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(key, value);
    return value;
  };
}
