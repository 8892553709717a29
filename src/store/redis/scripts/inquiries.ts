import { z } from 'zod';
import { doneResult, NOW_MS, type Script } from './script.ts';

/**
 * Saves when the version kept is the one before. Expiry is by the clock given, so that a test can
 * move it; Redis removes what has expired by itself.
 * KEYS 1 inquiry (hash: version, until, body). ARGV 1 now, 2 version, 3 kept ms, 4 body.
 */
export const saveInquiryScript: Script<boolean> = {
  result: doneResult,
  name: 'redthreadSaveInquiry',
  numberOfKeys: 1,
  lua: `${NOW_MS}
local now = nowMs(ARGV[1])
local kept = redis.call('HMGET', KEYS[1], 'version', 'until')
local isKept = kept[2] and tonumber(kept[2]) > now
local version = isKept and tonumber(kept[1]) or 0
if version ~= ARGV[2] - 1 then return 0 end
local untilMs = string.format('%.0f', now + ARGV[3])
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'until', untilMs, 'body', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`,
};

/** KEYS 1 inquiry. ARGV 1 now. */
export const readInquiryScript: Script<string | null> = {
  result: z.string().nullable(),
  name: 'redthreadReadInquiry',
  numberOfKeys: 1,
  lua: `${NOW_MS}
local kept = redis.call('HMGET', KEYS[1], 'until', 'body')
if not kept[1] or tonumber(kept[1]) <= nowMs(ARGV[1]) then return nil end
return kept[2]`,
};
