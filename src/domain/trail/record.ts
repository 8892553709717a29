import type { Untrusted } from '../untrusted.ts';

/** Who stands behind a call, as far as the record says. */
export type PrincipalKind = 'human' | 'automation' | 'service' | 'unknown';
export type Confidence = 'certain' | 'high' | 'medium' | 'low';

/** With which tool the call was made. The user agent is chosen by the caller: evidence, not proof. */
export type Channel =
  | 'console'
  | 'cloudshell'
  | 'cli'
  | 'sdk'
  | 'terraform'
  | 'opentofu'
  | 'pulumi'
  | 'cdk'
  | 'cloudformation'
  | 'pipeline'
  | 'service'
  | 'unknown';

export interface Principal {
  /** Short name for people: an e-mail, a user name, a role with its session, a service. */
  readonly label: Untrusted;
  readonly kind: PrincipalKind;
  readonly confidence: Confidence;
  /** Why we believe it, one short clause in our own words. */
  readonly reason: string;
  readonly accountId: string | null;
  readonly userName: Untrusted | null;
  readonly roleName: Untrusted | null;
  readonly sessionName: Untrusted | null;
  /** Null where the record does not say. */
  readonly mfa: boolean | null;
}

export interface TrailResource {
  /** CloudFormation-style type (`AWS::EC2::Instance`) where known. */
  readonly type: string | null;
  /** Id, name or ARN, exactly as recorded. */
  readonly name: Untrusted;
}

/** One allow-listed parameter that helps to understand a change ("port 443", "desired 0"). */
export interface TrailDetail {
  readonly label: string;
  readonly value: Untrusted;
}

/** Event history holds management events only; trails and event data stores may hold the others. */
export type EventCategory = 'management' | 'data' | 'network' | 'insight';

/** CloudTrail saw an unusual rate of one call. Rates are per minute. */
export interface InsightFinding {
  readonly state: 'start' | 'end';
  readonly measure: 'call-rate' | 'error-rate';
  /** For error rates. */
  readonly errorCode: Untrusted | null;
  readonly baselinePerMinute: number | null;
  readonly insightPerMinute: number | null;
  readonly durationMinutes: number | null;
  /** To whom or what CloudTrail puts it down, strongest first. */
  readonly attributions: readonly {
    readonly attribute: 'identity' | 'user-agent' | 'error-code';
    readonly value: Untrusted;
    readonly insightPerMinute: number | null;
    readonly baselinePerMinute: number | null;
  }[];
}

/**
 * A CloudTrail record reduced to what may be kept, shown and stored: raw parameters and response
 * elements never get past the AWS edge. `atMs` is milliseconds since 1970, but CloudTrail's own
 * resolution is one second: never rely on the order within a second.
 */
export interface TrailRecord {
  readonly eventId: string;
  readonly category: EventCategory;
  /** The same in all records of one action that concerned several accounts. */
  readonly sharedEventId: string | null;
  /** As recorded, with date suffixes (`UpdateFunctionCode20150331v2`). */
  readonly eventName: string;
  readonly eventSource: string;
  readonly atMs: number;
  readonly region: string;
  readonly accountId: string | null;
  readonly readOnly: boolean;
  readonly errorCode: Untrusted | null;
  readonly errorMessage: Untrusted | null;
  readonly principal: Principal;
  readonly channel: Channel;
  readonly accessKeyId: string | null;
  /** The key that this call issued (AssumeRole and its kin); its secret and token are never read. */
  readonly mintedAccessKeyId: string | null;
  /** When the session whose credentials were used began; null without temporary credentials. */
  readonly sessionStartedAtMs: number | null;
  /** Set exactly when `category` is `insight`. */
  readonly insight: InsightFinding | null;
  readonly sourceAddress: Untrusted | null;
  readonly userAgent: Untrusted | null;
  readonly resources: readonly TrailResource[];
  readonly details: readonly TrailDetail[];
  /** How many parameters were left out of `details` and `resources`. */
  readonly hiddenFieldCount: number;
}
