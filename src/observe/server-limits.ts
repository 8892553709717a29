import type { ServerOptions } from 'node:http';

/** How long whoever connects may take: Slack and proxies send what they have at once. */
export const SERVER_LIMITS = {
  headersTimeout: 5_000,
  /** From the first byte to the last one of the body; then Node answers 408 and closes. */
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
} as const satisfies ServerOptions;
