import type { ClaimedWork, ScheduledWork, Store } from '../../ports.ts';
import { deadWorkCodec, workCodec } from '../codec.ts';
import { PATIENT_WORK, STORE_LIMITS, wholeMs } from '../limits.ts';
import { readListed } from '../read-listed.ts';
import { sortClaims } from '../readable-claims.ts';
import { givenNow, type RedisContext } from './context.ts';
import {
  claimScript,
  completeScript,
  countScript,
  failScript,
  releaseScript,
  renewScript,
  scheduleScript,
} from './scripts/work.ts';

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

const DEDUPE_SECONDS = STORE_LIMITS.dedupeTtlMs / 1_000;

/** Work items as the scripts take them: id, due time and payload one after another. */
export function workValues(work: readonly ScheduledWork[]): readonly (string | number)[] {
  return work.flatMap((item) => [item.workId, wholeMs(item.dueAtMs), workCodec.encode(item.work)]);
}

type Claim = Omit<ClaimedWork, 'work'>;

function claimValues(context: RedisContext, { workId, attempt, generation }: Claim) {
  return [givenNow(context), workId, attempt, generation] as const;
}

export function createWork(context: RedisContext): WorkMethods {
  const { connection, keys } = context;
  const queue = [keys.workDue, keys.workItems] as const;
  return {
    async schedule(work, dedupeId) {
      const seconds = dedupeId === null ? 0 : DEDUPE_SECONDS;
      const dedupe = keys.dedupe('schedule', dedupeId ?? '');
      const values = [seconds, ...workValues(work)];
      const scheduleKeys = [dedupe, ...queue, keys.workSequence];
      return connection.keep(() => connection.run(scheduleScript, scheduleKeys, values));
    },
    async claimWork({ leaseMs, limit }) {
      const values = [givenNow(context), wholeMs(leaseMs), limit, PATIENT_WORK];
      // A claim that a failover forgets would be somebody else's while its first holder works.
      const answer = await connection.keep(() => connection.run(claimScript, queue, values));
      const claims = answer.map(([workId, payload, attempt, generation, failureCount]) => {
        return { workId, payload, attempt, generation, failureCount };
      });
      const { readable, unreadable } = sortClaims(claims, context);
      for (const { claim, delayMs } of unreadable) await release(context, claim, delayMs);
      return readable;
    },
    async renewWork(work, leaseMs) {
      const values = [...claimValues(context, work), wholeMs(leaseMs)];
      return connection.run(renewScript, queue, values);
    },
    async completeWork(work) {
      return connection.run(completeScript, queue, claimValues(context, work));
    },
    releaseWork: (work, delayMs) => release(context, work, delayMs),
    failWork: (work, failure) => failWork(context, work, failure),
    async listDeadWork(limit) {
      const bodies = await connection.ask((client) => client.lrange(keys.deadWork, 0, limit - 1));
      return bodies.flatMap(
        (body) => readListed(deadWorkCodec, body, keys.deadWork, context.log) ?? [],
      );
    },
    async workCounts() {
      const [pending, dead, nextDueAtMs = null] = await connection.run(
        countScript,
        [keys.workDue, keys.deadWork],
        [],
      );
      return { pending, dead, nextDueAtMs };
    },
  };
}

async function release(context: RedisContext, claim: Claim, delayMs: number): Promise<boolean> {
  const { connection, keys } = context;
  const values = [...claimValues(context, claim), wholeMs(delayMs)];
  return connection.run(releaseScript, [keys.workDue, keys.workItems], values);
}

async function failWork(
  context: RedisContext,
  work: ClaimedWork,
  { reason, delayMs, failuresMax }: Parameters<Store['failWork']>[1],
): Promise<'retry' | 'dead' | 'stale'> {
  const { connection, keys } = context;
  // Only for people to read, so this machine's clock is good enough.
  const diedAtMs = (context.now ?? Date.now)();
  const letter = deadWorkCodec.encode({ workId: work.workId, work: work.work, reason, diedAtMs });
  return connection.run(
    failScript,
    [keys.workDue, keys.workItems, keys.deadWork],
    [
      ...claimValues(context, work),
      wholeMs(delayMs),
      failuresMax,
      letter,
      STORE_LIMITS.deadWorkMax,
    ],
  );
}
