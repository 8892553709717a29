/** Slack's tiers, in calls a minute for one method and app. */
export const tiers = {
  tier1: 1,
  tier2: 20,
  tier3: 50,
  tier4: 100,
  /** Methods for which Slack names no figure. */
  special: 600,
} as const satisfies Record<string, number>;

export type Tier = keyof typeof tiers;

export interface RateLimits {
  readonly callsPerMinute: Readonly<Record<Tier, number>>;
  readonly messagesPerSecondPerChannel: number;
  /** Messages that one channel takes at once before the pace counts; Slack only says "short bursts". */
  readonly messageBurst: number;
}

export const slackRateLimits: RateLimits = {
  callsPerMinute: tiers,
  messagesPerSecondPerChannel: 1,
  messageBurst: 5,
};

export interface RateLimiter {
  /** Seconds to wait before this method may be called again, or null where it may be called now. */
  takeCall(method: string, tier: Tier): number | null;
  takeMessage(channelId: string): number | null;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

function createBuckets() {
  const buckets = new Map<string, Bucket>();
  return (key: string, capacity: number, perSecond: number): number | null => {
    const nowMs = Date.now();
    const bucket = buckets.get(key) ?? { tokens: capacity, filledAtMs: nowMs };
    const refill = ((nowMs - bucket.filledAtMs) / 1_000) * perSecond;
    bucket.tokens = Math.min(capacity, bucket.tokens + refill);
    bucket.filledAtMs = nowMs;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return null;
  };
}

export function createRateLimiter(limits: RateLimits | 'off'): RateLimiter {
  if (limits === 'off') return { takeCall: () => null, takeMessage: () => null };
  const take = createBuckets();
  return {
    takeCall(method, tier) {
      const perMinute = limits.callsPerMinute[tier];
      return take(`method ${method}`, perMinute, perMinute / 60);
    },
    takeMessage: (channelId) =>
      take(`channel ${channelId}`, limits.messageBurst, limits.messagesPerSecondPerChannel),
  };
}
