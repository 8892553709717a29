import type { JsonValue } from './json-value.ts';
import { isMachineName } from './machine-name.ts';
import type { Confidence, PrincipalKind } from './record.ts';

/** What the rest of the record adds to its `userIdentity`. */
export interface IdentityHints {
  readonly fromConsole: boolean;
  readonly userAgent: string | null;
  /** `additionalEventData.MFAUsed` of a sign-in. */
  readonly mfaUsed: JsonValue | undefined;
  readonly eventType: string | null;
  readonly eventSource: string;
  /** A sign-in that failed, or that this record does not see succeed. */
  readonly isUnprovenSignIn: boolean;
}

/** What somebody is taken for, how surely, and why: one clause in our own words. */
export interface Reading {
  readonly kind: PrincipalKind;
  readonly confidence: Confidence;
  readonly reason: string;
}

export interface Judgement extends Reading {
  readonly label: string;
}

export function reading(kind: PrincipalKind, confidence: Confidence, reason: string): Reading {
  return { kind, confidence, reason };
}

/** The reason of every caller without AWS credentials. */
export const UNSIGNED = 'not signed with AWS credentials, so the record names nobody';

/** A person, unless the name is one that people give to machines. */
export function personNamed(name: string, person: Reading): Reading {
  if (!isMachineName(name)) return person;
  return reading('automation', 'medium', 'named like a machine, though it signed in as people do');
}

export function isServiceName(name: string | null): name is string {
  return name !== null && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com$/.test(name);
}

/** What a user agent says about who is behind it. It comes from its sender: evidence, not proof. */
export const AGENTS = {
  browser: /^\[?(?:Mozilla\/|(?:console|signin)\.(?:[a-z0-9-]+\.)*amazonaws\.com\b)/,
  cloudShell: /exec-env\/CloudShell/,
  workload: /exec-env\/AWS_(?:Lambda|ECS|EKS|AppRunner)/i,
  tool: /terraform|HashiCorp|OpenTofu|pulumi|aws-cdk|jenkins|github-actions|ansible/i,
  cli: /^\[?aws-cli\//i,
  desktop: /\bos\/(?:macos|windows)|\bDarwin\/|\bWindows\/1[01]\b/i,
} as const satisfies Record<string, RegExp>;

/** AWS itself recorded that a person sits in front of it; a user agent would only claim it. */
export function isSeenAtConsole({ fromConsole, eventType }: IdentityHints): boolean {
  return fromConsole || eventType === 'AwsConsoleSignIn' || eventType === 'AwsConsoleAction';
}

/** Somebody seems to sit in front of it: the console, or a shell in a browser. */
export function isInteractive(hints: IdentityHints): boolean {
  const agent = hints.userAgent ?? '';
  return isSeenAtConsole(hints) || AGENTS.browser.test(agent) || AGENTS.cloudShell.test(agent);
}
