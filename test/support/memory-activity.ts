import type { TargetOutcome } from '../../src/domain/coverage.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import type {
  ActivityAttribute,
  ActivityEnd,
  ActivityPage,
  ActivityRequest,
  ActivitySource,
} from '../../src/ports.ts';

export interface MemoryActivityOptions {
  readonly records: readonly TrailRecord[];
  /** Event ids that Event history did not index by resource name: most records name none. */
  readonly withoutIndexedResources?: ReadonlySet<string>;
  /** Under which names a record's resources are indexed; as recorded when left out. */
  readonly indexedNames?: (record: TrailRecord) => readonly string[];
  /** What a Region answers instead of records. */
  readonly troubles?: Readonly<Record<string, TargetOutcome>>;
  readonly pageSize?: number;
  readonly deliveryLagMs?: number;
}

/**
 * Event history in memory: one attribute, matched whole and with its case, newest first, one
 * Region a call. `requests` keeps what was asked; a call is a page, also an empty one.
 */
export function createMemoryActivity(options: MemoryActivityOptions) {
  const requests: ActivityRequest[] = [];
  const calls: ActivityRequest[] = [];
  const { pageSize = 50, troubles = {} } = options;
  async function* readPages(request: ActivityRequest): AsyncGenerator<ActivityPage, ActivityEnd> {
    requests.push(request);
    const { target, recordsMax } = request;
    const trouble = troubles[target.region];
    if (trouble !== undefined) return end(trouble, 0, false, `${target.region} said no.`);
    const found = options.records
      .filter((record) => isAsked(record, request, options))
      .sort((a, b) => b.atMs - a.atMs);
    const kept = found.slice(0, recordsMax);
    if (kept.length === 0) calls.push(request);
    for (let at = 0; at < kept.length; at += pageSize) {
      await Promise.resolve();
      calls.push(request);
      const isLast = at + pageSize >= found.length;
      yield { records: kept.slice(at, at + pageSize), skippedCount: 0, isLast };
    }
    const isCut = found.length > kept.length;
    return end(kept.length > 0 ? 'found' : 'nothing', kept.length, isCut, null);
  }
  const source: ActivitySource = {
    lookbackMaxMs: 90 * 86_400_000,
    deliveryLagMs: options.deliveryLagMs ?? 0,
    readPages,
  };
  return { ...source, requests, calls };
}

function end(
  outcome: TargetOutcome,
  recordCount: number,
  truncated: boolean,
  explanation: string | null,
): ActivityEnd {
  const accountId = '111122223333';
  return { outcome, accountId, recordCount, skippedCount: 0, truncated, explanation };
}

function isAsked(
  record: TrailRecord,
  { target, fromMs, toMs, attribute, category }: ActivityRequest,
  { withoutIndexedResources, indexedNames }: MemoryActivityOptions,
): boolean {
  if (record.region !== target.region || record.atMs < fromMs || record.atMs > toMs) return false;
  if (record.category !== (category ?? 'management')) return false;
  if (attribute === null) return true;
  const isIndexed = withoutIndexedResources?.has(record.eventId) !== true;
  const names = isIndexed ? (indexedNames?.(record) ?? recordedNames(record)) : [];
  return valuesOf(record, attribute.key, names).includes(attribute.value);
}

function valuesOf(
  record: TrailRecord,
  key: ActivityAttribute['key'],
  names: readonly (string | null)[],
): readonly (string | null)[] {
  switch (key) {
    case 'AccessKeyId':
      return [record.accessKeyId];
    case 'EventId':
      return [record.eventId];
    case 'EventName':
      return [record.eventName];
    case 'EventSource':
      return [record.eventSource];
    case 'ReadOnly':
      return [String(record.readOnly)];
    case 'ResourceName':
      return names;
    case 'ResourceType':
      return record.resources.map(({ type }) => type);
    case 'Username':
      return [record.principal.sessionName ?? record.principal.userName];
  }
}

/** AssumeRole and its kin are listed under the key that they issued. */
function recordedNames({ resources, mintedAccessKeyId }: TrailRecord): readonly (string | null)[] {
  return [...resources.map(({ name }) => name), mintedAccessKeyId];
}
