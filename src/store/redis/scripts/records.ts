import { z } from 'zod';
import { doneResult, NOW_MS, noResult, type Script } from './script.ts';

/** Incident id, summary. */
const listResult = z.array(z.tuple([z.string(), z.string()]));

/**
 * KEYS 1 index, 2 summaries. ARGV 1 limit.
 * Most recently active first.
 */
export const listIncidentsScript: Script<z.output<typeof listResult>> = {
  result: listResult,
  name: 'redthreadListIncidents',
  numberOfKeys: 2,
  lua: `
local listed = {}
local ids = redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', '-inf', 'LIMIT', 0, ARGV[1])
for _, id in ipairs(ids) do
  listed[#listed + 1] = { id, redis.call('HGET', KEYS[2], id) }
end
return listed`,
};

/**
 * KEYS 1 index of the closed ones, 2 summaries. ARGV 1 idle since ms, 2 limit.
 * Longest idle first.
 */
export const listIdleScript: Script<z.output<typeof listResult>> = {
  result: listResult,
  name: 'redthreadListIdle',
  numberOfKeys: 2,
  lua: `
local listed = {}
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
for _, id in ipairs(ids) do
  listed[#listed + 1] = { id, redis.call('HGET', KEYS[2], id) }
end
return listed`,
};

/** KEYS 1 messages, 2 snapshot, 3 thread (the messages again: in none). ARGV 1 slot, 2 message, 3 incident id. */
export const saveMessageScript: Script<null> = {
  result: noResult,
  name: 'redthreadSaveMessage',
  numberOfKeys: 3,
  lua: `
local version, openedAtMs = unpack(redis.call('HMGET', KEYS[2], 'version', 'openedAtMs'))
if not version then return end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if KEYS[3] ~= KEYS[1] then redis.call('ZADD', KEYS[3], openedAtMs or 0, ARGV[3]) end`,
};

/** KEYS 1 document, 2 snapshot. ARGV 1 document, 2 the version that it tells. */
export const saveDocumentScript: Script<boolean> = {
  result: doneResult,
  name: 'redthreadSaveDocument',
  numberOfKeys: 2,
  lua: `
local version, rewritten = unpack(redis.call('HMGET', KEYS[2], 'version', 'rewritten'))
if not version or tonumber(rewritten or '0') > tonumber(ARGV[2]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
return 1`,
};

/**
 * Kept for a while after the slot has passed, then Redis removes the key by itself.
 * KEYS 1 limiter. ARGV 1 now, 2 spacing ms, 3 idle ms. The result is milliseconds to wait.
 */
export const reserveCallScript: Script<number> = {
  result: z.int(),
  name: 'redthreadReserveCall',
  numberOfKeys: 1,
  lua: `${NOW_MS}
local now = nowMs(ARGV[1])
local slot = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local nextSlot = slot + ARGV[2]
redis.call('SET', KEYS[1], string.format('%.0f', nextSlot), 'PX', nextSlot - now + ARGV[3])
return slot - now`,
};

/**
 * Takes the slot only when it is free now (0); else milliseconds until the next is.
 * KEYS 1 limiter. ARGV 1 now, 2 spacing ms, 3 idle ms.
 */
export const tryReserveCallScript: Script<number> = {
  result: z.int(),
  name: 'redthreadTryReserveCall',
  numberOfKeys: 1,
  lua: `${NOW_MS}
local now = nowMs(ARGV[1])
local slot = tonumber(redis.call('GET', KEYS[1]) or '0')
if slot > now then return slot - now end
redis.call('SET', KEYS[1], string.format('%.0f', now + ARGV[2]), 'PX', ARGV[2] + ARGV[3])
return 0`,
};

/** KEYS 1 limiter. ARGV 1 now, 2 pause ms, 3 idle ms. */
export const holdCallsScript: Script<null> = {
  result: noResult,
  name: 'redthreadHoldCalls',
  numberOfKeys: 1,
  lua: `${NOW_MS}
local now = nowMs(ARGV[1])
local nextSlot = math.max(now + ARGV[2], tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], string.format('%.0f', nextSlot), 'PX', nextSlot - now + ARGV[3])`,
};

/** `addAudit(audit, entry, entriesKept, keptMs)`; needs NOW_MS. */
export const ADD_AUDIT = `
local function addAudit(audit, entry, entriesKept, keptMs)
  redis.call('XADD', audit, 'MAXLEN', '=', entriesKept, '*', 'entry', entry)
  redis.call('XTRIM', audit, 'MINID', string.format('%.0f', nowMs('') - keptMs))
end`;

/** KEYS 1 audit. ARGV 1 entry, 2 entries kept, 3 milliseconds kept. */
export const recordAuditScript: Script<null> = {
  result: noResult,
  name: 'redthreadRecordAudit',
  numberOfKeys: 1,
  lua: `${NOW_MS}${ADD_AUDIT}
addAudit(KEYS[1], ARGV[1], ARGV[2], ARGV[3])`,
};
