import { throttled } from './aws-failure.ts';

// Requests a second per account and Region. LookupEvents: CloudTrail quotas; the rest: CloudWatch
// quotas. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
const REQUESTS_PER_SECOND = {
  DescribeAlarms: 9,
  DescribeAlarmHistory: 3,
  GetMetricData: 50,
  GetMetricWidgetImage: 20,
} as const satisfies Record<string, number>;

// A client that keeps exactly to the rate must not fail for a millisecond of jitter.
const JITTER_TOKENS = 0.1;

export interface RateLimits {
  /** Throws ThrottlingException when the account's rate for this operation is used up. */
  take(operation: string, account: string, region: string): void;
  reset(): void;
}

/** A token bucket of one second's requests for each operation, account and Region. */
export function createRateLimits(lookupsPerSecond: number, nowMs: () => number): RateLimits {
  const rates = new Map<string, number>([
    ['LookupEvents', lookupsPerSecond],
    ...Object.entries(REQUESTS_PER_SECOND),
  ]);
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    take(operation, account, region) {
      const rate = rates.get(operation);
      if (rate === undefined) return;
      const key = `${operation} ${account} ${region}`;
      const now = nowMs();
      const bucket = buckets.get(key) ?? { tokens: rate, atMs: now };
      const refilled = bucket.tokens + (Math.max(0, now - bucket.atMs) * rate) / 1_000;
      const tokens = Math.min(rate, refilled);
      if (tokens < 1 - JITTER_TOKENS) {
        buckets.set(key, { tokens, atMs: now });
        throw throttled();
      }
      buckets.set(key, { tokens: tokens - 1, atMs: now });
    },
    reset: () => buckets.clear(),
  };
}
