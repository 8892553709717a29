import { AwsFailure, expiredToken, throttled, unrecognizedClient } from './aws-failure.ts';

export type FaultKind =
  | 'throttle'
  | 'access-denied'
  | 'expired-token'
  | 'region-disabled'
  | 'internal-error'
  | 'invalid-next-token'
  | 'invalid-time-range'
  | 'hang'
  | 'stalled-body'
  | 'cut-body'
  | 'no-json'
  | 'endless-body'
  | 'slow';

/** What a call must look like to be hit; what is left out matches everything. */
export interface AwsFault {
  readonly kind: FaultKind;
  readonly operation?: string;
  /** Two services have a StartQuery. */
  readonly service?: string;
  readonly region?: string;
  readonly account?: string;
  /** How many calls are hit; without it, all until the fault is taken back. */
  readonly times?: number;
  /** How many calls that fit go unharmed first. */
  readonly after?: number;
  /** Only for `slow`: how long the answer is held back. */
  readonly delayMs?: number;
}

export interface FaultTarget {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly account: string;
}

/** How a broken answer reaches the client; null is an ordinary one. */
export type Transport =
  | { readonly kind: 'hang' | 'stalled-body' | 'cut-body' | 'no-json' | 'endless-body' }
  | { readonly kind: 'slow'; readonly delayMs: number };

export interface AwsFaults {
  /** Adds a fault; the returned function takes it back. */
  add(fault: AwsFault): () => void;
  throttleNext(calls: number, operation?: string): void;
  deny(
    operation: string,
    where?: { readonly account?: string; readonly region?: string },
  ): () => void;
  clear(): void;
}

export interface FaultPlan {
  readonly faults: AwsFaults;
  /** Uses up the first fault that fits and either throws it or says how to answer. */
  strike(target: FaultTarget, callerArn: string): Transport | null;
}

const SLOW_DELAY_MS = 2_000;

export function createFaultPlan(): FaultPlan {
  const active = new Set<{ fault: AwsFault; left: number; spared: number }>();
  const add = (fault: AwsFault) => {
    const left = fault.times ?? Number.POSITIVE_INFINITY;
    const entry = { fault, left, spared: fault.after ?? 0 };
    active.add(entry);
    return () => void active.delete(entry);
  };
  return {
    faults: {
      add,
      throttleNext: (calls, operation) =>
        void add({ kind: 'throttle', times: calls, ...(operation && { operation }) }),
      deny: (operation, where = {}) => add({ kind: 'access-denied', operation, ...where }),
      clear: () => active.clear(),
    },
    strike(target, callerArn) {
      const hit = [...active].find(({ fault }) => matches(fault, target));
      if (hit === undefined) return null;
      if (hit.spared > 0) {
        hit.spared -= 1;
        return null;
      }
      hit.left -= 1;
      if (hit.left <= 0) active.delete(hit);
      return unleash(hit.fault, target, callerArn);
    },
  };
}

function matches(fault: AwsFault, target: FaultTarget): boolean {
  return (
    (fault.operation ?? target.operation) === target.operation &&
    (fault.service ?? target.service) === target.service &&
    (fault.region ?? target.region) === target.region &&
    (fault.account ?? target.account) === target.account
  );
}

function unleash(fault: AwsFault, target: FaultTarget, callerArn: string): Transport {
  switch (fault.kind) {
    case 'throttle':
      throw throttled();
    case 'access-denied':
      throw new AwsFailure(
        'AccessDeniedException',
        `User: ${callerArn} is not authorized to perform: ${actionName(target)} because no identity-based policy allows the ${actionName(target)} action`,
      );
    case 'expired-token':
      throw expiredToken();
    case 'region-disabled':
      throw unrecognizedClient();
    case 'internal-error':
      throw new AwsFailure('InternalServerError', 'An internal error occurred.', 500);
    case 'invalid-next-token':
      throw new AwsFailure('InvalidNextTokenException', 'Invalid next token.');
    case 'invalid-time-range':
      throw new AwsFailure('InvalidTimeRangeException', 'Start time must be before end time.');
    case 'hang':
    case 'stalled-body':
    case 'cut-body':
    case 'no-json':
    case 'endless-body':
      return { kind: fault.kind };
    case 'slow':
      return { kind: 'slow', delayMs: fault.delayMs ?? SLOW_DELAY_MS };
  }
}

function actionName({ service, operation }: FaultTarget): string {
  return `${service}:${operation}`;
}
