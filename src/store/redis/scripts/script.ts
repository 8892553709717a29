/** One operation that Redis runs as a whole. The header of each names KEYS, ARGV and the result. */
export interface Script {
  readonly name: string;
  readonly numberOfKeys: number;
  readonly lua: string;
}

/** `nowMs(given)`: the server's time, so that all processes agree; a test gives its own. */
export const NOW_MS = `
local function nowMs(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end`;
