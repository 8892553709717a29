import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import type { Inquiry } from '../../../src/domain/incident/inquiry.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { AppError } from '../../../src/errors.ts';
import type {
  AppendRequest,
  AuditEntry,
  ClaimedWork,
  DeadWork,
  PostedMessage,
  ScheduledWork,
  Store,
  StoredDocument,
  Work,
} from '../../../src/ports.ts';
import { checkAppend, checkRewrite } from '../../../src/store/check-append.ts';
import { type CacheLimits, DEFAULT_CACHE_LIMITS, STORE_LIMITS } from '../../../src/store/limits.ts';
import { summarize } from '../../../src/store/summarize.ts';

interface Item {
  readonly work: Work;
  readonly dueAtMs: number;
  readonly attempt: number;
  readonly generation: number;
  /** Generation at the claim; null when nobody holds it. */
  readonly claimed: number | null;
  readonly failureCount: number;
}

interface Incident {
  readonly events: readonly RecordedEvent[];
  readonly state: IncidentState;
}

const patience = (workId: string): number => Number(workId.startsWith('nudge-'));

/** What a store means, in the plainest words: maps in memory, one thing at a time. */
export function createModelStore(
  now: () => number,
  cacheLimits: CacheLimits = DEFAULT_CACHE_LIMITS,
): Store {
  const incidents = new Map<string, Incident>();
  const appended = new Map<string, number>();
  const scheduled = new Set<string>();
  const items = new Map<string, Item>();
  const dead: DeadWork[] = [];
  const messages = new Map<string, Map<string, PostedMessage>>();
  const threads = new Map<string, Set<string>>();
  const documents = new Map<string, StoredDocument>();
  const nextSlots = new Map<string, number>();
  const audit: AuditEntry[] = [];
  const cache = new Map<string, { readonly body: string; readonly expiresAtMs: number }>();
  let generation = 0;
  let closed = false;

  const inquiries = new Map<string, { readonly inquiry: Inquiry; readonly expiresAtMs: number }>();
  const kept = (inquiryId: string): Inquiry | null => {
    const entry = inquiries.get(inquiryId);
    return entry === undefined || entry.expiresAtMs <= now() ? null : entry.inquiry;
  };
  const put = ({ workId, dueAtMs, work }: ScheduledWork): void => {
    generation += 1;
    const known = items.get(workId);
    const fresh = { dueAtMs, attempt: 0, claimed: null, failureCount: 0 };
    const due = Math.min(known?.dueAtMs ?? dueAtMs, dueAtMs);
    const kept = known?.claimed == null ? { ...(known ?? fresh), dueAtMs: due } : known;
    items.set(workId, { ...kept, work, generation });
  };
  /** The item while the claim stands, else undefined. */
  const held = ({ workId, attempt, generation: claimed }: ClaimedWork): Item | undefined => {
    const item = items.get(workId);
    return item?.attempt === attempt && item.claimed === claimed ? item : undefined;
  };
  const giveBack = (workId: string, item: Item, delayMs: number): void => {
    items.set(workId, { ...item, claimed: null, dueAtMs: now() + delayMs });
  };
  const append = (request: AppendRequest) => {
    const { incidentId, dedupeId, events, state, expectedVersion } = request;
    const earlier = appended.get(dedupeId);
    if (earlier !== undefined) return { kind: 'duplicate', version: earlier } as const;
    const before = incidents.get(incidentId);
    const version = before?.state.version ?? 0;
    if (version !== expectedVersion) return { kind: 'conflict', version } as const;
    incidents.set(incidentId, { events: [...(before?.events ?? []), ...events], state });
    appended.set(dedupeId, state.version);
    request.work.forEach(put);
    return { kind: 'appended', version: state.version } as const;
  };

  return {
    async append(request) {
      checkAppend(request);
      return append(request);
    },
    async readState(incidentId) {
      if (closed) throw new AppError('store-unavailable', 'The store has been closed.');
      return incidents.get(incidentId)?.state ?? null;
    },
    async readEvents(incidentId) {
      return incidents.get(incidentId)?.events ?? [];
    },
    async listIncidents({ channelId, status, limit }) {
      return [...incidents.values()]
        .map(({ state }) => summarize(state))
        .filter((one) => channelId === undefined || one.channelId === channelId)
        .filter((one) => status === undefined || one.status === status)
        .sort(
          (one, other) =>
            other.lastActivityAtMs - one.lastActivityAtMs ||
            (one.incidentId < other.incidentId ? 1 : -1),
        )
        .slice(0, limit);
    },
    async listIdleIncidents({ idleSinceMs, limit }) {
      return [...incidents.values()]
        .map(({ state }) => summarize(state))
        .filter((one) => one.status === 'closed' && one.lastActivityAtMs < idleSinceMs)
        .sort(
          (one, other) =>
            one.lastActivityAtMs - other.lastActivityAtMs ||
            (one.incidentId < other.incidentId ? -1 : 1),
        )
        .slice(0, limit);
    },
    async deleteIncident({ incidentId, expectedVersion, audit: entry }) {
      if (incidents.get(incidentId)?.state.version !== expectedVersion) return false;
      incidents.delete(incidentId);
      messages.delete(incidentId);
      documents.delete(incidentId);
      for (const ids of threads.values()) ids.delete(incidentId);
      for (const [workId, { work }] of items) if (names(work, incidentId)) items.delete(workId);
      const others = dead.filter(({ work }) => !names(work, incidentId));
      dead.splice(0, dead.length, ...others);
      audit.unshift(entry);
      return true;
    },
    async rewriteIncident(request) {
      if (!checkRewrite(request)) return { kind: 'unreadable' };
      const { incidentId, dedupeId, events, state, expectedVersion, document } = request;
      const earlier = appended.get(dedupeId);
      if (earlier !== undefined) return { kind: 'duplicate', version: earlier };
      const version = incidents.get(incidentId)?.state.version ?? 0;
      if (version !== expectedVersion) return { kind: 'conflict', version };
      cache.clear();
      incidents.set(incidentId, { events, state });
      documents.delete(incidentId);
      if (document !== null) documents.set(incidentId, document);
      appended.set(dedupeId, state.version);
      audit.unshift(request.audit);
      request.work.forEach(put);
      return { kind: 'appended', version: state.version };
    },
    async schedule(work, dedupeId) {
      if (dedupeId !== null && scheduled.has(dedupeId)) return false;
      if (dedupeId !== null) scheduled.add(dedupeId);
      work.forEach(put);
      return true;
    },
    async claimWork({ leaseMs, limit }) {
      const due = [...items]
        .filter(([, item]) => item.dueAtMs <= now())
        .sort(
          ([a, one], [b, other]) =>
            patience(a) - patience(b) || one.dueAtMs - other.dueAtMs || (a < b ? -1 : 1),
        )
        .slice(0, limit);
      return due.map(([workId, item]) => {
        const attempt = item.attempt + 1;
        items.set(workId, { ...item, attempt, dueAtMs: now() + leaseMs, claimed: item.generation });
        const { work, failureCount } = item;
        return { workId, work, attempt, generation: item.generation, failureCount };
      });
    },
    async renewWork(work, leaseMs) {
      const item = held(work);
      if (item !== undefined) items.set(work.workId, { ...item, dueAtMs: now() + leaseMs });
      return item !== undefined;
    },
    async completeWork(work) {
      const item = held(work);
      if (item === undefined) return false;
      if (item.generation === item.claimed) items.delete(work.workId);
      else giveBack(work.workId, { ...item, failureCount: 0 }, 0);
      return true;
    },
    async releaseWork(work, delayMs) {
      const item = held(work);
      if (item !== undefined) giveBack(work.workId, item, delayMs);
      return item !== undefined;
    },
    async failWork(claim, { reason, delayMs, failuresMax }) {
      const item = held(claim);
      if (item === undefined) return 'stale';
      const failureCount = item.failureCount + 1;
      giveBack(claim.workId, { ...item, failureCount }, delayMs);
      if (failureCount < failuresMax) return 'retry';
      dead.unshift({ workId: claim.workId, work: claim.work, reason, diedAtMs: now() });
      if (item.generation === item.claimed) items.delete(claim.workId);
      else giveBack(claim.workId, { ...item, failureCount: 0 }, delayMs);
      return 'dead';
    },
    async listDeadWork(limit) {
      return dead.slice(0, limit);
    },
    async workCounts() {
      const dueTimes = [...items.values()].map((item) => item.dueAtMs);
      const nextDueAtMs = dueTimes.length === 0 ? null : Math.min(...dueTimes);
      return { pending: items.size, dead: dead.length, nextDueAtMs };
    },
    async saveMessage(message) {
      const { incidentId, slot, channelId, threadTs } = message;
      if (!incidents.has(incidentId)) return;
      const slots = messages.get(incidentId) ?? new Map<string, PostedMessage>();
      messages.set(incidentId, slots.set(slot, message));
      if (threadTs === null) return;
      const key = `${channelId} ${threadTs}`;
      threads.set(key, (threads.get(key) ?? new Set()).add(incidentId));
    },
    async readMessages(incidentId) {
      const kept = [...(messages.get(incidentId)?.values() ?? [])];
      return kept.sort((one, other) => (one.slot < other.slot ? -1 : 1));
    },
    async findIncidentByThread(channelId, threadTs) {
      const ids = [...(threads.get(`${channelId} ${threadTs}`) ?? [])];
      const openedAtMs = (id: string) => incidents.get(id)?.state.openedAtMs ?? 0;
      const [newest = null] = ids.sort(
        (one, other) => openedAtMs(other) - openedAtMs(one) || (one < other ? 1 : -1),
      );
      return newest;
    },
    async saveDocument(document) {
      const { incidentId, ofVersion } = document;
      const events = incidents.get(incidentId)?.events ?? [];
      const redaction = events.findLast(({ event }) => event.type === 'record-redacted');
      if (events.length === 0 || (redaction?.version ?? 0) > ofVersion) return false;
      documents.set(incidentId, document);
      return true;
    },
    async readDocument(incidentId) {
      return documents.get(incidentId) ?? null;
    },
    async saveInquiry(inquiry) {
      const { inquiryId, version } = inquiry;
      if ((kept(inquiryId)?.version ?? 0) !== version - 1) return false;
      inquiries.set(inquiryId, { inquiry, expiresAtMs: now() + STORE_LIMITS.inquiryKeptMs });
      return true;
    },
    async readInquiry(inquiryId) {
      return kept(inquiryId);
    },
    async reserveCall(key, spacingMs) {
      const slotAtMs = Math.max(now(), nextSlots.get(key) ?? 0);
      nextSlots.set(key, slotAtMs + spacingMs);
      return slotAtMs - now();
    },
    async tryReserveCall(key, spacingMs) {
      const waitMs = Math.max(0, (nextSlots.get(key) ?? 0) - now());
      if (waitMs === 0) nextSlots.set(key, now() + spacingMs);
      return waitMs;
    },
    async holdCalls(key, pauseMs) {
      nextSlots.set(key, Math.max(nextSlots.get(key) ?? 0, now() + pauseMs));
    },
    async recordAudit(entry) {
      audit.unshift(entry);
    },
    async readAudit(limit) {
      return audit.slice(0, limit);
    },
    async readCached(key) {
      const entry = cache.get(key);
      return entry === undefined || entry.expiresAtMs <= now() ? null : entry.body;
    },
    async saveCached(key, body, ttlMs) {
      cache.delete(key);
      if (Buffer.byteLength(body) > cacheLimits.bodyBytesMax) return;
      cache.set(key, { body, expiresAtMs: now() + ttlMs });
      const lastToExpire = [...cache].sort(
        ([oneKey, one], [otherKey, other]) =>
          other.expiresAtMs - one.expiresAtMs || (oneKey < otherKey ? 1 : -1),
      );
      let bytes = 0;
      for (const [place, [name, entry]] of lastToExpire.entries()) {
        bytes += Buffer.byteLength(entry.body);
        const isKept = place < cacheLimits.entriesMax && bytes <= cacheLimits.bytesMax;
        if (!isKept || entry.expiresAtMs <= now()) cache.delete(name);
      }
    },
    async ping() {
      await Promise.resolve();
    },
    async close() {
      closed = true;
    },
  };
}

function names(work: Work, incidentId: string): boolean {
  return 'incidentId' in work && work.incidentId === incidentId;
}
