import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimedWork, Store, Work } from '../../src/ports.ts';
import { openRedisStore } from '../../src/store/redis/open-redis-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import {
  aDeletion,
  aDocument,
  aMessage,
  anAppend,
  anAuditEntry,
  aRecordedEvent,
  aRewrite,
  aScheduled,
  OPENED_AT_MS,
} from '../support/store-builders.ts';
import { describeStoreContract } from './store-contract.ts';
import { createModelStore } from './support/model-store.ts';

/** What a run remembers between its commands. */
interface Run {
  readonly store: Store;
  readonly claims: ClaimedWork[];
  readonly clock: { nowMs: number };
}

const REDACTED = { type: 'record-redacted', reason: 'a password', places: 1 } as const;

type Command = (run: Run) => Promise<unknown>;

const incidentId = fc.constantFrom('RT-A', 'RT-B');
const workId = fc.constantFrom('a', 'b', 'nudge-c');
const payload: fc.Arbitrary<Work> = fc.constantFrom(
  { kind: 'publish', incidentId: 'RT-A' },
  { kind: 'render', incidentId: 'RT-B', replyUrl: null },
);
const dedupeId = fc.constantFrom('d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7', 'd8');
const spanMs = fc.integer({ min: 0, max: 300 });
const limit = fc.integer({ min: 1, max: 3 });
const scheduled = fc.record({
  workId,
  dueAtMs: spanMs.map((ms) => OPENED_AT_MS + ms),
  work: payload,
});

/** One of the last claims, so that some stand and some do not; an invented one before the first. */
const claimIndex = fc.nat({ max: 3 });
const someClaim = ({ claims }: Run, index: number): ClaimedWork =>
  claims.at(-1 - index) ?? {
    workId: 'a',
    work: aScheduled().work,
    attempt: 1,
    generation: 1,
    failureCount: 0,
  };

const append = fc
  .record({
    incidentId,
    dedupeId,
    stale: fc.nat({ max: 3 }).map((number) => number === 0),
    eventCount: limit,
    work: fc.array(scheduled, { maxLength: 2 }),
    channelId: fc.constantFrom('C1', 'C2'),
    status: fc.constantFrom('open' as const, 'closed' as const),
    activeMs: spanMs,
  })
  .map(
    (shape): Command =>
      async ({ store }) => {
        const before = await store.readState(shape.incidentId);
        const expectedVersion = Math.max(0, (before?.version ?? 0) - Number(shape.stale));
        const state = {
          channelId: before?.channelId ?? shape.channelId,
          status: shape.status,
          lastActivityAtMs: shape.activeMs,
        };
        return store.append(anAppend({ ...shape, expectedVersion, state }));
      },
  );

const removalCommands: readonly fc.Arbitrary<Command>[] = [
  fc.tuple(incidentId, fc.boolean()).map(([id, isStale]) => async ({ store }) => {
    const expectedVersion = ((await store.readState(id))?.version ?? 0) - Number(isStale);
    return store.deleteIncident(aDeletion({ incidentId: id, expectedVersion }));
  }),
  fc.tuple(incidentId, dedupeId, fc.string()).map(([id, key, text]) => async ({ store }) => {
    const before = await store.readState(id);
    const version = (before?.version ?? 0) + 1;
    const { state, events } = anAppend({ incidentId: id, eventCount: version });
    return store.rewriteIncident(
      aRewrite({
        incidentId: id,
        expectedVersion: version - 1,
        dedupeId: key,
        events: events.with(-1, aRecordedEvent({ version, event: REDACTED })),
        state: { ...state, ...before, version, title: text },
        document: aDocument({ incidentId: id, markdown: text }),
      }),
    );
  }),
  spanMs.map(
    (ms) =>
      ({ store }) =>
        store.listIdleIncidents({ idleSinceMs: ms, limit: 5 }),
  ),
];

const workCommands: readonly fc.Arbitrary<Command>[] = [
  fc.tuple(fc.array(scheduled, { maxLength: 2 }), fc.option(dedupeId)).map(
    ([work, id]) =>
      ({ store }) =>
        store.schedule(work, id),
  ),
  fc.tuple(spanMs, limit).map(([leaseMs, count]) => async ({ store, claims }) => {
    const claimed = await store.claimWork({ leaseMs, limit: count });
    claims.push(...claimed);
    return claimed;
  }),
  fc.tuple(claimIndex, spanMs).map(
    ([index, ms]) =>
      (run) =>
        run.store.renewWork(someClaim(run, index), ms),
  ),
  claimIndex.map((index) => (run) => run.store.completeWork(someClaim(run, index))),
  fc.tuple(claimIndex, spanMs).map(
    ([index, ms]) =>
      (run) =>
        run.store.releaseWork(someClaim(run, index), ms),
  ),
  fc.tuple(claimIndex, spanMs, limit).map(([index, delayMs, failuresMax]) => (run) => {
    const failure = { reason: `after ${delayMs}`, delayMs, failuresMax };
    return run.store.failWork(someClaim(run, index), failure);
  }),
  spanMs.map((ms) => async ({ clock }) => {
    clock.nowMs += ms;
  }),
];

