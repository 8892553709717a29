import { z } from 'zod';
import type { ClaimedWork, ScheduledWork, Store } from '../../ports.ts';
import { deadWorkCodec, workCodec } from '../codec.ts';
import { PATIENT_WORK, STORE_LIMITS, wholeMs } from '../limits.ts';
import { readListed } from '../read-listed.ts';
import { sortClaims } from '../readable-claims.ts';
import type { SqliteContext } from './context.ts';
import type { Database } from './database.ts';

type WorkMethods = Pick<
  Store,
  | 'schedule'
  | 'claimWork'
  | 'renewWork'
  | 'completeWork'
  | 'releaseWork'
  | 'failWork'
  | 'listDeadWork'
  | 'workCounts'
>;

const itemRow = z.object({
  work_id: z.string(),
  payload: z.string(),
  attempt: z.int(),
  generation: z.int(),
  failure_count: z.int(),
});
const sequenceRow = z.object({ last: z.int() });
const deadRow = z.object({ id: z.int(), body: z.string() });
const countsRow = z.object({
  pending: z.int(),
  dead: z.int(),
  next_due_at_ms: z.int().nullable(),
});

/** Generations are numbered over all items, so that an old claim never fits an item made anew. */
export function scheduleWork(database: Database, work: readonly ScheduledWork[]): void {
  const upsert = `INSERT INTO work VALUES ($workId, $dueAtMs, $payload, 0, $generation, 0, 0, 0)
    ON CONFLICT (work_id) DO UPDATE SET
      payload = excluded.payload, generation = excluded.generation,
      due_at_ms = iif(held, due_at_ms, min(due_at_ms, excluded.due_at_ms))`;
  for (const { workId, dueAtMs, work: payload } of work) {
    const next = 'UPDATE work_sequence SET last = last + 1 RETURNING last';
    const generation = database.first(sequenceRow, next)?.last ?? 0;
    const encoded = workCodec.encode(payload);
    database.run(upsert, { workId, dueAtMs: wholeMs(dueAtMs), payload: encoded, generation });
  }
}

/** A crash that the item itself causes must not become a loop without a pause. */
const FREED_DELAY_MS = 500;

/**
 * Ends every lease. The file has one process at a time, so at its opening whoever held something
 * is gone; attempts stay counted.
 */
export function freeHeldWork(database: Database, now: () => number): void {
  const sql = 'UPDATE work SET due_at_ms = $dueAtMs, held = 0 WHERE held = 1';
  database.run(sql, { dueAtMs: now() + FREED_DELAY_MS });
}

const OUR_CLAIM = `work_id = $workId AND held = 1 AND attempt = $attempt
  AND claimed_generation = $generation`;

type Claim = Omit<ClaimedWork, 'work'>;

function claimKey({ workId, attempt, generation }: Claim) {
  return { workId, attempt, generation };
}

function release({ database, now }: SqliteContext, claim: Claim, delayMs: number): boolean {
  const sql = `UPDATE work SET due_at_ms = $dueAtMs, held = 0 WHERE ${OUR_CLAIM}`;
  return changed(database.run(sql, { ...claimKey(claim), dueAtMs: now() + wholeMs(delayMs) }));
}

export function createWork(context: SqliteContext): WorkMethods {
  const { database, dedupe, now, log } = context;
  return {
    async schedule(work, dedupeId) {
      return database.transaction(() => {
        if (dedupeId !== null && dedupe.find('schedule', dedupeId) !== null) return false;
        scheduleWork(database, work);
        if (dedupeId !== null) dedupe.remember('schedule', dedupeId, 0);
        return true;
      });
    },
    async claimWork({ leaseMs, limit }) {
      return database.transaction(() => {
        const { readable, unreadable } = sortClaims(claimDue(context, leaseMs, limit), context);
        for (const { claim, delayMs } of unreadable) release(context, claim, delayMs);
        return readable;
      });
    },
    async renewWork(work, leaseMs) {
      const sql = `UPDATE work SET due_at_ms = $dueAtMs WHERE ${OUR_CLAIM}`;
      return changed(database.run(sql, { ...claimKey(work), dueAtMs: now() + wholeMs(leaseMs) }));
    },
    async completeWork(work) {
      return database.transaction(() => complete(context, work));
    },
    async releaseWork(work, delayMs) {
      return release(context, work, delayMs);
    },
    async failWork(work, failure) {
      return database.transaction(() => fail(context, work, failure));
    },
    async listDeadWork(limit) {
      const sql = 'SELECT id, body FROM dead_work ORDER BY id DESC LIMIT $limit';
      const rows = database.all(deadRow, sql, { limit });
      return rows.flatMap(
        (row) => readListed(deadWorkCodec, row.body, `dead_work/${row.id}`, log) ?? [],
      );
    },
    async workCounts() {
      const sql = `SELECT count(*) AS pending, min(due_at_ms) AS next_due_at_ms,
        (SELECT count(*) FROM dead_work) AS dead FROM work`;
      const row = database.first(countsRow, sql);
      return {
        pending: row?.pending ?? 0,
        dead: row?.dead ?? 0,
        nextDueAtMs: row?.next_due_at_ms ?? null,
      };
    },
  };
}

