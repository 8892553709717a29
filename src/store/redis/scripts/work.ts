import { z } from 'zod';
import { doneResult, NOW_MS, type Script } from './script.ts';
import { CLAIMING, OUR_CLAIM, SCHEDULE_WORK } from './work-item.ts';

/** Work id, payload, attempt, generation, failures. */
const claimsResult = z.array(z.tuple([z.string(), z.string(), z.int(), z.int(), z.int()]));
const failResult = z.enum(['retry', 'dead', 'stale']);
/** Pending, dead, and when the next is due unless there is none. */
const countResult = z.union([
  z.tuple([z.int(), z.int()]),
  z.tuple([z.int(), z.int(), z.coerce.number()]),
]);

/**
 * KEYS 1 dedupe, 2 work due, 3 work items, 4 work sequence.
 * ARGV 1 dedupe seconds (0: no dedupe id), then the work.
 */
export const scheduleScript: Script<boolean> = {
  result: doneResult,
  name: 'redthreadSchedule',
  numberOfKeys: 4,
  lua: `${SCHEDULE_WORK}
local remembered = ARGV[1] ~= '0'
-- A write where it exists, so that whoever waits for replicas waits for the earlier one as well.
if remembered and redis.call('EXPIRE', KEYS[1], ARGV[1]) == 1 then return 0 end
scheduleWork(KEYS[2], KEYS[3], KEYS[4], 2)
if remembered then redis.call('SET', KEYS[1], 0, 'EX', ARGV[1]) end
return 1`,
};

/**
 * Patient work only where there is room beside all that is due.
 * KEYS 1 work due, 2 work items. ARGV 1 now, 2 lease ms, 3 limit, 4 how ids of patient work begin.
 */
export const claimScript: Script<z.output<typeof claimsResult>> = {
  result: claimsResult,
  name: 'redthreadClaim',
  numberOfKeys: 2,
  lua: `${NOW_MS}${CLAIMING}
local now = nowMs(ARGV[1])
local limit, prefix = tonumber(ARGV[3]), ARGV[4]
local ids, patient, offset, page = {}, {}, 0, 1000
repeat
  local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', offset, page)
  for _, id in ipairs(due) do
    local into = string.sub(id, 1, #prefix) == prefix and patient or ids
    if #into < limit then into[#into + 1] = id end
  end
  offset = offset + page
until #due < page or #ids >= limit
for _, id in ipairs(patient) do
  if #ids < limit then ids[#ids + 1] = id end
end
local claims = {}
for _, id in ipairs(ids) do
  local item = cjson.decode(redis.call('HGET', KEYS[2], id))
  item.attempt = item.attempt + 1
  item.claimed = item.generation
  item.held = 1
  putItem(KEYS[2], id, item)
  redis.call('ZADD', KEYS[1], now + ARGV[2], id)
  claims[#claims + 1] = { id, item.payload, item.attempt, item.generation, item.failures }
end
return claims`,
};

/**
 * KEYS 1 work due, 2 work items. ARGV 1 now, 2 work id, 3 attempt, 4 generation, 5 lease ms.
 */
export const renewScript: Script<boolean> = {
  result: doneResult,
  name: 'redthreadRenew',
  numberOfKeys: 2,
  lua: `${NOW_MS}${OUR_CLAIM}
if not ourClaim(KEYS[2], ARGV[2], ARGV[3], ARGV[4]) then return 0 end
redis.call('ZADD', KEYS[1], nowMs(ARGV[1]) + ARGV[5], ARGV[2])
return 1`,
};

/**
 * KEYS 1 work due, 2 work items. ARGV 1 now, 2 work id, 3 attempt, 4 generation.
 */
export const completeScript: Script<boolean> = {
  result: doneResult,
  name: 'redthreadComplete',
  numberOfKeys: 2,
  lua: `${NOW_MS}${OUR_CLAIM}
local id = ARGV[2]
local item = ourClaim(KEYS[2], id, ARGV[3], ARGV[4])
if not item then return 0 end
if item.generation == item.claimed then
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
  return 1
end
item.held = 0
item.failures = 0
putItem(KEYS[2], id, item)
redis.call('ZADD', KEYS[1], nowMs(ARGV[1]), id)
return 1`,
};

/**
 * KEYS 1 work due, 2 work items. ARGV 1 now, 2 work id, 3 attempt, 4 generation, 5 delay ms.
 */
export const releaseScript: Script<boolean> = {
  result: doneResult,
  name: 'redthreadRelease',
  numberOfKeys: 2,
  lua: `${NOW_MS}${OUR_CLAIM}
local item = ourClaim(KEYS[2], ARGV[2], ARGV[3], ARGV[4])
if not item then return 0 end
item.held = 0
putItem(KEYS[2], ARGV[2], item)
redis.call('ZADD', KEYS[1], nowMs(ARGV[1]) + ARGV[5], ARGV[2])
return 1`,
};

/**
 * KEYS 1 work due, 2 work items, 3 dead work. ARGV 1 now, 2 work id, 3 attempt, 4 generation,
 * 5 delay ms, 6 failures allowed, 7 the dead letter, 8 dead letters kept.
 */
export const failScript: Script<z.output<typeof failResult>> = {
  result: failResult,
  name: 'redthreadFail',
  numberOfKeys: 3,
  lua: `${NOW_MS}${OUR_CLAIM}
local id = ARGV[2]
local item = ourClaim(KEYS[2], id, ARGV[3], ARGV[4])
if not item then return 'stale' end
item.held = 0
item.failures = item.failures + 1
local dead = item.failures >= tonumber(ARGV[6])
if dead then
  redis.call('LPUSH', KEYS[3], ARGV[7])
  redis.call('LTRIM', KEYS[3], 0, ARGV[8] - 1)
  item.failures = 0
end
if dead and item.generation == item.claimed then
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
  return 'dead'
end
-- Also for a dead item that was scheduled again while held: that request has not had its tries.
putItem(KEYS[2], id, item)
redis.call('ZADD', KEYS[1], nowMs(ARGV[1]) + ARGV[5], id)
return dead and 'dead' or 'retry'`,
};

/** KEYS 1 work due, 2 dead work. */
export const countScript: Script<z.output<typeof countResult>> = {
  result: countResult,
  name: 'redthreadCountWork',
  numberOfKeys: 2,
  lua: `
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return { redis.call('ZCARD', KEYS[1]), redis.call('LLEN', KEYS[2]), first[2] }`,
};
