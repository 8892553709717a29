import { AppError } from '../errors.ts';
import { SIGNATURE_HEADER, sign, TIMESTAMP_HEADER } from '../intake/verify-signature.ts';
import type { PostWebhook } from '../ports.ts';

const TIMEOUT_MS = 10_000;

export const DELIVERY_HEADER = 'idempotency-key';

export interface PosterSettings {
  readonly signingSecret: string;
  readonly nowMs: () => number;
  readonly timeoutMs?: number;
}

/** Posts signed JSON. Follows no redirect and reads no body: only the status counts. */
export function createWebhookPoster(settings: PosterSettings): PostWebhook {
  const { signingSecret, nowMs, timeoutMs = TIMEOUT_MS } = settings;
  return async ({ url, deliveryId, body }, signal) => {
    const timestamp = String(Math.floor(nowMs() / 1_000));
    const tooLate = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([signal, tooLate]),
        body,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'redthread',
          [TIMESTAMP_HEADER]: timestamp,
          [SIGNATURE_HEADER]: sign(timestamp, body, signingSecret),
          [DELIVERY_HEADER]: deliveryId,
        },
      });
      await response.body?.cancel().catch(() => undefined);
      return response.status;
    } catch (error) {
      const { host } = new URL(url);
      const why = tooLate.aborted
        ? `did not answer within ${timeoutMs / 1_000} s`
        : 'was not reached';
      throw new AppError('webhook-unavailable', `${host} ${why}${codeIn(error)}.`);
    }
  };
}

/** The system's word for it (`ECONNREFUSED`); never the whole error, which may hold the address. */
function codeIn(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