const recordCommands: readonly fc.Arbitrary<Command>[] = [
  fc
    .record({
      incidentId,
      slot: fc.constantFrom('root', 'step-1'),
      threadTs: fc.option(fc.constantFrom('17.1', '17.2')),
      digest: fc.string(),
    })
    .map(
      (message) =>
        ({ store }) =>
          store.saveMessage(aMessage(message)),
    ),
  fc.record({ incidentId, markdown: fc.string(), ofVersion: fc.integer({ min: 1, max: 9 }) }).map(
    (document) =>
      ({ store }) =>
        store.saveDocument(aDocument(document)),
  ),
  fc.string().map(
    (question) =>
      ({ store }) =>
        store.recordAudit(anAuditEntry({ question })),
  ),
  fc.tuple(workId, spanMs).map(
    ([key, ms]) =>
      ({ store }) =>
        store.reserveCall(key, ms),
  ),
  fc.tuple(workId, spanMs).map(
    ([key, ms]) =>
      ({ store }) =>
        store.holdCalls(key, ms),
  ),
  fc.tuple(workId, spanMs).map(
    ([key, ms]) =>
      ({ store }) =>
        store.tryReserveCall(key, ms),
  ),
  fc
    .tuple(workId, spanMs, fc.nat({ max: 70 }))
    .map(([key, ms, length]) => async ({ store, clock }) => {
      // No two entries expire at once: which of them goes first is the store's own affair.
      clock.nowMs += 1_000;
      await store.saveCached(key, 'x'.repeat(length), ms * 100);
    }),
  workId.map(
    (key) =>
      ({ store }) =>
        store.readCached(key),
  ),
];

const anyCommand = fc.oneof(append, append, ...removalCommands, ...workCommands, ...recordCommands);
const commands = fc.array(anyCommand, { maxLength: 40 });

/** Everything that can be read, so that a difference shows even when no command told it. */
async function readAll(store: Store): Promise<unknown> {
  const byIncident = ['RT-A', 'RT-B'].map((id) =>
    Promise.all([
      store.readState(id),
      store.readEvents(id),
      store.readMessages(id),
      store.readDocument(id),
    ]),
  );
  const filters = [
    {},
    { channelId: 'C1' },
    { status: 'open' },
    { channelId: 'C2', status: 'closed' },
  ] as const;
  return Promise.all([
    ...byIncident,
    ...filters.map((filter) => store.listIncidents({ ...filter, limit: 5 })),
    ...['17.1', '17.2'].map((threadTs) => store.findIncidentByThread('C1', threadTs)),
    store.workCounts(),
    store.listDeadWork(9),
    store.readAudit(9),
    ...['a', 'b', 'c'].map((key) => store.readCached(key)),
  ]);
}

async function execute(
  list: readonly Command[],
  open: (now: () => number) => Promise<Store>,
): Promise<readonly unknown[]> {
  const clock = { nowMs: OPENED_AT_MS };
  const store = await open(() => clock.nowMs);
  const run: Run = { store, claims: [], clock };
  const answers: unknown[] = [];
  for (const command of list) {
    answers.push(await command(run));
    answers.push(await store.workCounts());
  }
  answers.push(await readAll(store));
  await store.close();
  return answers;
}

async function expectSameAsModel(
  open: (now: () => number) => Promise<Store>,
  runCount: number,
): Promise<void> {
  const property = fc.asyncProperty(commands, async (list) => {
    const expected = await execute(list, async (now) => createModelStore(now, cacheLimits));
    expect(await execute(list, open)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: runCount });
}

const log = createKeptLog();
/** So small that they are met all the time. */
const cacheLimits = { entriesMax: 2, bytesMax: 100, bodyBytesMax: 60 };
const openSqlite = (now: () => number) =>
  openSqliteStore({ path: ':memory:', log, now, cacheLimits });

describe('any sequence of calls', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server.close());
  const openRedis = (now: () => number) =>
    openRedisStore({ url: server.url, installation: randomUUID(), log, now, cacheLimits });

  it('has the same answers from SQLite as from the model', async () => {
    await expectSameAsModel(openSqlite, 300);
  });

  it('has the same answers from Redis as from the model', async () => {
    await expectSameAsModel(openRedis, 150);
  });

  it('would show a store that forgets the fence of a finished claim', async () => {
    const openBroken = async (now: () => number): Promise<Store> => {
      const store = await openSqlite(now);
      return { ...store, completeWork: async () => true };
    };
    await expect(expectSameAsModel(openBroken, 100)).rejects.toThrow(/Property failed/);
  });
});

describeStoreContract('the model itself', async () => {
  let nowMs = OPENED_AT_MS;
  const store = createModelStore(() => nowMs);
  return {
    store,
    other: store,
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    close: () => store.close(),
  };
});
