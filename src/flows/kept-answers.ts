import { isJsonObject, type JsonObject, type JsonValue } from '../domain/trail/json-value.ts';
import type { Store, Work } from '../ports.ts';

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

/** An answer's buttons work this long; then the question has to be asked again. */
const KEPT_TTL_MS = 7 * 24 * 60 * 60_000;
/** Longer than any lookup. */
const CANCEL_TTL_MS = 60 * 60_000;

/** What the buttons under an answer stand for: the question and which calls were shown, never the calls. */
export interface KeptAnswer {
  readonly question: string;
  readonly userId: string;
  readonly channelId: string;
  readonly threadTs: string | null;
  readonly incidentId: string | null;
  readonly askedAtMs: number;
  readonly about: TrailWork['about'];
  /** The question as it was probably meant, where it was not understood. */
  readonly suggestion: string | null;
  /** Null until somebody has seen it. */
  readonly shown: ShownAnswer | null;
  /** Why nobody waits for more of it; null: perhaps somebody does. */
  readonly over: 'cancelled' | 'edited' | null;
}

export interface ShownAnswer {
  readonly leadEventId: string | null;
  readonly eventIds: readonly string[];
  /** Calls after this could still arrive when it was shown; null: none could. */
  readonly lateAfterMs: number | null;
}

type Cache = Pick<Store, 'readCached' | 'saveCached'>;

const answerKey = (answerId: string): string => `trail-answer-${answerId}`;
const cancelKey = (answerId: string): string => `trail-cancel-${answerId}`;

/** Null when it was never kept, is too old, was dropped for room or cannot be read. */
export async function readKeptAnswer(store: Cache, answerId: string): Promise<KeptAnswer | null> {
  const body = answerId === '' ? null : await store.readCached(answerKey(answerId));
  return body === null ? null : parseKept(body);
}

export async function keepAnswer(store: Cache, answerId: string, kept: KeptAnswer): Promise<void> {
  if (answerId === '') return;
  await store.saveCached(answerKey(answerId), JSON.stringify(kept), KEPT_TTL_MS);
}

/** Nobody waits for more of this answer. */
export async function endAnswer(
  store: Cache,
  answerId: string,
  over: NonNullable<KeptAnswer['over']>,
): Promise<void> {
  const kept = await readKeptAnswer(store, answerId);
  if (kept !== null) await keepAnswer(store, answerId, { ...kept, over });
}

/** Whoever runs a lookup for this answer, in whichever process, sees it and stops. */
export function cancelLookup(store: Cache, answerId: string, nowMs: number): Promise<void> {
  return store.saveCached(cancelKey(answerId), String(nowMs), CANCEL_TTL_MS);
}

/** Whether it was cancelled after it began: an answer that is asked for again is looked up again. */
export async function isCancelled(
  store: Cache,
  answerId: string,
  startedAtMs: number,
): Promise<boolean> {
  if (answerId === '') return false;
  return Number((await store.readCached(cancelKey(answerId))) ?? 0) > startedAtMs;
}

/** What is kept of a question, before anybody has seen its answer. */
export function keptQuestion(work: TrailWork): KeptAnswer {
  const { question, userId, channelId, threadTs, incidentId, askedAtMs, about } = work;
  const asked = { question, userId, channelId, threadTs, incidentId, askedAtMs, about };
  return { ...asked, suggestion: null, shown: null, over: null };
}

/** Another version of the bot, or somebody else, may have written it. */
function parseKept(body: string): KeptAnswer | null {
  const value = parseJson(body);
  if (!isJsonObject(value)) return null;
  const { question, userId, channelId, askedAtMs, about, over } = value;
  if (typeof question !== 'string' || typeof userId !== 'string') return null;
  if (typeof channelId !== 'string' || typeof askedAtMs !== 'number') return null;
  return {
    question,
    userId,
    channelId,
    askedAtMs,
    threadTs: textOrNull(value, 'threadTs'),
    incidentId: textOrNull(value, 'incidentId'),
    about: about === 'who-assumed' ? about : 'question',
    suggestion: textOrNull(value, 'suggestion'),
    shown: parseShown(value['shown']),
    over: over === 'cancelled' || over === 'edited' ? over : null,
  };
}

function parseShown(value: JsonValue | undefined): ShownAnswer | null {
  if (!isJsonObject(value)) return null;
  const { eventIds, lateAfterMs } = value;
  const ids = Array.isArray(eventIds) ? eventIds : [];
  return {
    leadEventId: textOrNull(value, 'leadEventId'),
    eventIds: ids.filter((id: JsonValue) => typeof id === 'string'),
    lateAfterMs: typeof lateAfterMs === 'number' ? lateAfterMs : null,
  };
}

function textOrNull(value: JsonObject, key: string): string | null {
  const text = value[key];
  return typeof text === 'string' ? text : null;
}

function parseJson(body: string): JsonValue {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
