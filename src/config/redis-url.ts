import { z } from 'zod';
import { readPlace } from '../store/redis/place.ts';

/** Kept as it is written: the store reads it the same way. */
export const redisUrl = z.string().superRefine((url, context) => {
  const reading = readPlace(url);
  if (reading.kind === 'problem') context.addIssue({ code: 'custom', message: reading.problem });
});

/** What only several settings together show. */
export function checkRedis(
  values: {
    readonly REDIS_URL?: string | undefined;
    readonly REDIS_SENTINEL_PASSWORD?: string | undefined;
  },
  problems: string[],
): void {
  const { REDIS_URL, REDIS_SENTINEL_PASSWORD } = values;
  if (REDIS_SENTINEL_PASSWORD === undefined) return;
  if (problems.some((problem) => problem.startsWith('REDIS_URL'))) return;
  if (REDIS_URL !== undefined && /^rediss?\+sentinel:/.test(REDIS_URL)) return;
  problems.push(
    'REDIS_SENTINEL_PASSWORD is set, and REDIS_URL names no sentinels: remove it, or start REDIS_URL with redis+sentinel://',
  );
}