function changed({ changes }: { readonly changes: number }): boolean {
  return changes === 1;
}

function claimDue({ database, now }: SqliteContext, leaseMs: number, limit: number) {
  const nowMs = now();
  const due = `SELECT work_id, payload, attempt, generation, failure_count FROM work
    WHERE due_at_ms <= $nowMs AND work_id GLOB '${PATIENT_WORK}*' = $isPatient
    ORDER BY due_at_ms, work_id LIMIT $limit`;
  const hide = `UPDATE work SET attempt = attempt + 1, claimed_generation = generation, held = 1,
    due_at_ms = $dueAtMs WHERE work_id = $workId`;
  const first = database.all(itemRow, due, { nowMs, limit, isPatient: 0 });
  const left = limit - first.length;
  const rows =
    left > 0
      ? [...first, ...database.all(itemRow, due, { nowMs, limit: left, isPatient: 1 })]
      : first;
  for (const row of rows) {
    database.run(hide, { workId: row.work_id, dueAtMs: nowMs + wholeMs(leaseMs) });
  }
  return rows.map((row) => ({
    workId: row.work_id,
    payload: row.payload,
    attempt: row.attempt + 1,
    generation: row.generation,
    failureCount: row.failure_count,
  }));
}

function complete({ database, now }: SqliteContext, work: ClaimedWork): boolean {
  const remove = `DELETE FROM work WHERE ${OUR_CLAIM} AND generation = claimed_generation`;
  if (changed(database.run(remove, claimKey(work)))) return true;
  const again = `UPDATE work SET due_at_ms = $nowMs, held = 0, failure_count = 0 WHERE ${OUR_CLAIM}`;
  return changed(database.run(again, { ...claimKey(work), nowMs: now() }));
}

function fail(
  { database, now }: SqliteContext,
  work: ClaimedWork,
  failure: Parameters<Store['failWork']>[1],
): 'retry' | 'dead' | 'stale' {
  const count = `UPDATE work SET due_at_ms = $dueAtMs, held = 0, failure_count = failure_count + 1
    WHERE ${OUR_CLAIM} RETURNING work_id, payload, attempt, generation, failure_count`;
  const dueAtMs = now() + wholeMs(failure.delayMs);
  const item = database.first(itemRow, count, { ...claimKey(work), dueAtMs });
  if (item === null) return 'stale';
  if (item.failure_count < failure.failuresMax) return 'retry';
  bury(database, work, failure.reason, now());
  // Scheduled again while held: that request has not had its tries yet.
  const next =
    item.generation === work.generation
      ? 'DELETE FROM work WHERE work_id = $workId'
      : 'UPDATE work SET failure_count = 0 WHERE work_id = $workId';
  database.run(next, { workId: work.workId });
  return 'dead';
}

function bury(database: Database, claimed: ClaimedWork, reason: string, diedAtMs: number): void {
  const { workId, work } = claimed;
  const body = deadWorkCodec.encode({ workId, work, reason, diedAtMs });
  database.run('INSERT INTO dead_work (body) VALUES ($body)', { body });
  const oldest = 'SELECT id FROM dead_work ORDER BY id DESC LIMIT -1 OFFSET $deadWorkMax';
  database.run(`DELETE FROM dead_work WHERE id IN (${oldest})`, {
    deadWorkMax: STORE_LIMITS.deadWorkMax,
  });
}
