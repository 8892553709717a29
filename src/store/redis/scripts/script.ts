import { z } from 'zod';

/** One operation that Redis runs as a whole. The header of each names KEYS and ARGV. */
export interface Script<T> {
  readonly name: string;
  readonly numberOfKeys: number;
  readonly lua: string;
  /** What it answers. */
  readonly result: z.ZodType<T>;
}

/** 1: done, 0: nothing was changed, because the claim or the dedupe id forbids it. */
export const doneResult = z.union([z.literal(1), z.literal(0)]).transform((done) => done === 1);

/** Scripts without a `return`. */
export const noResult = z.null();

/** `nowMs(given)`: the server's time, so that all processes agree; a test gives its own. */
export const NOW_MS = `
local function nowMs(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end`;
