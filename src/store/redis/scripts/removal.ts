import { z } from 'zod';
import { ADD_AUDIT } from './records.ts';
import { doneResult, NOW_MS, type Script } from './script.ts';
import { SCHEDULE_WORK } from './work-item.ts';

/**
 * KEYS 1 events, 2 snapshot, 3 summaries, 4 messages, 5 document, 6 work due, 7 work items, 8 dead
 * work, 9 audit, 10 what thread keys begin with, 11 what index keys begin with.
 * ARGV 1 incident id, 2 expected version, 3 audit entry, 4 audit entries kept, 5 audit kept ms.
 * Threads and channels are read here, so that none is missed that came meanwhile; their keys are
 * in the slot of the others.
 */
export const deleteIncidentScript: Script<boolean> = {
  name: 'redthreadDeleteIncident',
  numberOfKeys: 11,
  result: doneResult,
  lua: `${NOW_MS}${ADD_AUDIT}
local id = ARGV[1]
local current = redis.call('HGET', KEYS[2], 'version')
if not current or tonumber(current) ~= tonumber(ARGV[2]) then return 0 end

for _, body in ipairs(redis.call('HVALS', KEYS[4])) do
  local message = cjson.decode(body)
  if type(message.threadTs) == 'string' then
    redis.call('ZREM', KEYS[10] .. message.channelId .. ':' .. message.threadTs, id)
  end
end
local summary = cjson.decode(redis.call('HGET', KEYS[3], id))
local channels = summary.formerChannelIds or {}
channels[#channels + 1] = summary.channelId
channels[#channels + 1] = '*'
for _, channel in ipairs(channels) do
  for _, status in ipairs({ '*', 'open', 'closed' }) do
    redis.call('ZREM', KEYS[11] .. channel .. ':' .. status, id)
  end
end

-- Ids hold no quotes, so this is found in the item of no other incident.
local named = '"incidentId":"' .. id .. '"'
local items = redis.call('HGETALL', KEYS[7])
for at = 1, #items, 2 do
  if string.find(items[at + 1], id, 1, true) then
    local payload = cjson.decode(items[at + 1]).payload
    if string.find(payload, named, 1, true) then
      redis.call('HDEL', KEYS[7], items[at])
      redis.call('ZREM', KEYS[6], items[at])
    end
  end
end
for _, letter in ipairs(redis.call('LRANGE', KEYS[8], 0, -1)) do
  if string.find(letter, named, 1, true) then redis.call('LREM', KEYS[8], 1, letter) end
end

redis.call('HDEL', KEYS[3], id)
redis.call('DEL', KEYS[1], KEYS[2], KEYS[4], KEYS[5])
addAudit(KEYS[9], ARGV[3], ARGV[4], ARGV[5])
return 1`,
};

const rewriteResult = z.tuple([z.enum(['appended', 'duplicate', 'conflict']), z.int()]);

/**
 * KEYS 1 dedupe, 2 events, 3 snapshot, 4 summaries, 5 document, 6 work due, 7 work items, 8 work
 * sequence, 9 audit, 10 to 12 cache, 13 to 16 indexes that the incident is in.
 * ARGV 1 incident id, 2 expected version, 3 dedupe seconds, 4 state, 5 summary, 6 last activity ms,
 * 7 document (empty: none), 8 audit entry, 9 audit entries kept, 10 audit kept ms, 11 number of
 * events, then the events, then the work.
 */
export const rewriteIncidentScript: Script<z.output<typeof rewriteResult>> = {
  name: 'redthreadRewriteIncident',
  numberOfKeys: 16,
  result: rewriteResult,
  lua: `${NOW_MS}${ADD_AUDIT}${SCHEDULE_WORK}
local incidentId, expected, version = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[11])
local earlier = redis.call('GET', KEYS[1])
if earlier then
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  return { 'duplicate', tonumber(earlier) }
end
local current = tonumber(redis.call('HGET', KEYS[3], 'version') or '0')
if current ~= expected then return { 'conflict', current } end

-- Memory is checked at a script's first write only, and this one frees some: nothing fails half-way.
redis.call('DEL', KEYS[2], KEYS[5], KEYS[10], KEYS[11], KEYS[12])
for number = 1, version do
  redis.call('XADD', KEYS[2], '0-' .. number, 'event', ARGV[11 + number])
end
redis.call('HSET', KEYS[3], 'version', version, 'state', ARGV[4], 'rewritten', version)
redis.call('HSET', KEYS[4], incidentId, ARGV[5])
for index = 13, 16 do redis.call('ZADD', KEYS[index], ARGV[6], incidentId) end
if ARGV[7] ~= '' then redis.call('SET', KEYS[5], ARGV[7]) end
addAudit(KEYS[9], ARGV[8], ARGV[9], ARGV[10])
scheduleWork(KEYS[6], KEYS[7], KEYS[8], 12 + version)
redis.call('SET', KEYS[1], version, 'EX', ARGV[3])
return { 'appended', version }`,
};
