import { z } from 'zod';
import type { Script } from './script.ts';
import { SCHEDULE_WORK } from './work-item.ts';

const result = z.tuple([z.enum(['appended', 'duplicate', 'conflict']), z.int()]);

/**
 * KEYS 1 dedupe, 2 events, 3 snapshot, 4 summaries, 5 index of all, 6 of this status, 7 of the
 * other status, 8 to 10 the same for the channel, 11 work due, 12 work items, 13 work sequence,
 * 14 to 16 indexes of a channel that the incident has left.
 * ARGV 1 incident id, 2 expected version, 3 dedupe seconds, 4 state, 5 summary,
 * 6 last activity ms, 7 opened at ms, 8 number of events, then the events, then the work.
 */
export const appendScript: Script<z.output<typeof result>> = {
  name: 'redthreadAppend',
  numberOfKeys: 16,
  result,
  lua: `${SCHEDULE_WORK}
local incidentId, expected, eventCount = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[8])
local earlier = redis.call('GET', KEYS[1])
if earlier then
  -- A write, so that whoever waits for replicas waits for the earlier one as well.
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  return { 'duplicate', tonumber(earlier) }
end
local current = tonumber(redis.call('HGET', KEYS[3], 'version') or '0')
if current ~= expected then return { 'conflict', current } end

-- First of all writes: Redis refuses an id that is not the next, and then nothing was written.
for number = 1, eventCount do
  redis.call('XADD', KEYS[2], '0-' .. (expected + number), 'event', ARGV[8 + number])
end
local version = expected + eventCount
redis.call('HSET', KEYS[3], 'version', version, 'state', ARGV[4], 'openedAtMs', ARGV[7])
redis.call('HSET', KEYS[4], incidentId, ARGV[5])
for _, index in ipairs({ 5, 6, 8, 9 }) do redis.call('ZADD', KEYS[index], ARGV[6], incidentId) end
redis.call('ZREM', KEYS[7], incidentId)
redis.call('ZREM', KEYS[10], incidentId)
for index = 14, 16 do redis.call('ZREM', KEYS[index], incidentId) end
scheduleWork(KEYS[11], KEYS[12], KEYS[13], 9 + eventCount)
redis.call('SET', KEYS[1], version, 'EX', ARGV[3])
return { 'appended', version }`,
};
