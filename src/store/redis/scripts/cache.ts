import { z } from 'zod';
import { NOW_MS, noResult, type Script } from './script.ts';

/** KEYS 1 bodies, 2 expiry. ARGV 1 now, 2 digest. Null: not there, or expired. */
export const readCachedScript: Script<string | null> = {
  result: z.string().nullable(),
  name: 'redthreadReadCached',
  numberOfKeys: 2,
  lua: `${NOW_MS}
local expiresAt = redis.call('ZSCORE', KEYS[2], ARGV[2])
if not expiresAt or tonumber(expiresAt) <= nowMs(ARGV[1]) then return nil end
return redis.call('HGET', KEYS[1], ARGV[2])`,
};

/**
 * Beyond the limits, what expires soonest is dropped. A time of 0 only removes.
 * KEYS 1 bodies, 2 expiry, 3 bytes. ARGV 1 now, 2 digest, 3 body, 4 ttl ms, 5 entries max, 6 bytes max.
 */
export const saveCachedScript: Script<null> = {
  result: noResult,
  name: 'redthreadSaveCached',
  numberOfKeys: 3,
  lua: `${NOW_MS}
local now = nowMs(ARGV[1])
-- Memory is checked at a script's first write only: this one may be refused, a removal is not.
local total = redis.call('INCRBY', KEYS[3], 0)
local function drop(digest)
  total = total - redis.call('HSTRLEN', KEYS[1], digest)
  redis.call('HDEL', KEYS[1], digest)
  redis.call('ZREM', KEYS[2], digest)
end
drop(ARGV[2])
for _, digest in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do drop(digest) end
if tonumber(ARGV[4]) > 0 then
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
  redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[4]), ARGV[2])
  total = total + #ARGV[3]
end
while total > tonumber(ARGV[6]) or redis.call('ZCARD', KEYS[2]) > tonumber(ARGV[5]) do
  local soonest = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
  if not soonest then total = 0 break end
  drop(soonest)
end
redis.call('SET', KEYS[3], string.format('%.0f', total))`,
};
