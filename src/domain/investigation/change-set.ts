import type { TrailRecord } from '../trail/record.ts';
import type { ChangeKind } from './change-class.ts';
import { classifyChange } from './classify-change.ts';

const LIMITS = {
  /** Calls of one session with less between them were done in one go. */
  gapMs: 2 * 60_000,
  /** Work of a whole shift is not one change. */
  spanMs: 15 * 60_000,
} as const;

export interface Change {
  readonly record: TrailRecord;
  readonly kind: ChangeKind;
}

/** What one principal did in one go; oldest first. A Terraform run is one, not 165. */
export interface ChangeSet {
  readonly changes: readonly [Change, ...Change[]];
  readonly fromMs: number;
  readonly toMs: number;
}

/** Successful writes that change something, folded by who did them and when. Oldest set first. */
export function findChangeSets(records: readonly TrailRecord[]): readonly ChangeSet[] {
  const changes = records
    // A refused sign-in has a message and no code.
    .filter(
      ({ readOnly, errorCode, errorMessage }) =>
        !readOnly && errorCode === null && errorMessage === null,
    )
    .map((record): Change => ({ record, kind: classifyChange(record) }))
    .filter(({ kind }) => kind.changeClass !== 'routine')
    .sort(
      (a, b) => a.record.atMs - b.record.atMs || (a.record.eventId < b.record.eventId ? -1 : 1),
    );
  const sets: [Change, ...Change[]][] = [];
  const newestOf = new Map<string, [Change, ...Change[]]>();
  for (const change of changes) {
    const who = sessionOf(change.record);
    const open = newestOf.get(who);
    const last = open?.at(-1);
    const { atMs } = change.record;
    const belongs =
      open !== undefined &&
      last !== undefined &&
      atMs - last.record.atMs < LIMITS.gapMs &&
      atMs - open[0].record.atMs <= LIMITS.spanMs;
    if (belongs) {
      open.push(change);
      continue;
    }
    const started: [Change, ...Change[]] = [change];
    sets.push(started);
    newestOf.set(who, started);
  }
  return sets.map((set) => ({
    changes: set,
    fromMs: set[0].record.atMs,
    toMs: set.at(-1)?.record.atMs ?? set[0].record.atMs,
  }));
}

/** The principal as AWS names it, and the credentials: two people may share neither. */
function sessionOf({ principal, accountId, accessKeyId }: TrailRecord): string {
  const { label, roleName, sessionName, userName } = principal;
  return [accountId, accessKeyId, roleName, sessionName, userName, label].join('\n');
}
