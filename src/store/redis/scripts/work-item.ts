/**
 * An item in the hash of items, as JSON: payload (text), attempt, generation, claimed (generation
 * when it was claimed), failures, held (0 or 1). Its due time is its score in the sorted set.
 */

/** `putItem(items, id, item)` writes an item back. */
const PUT_ITEM = `
local function putItem(items, id, item)
  redis.call('HSET', items, id, cjson.encode(item))
end`;

/** `scheduleWork(due, items, sequence, first)`: ARGV from `first` on is workId, dueAtMs, payload, … */
export const SCHEDULE_WORK = `${PUT_ITEM}
local function scheduleWork(due, items, sequence, first)
  for at = first, #ARGV, 3 do
    local id = ARGV[at]
    local known = redis.call('HGET', items, id)
    local item = known and cjson.decode(known)
      or { attempt = 0, claimed = 0, failures = 0, held = 0 }
    -- Numbered over all items, so that an old claim never fits an item made anew.
    item.generation = redis.call('INCR', sequence)
    item.payload = ARGV[at + 2]
    putItem(items, id, item)
    if item.held == 0 then redis.call('ZADD', due, 'LT', ARGV[at + 1], id) end
  end
end`;

/** `ourClaim(items, id, attempt, generation)`: the item while that claim stands, else nil. */
export const OUR_CLAIM = `${PUT_ITEM}
local function ourClaim(items, id, attempt, generation)
  local known = redis.call('HGET', items, id)
  if not known then return nil end
  local item = cjson.decode(known)
  if item.held == 1 and item.attempt == tonumber(attempt)
    and item.claimed == tonumber(generation) then return item end
  return nil
end`;

export const CLAIMING = PUT_ITEM;
