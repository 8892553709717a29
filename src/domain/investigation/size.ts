import type { TrailRecord } from '../trail/record.ts';

/** Settings where less is less: capacity, time and money for what runs. */
export const SIZES: ReadonlySet<string> = new Set([
  'desired',
  'minimum',
  'maximum',
  'concurrency',
  'memory (MB)',
  'time-out (s)',
  'read units',
  'write units',
  'shards',
  'replicas',
  'IOPS',
  'size (GB)',
  'storage (GB)',
  'type',
  'class',
]);

const STEPS = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'];

/** A number, or how large an instance type is; null for anything else. */
export function sizeOf(value: string): number | null {
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value);
  const [, times = '1', step = ''] =
    /\.(\d*)(nano|micro|small|medium|large|xlarge)$/.exec(value) ?? [];
  const place = STEPS.indexOf(step);
  return place < 0 ? null : 2 ** place * (times === '' ? 1 : Number(times));
}

const REVISIONS: ReadonlySet<string> = new Set(['version', 'task definition']);

/**
 * Whether a later call put back what an earlier one set: gave the size back that it took, or went to
 * an older revision. Null where the records do not show it.
 */
export function isPutBack(earlier: TrailRecord, later: TrailRecord): boolean | null {
  const steps = earlier.details.flatMap(({ label, value }) => {
    const after = later.details.find((detail) => detail.label === label)?.value;
    if (after === undefined) return [];
    if (REVISIONS.has(label)) {
      const isSame = familyOf(value) === familyOf(after);
      return isSame ? -stepBetween(revisionOf(value), revisionOf(after)) : [];
    }
    return SIZES.has(label) ? stepBetween(sizeOf(value), sizeOf(after)) : [];
  });
  return steps.length === 0 ? null : steps.some((step) => step > 0);
}

function revisionOf(value: string): number | null {
  const [, revision] = /(?:^|:)(\d+)$/.exec(value) ?? [];
  return revision === undefined ? null : Number(revision);
}

function familyOf(value: string): string {
  return value.replace(/(?:^|:)\d+$/, '').replace(/^.*\//, '');
}

function stepBetween(from: number | null, to: number | null): number {
  return from === null || to === null ? 0 : Math.sign(to - from);
}
