import { type Check, type Finding, failed, notChecked, ok, warning } from './check.ts';

const LIMITS = {
  /** The record dates what people do by this clock, and AWS dates its events by its own. */
  warnedAboveMs: 5_000,
  /** AWS and Slack refuse requests that are signed some minutes off; timelines are wrong long before. */
  failedAboveMs: 60_000,
} as const;

export interface RemoteClock {
  readonly name: string;
  /** Any address that answers with the HTTP header Date, in whatever status. */
  readonly url: string;
}

/** Compares this machine's clock with the Date headers of those it works with. */
export function clockChecks(clocks: readonly RemoteClock[], nowMs: () => number): readonly Check[] {
  return clocks.map(({ name, url }) => ({
    area: 'Clock',
    name: `against ${name}`,
    run: async (signal) => {
      const askedAtMs = nowMs();
      const date = await readDate(url, signal);
      if (date === null) return notChecked(`${name} could not be asked for the time`);
      return judge((askedAtMs + nowMs()) / 2 - date, nowMs() - askedAtMs);
    },
  }));
}

/** The header counts whole seconds: on average half a second has passed. */
async function readDate(url: string, signal: AbortSignal): Promise<number | null> {
  try {
    const answer = await fetch(url, { signal, redirect: 'manual' });
    await answer.body?.cancel();
    const date = Date.parse(answer.headers.get('date') ?? '');
    return Number.isNaN(date) ? null : date + 500;
  } catch {
    return null;
  }
}

function judge(aheadMs: number, roundTripMs: number): Finding {
  // What the way there and the cut seconds may hide.
  const unknownMs = 500 + roundTripMs / 2;
  const offMs = Math.max(0, Math.abs(aheadMs) - unknownMs);
  const found = `${(Math.abs(aheadMs) / 1_000).toFixed(1)} s ${aheadMs < 0 ? 'behind' : 'ahead'}`;
  const advice = 'Let the machine keep its clock by NTP.';
  if (offMs > LIMITS.failedAboveMs) return failed(found, advice);
  if (offMs > LIMITS.warnedAboveMs) return warning(found, advice);
  return ok(`within ${Math.ceil((Math.abs(aheadMs) + unknownMs) / 1_000)} s`);
}
