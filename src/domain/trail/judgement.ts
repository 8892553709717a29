import type { JsonValue } from './json-value.ts';
import type { Confidence, PrincipalKind } from './record.ts';

/** What the rest of the record adds to its `userIdentity`. */
export interface IdentityHints {
  readonly fromConsole: boolean;
  readonly userAgent: string | null;
  /** `additionalEventData.MFAUsed` of a sign-in. */
  readonly mfaUsed: JsonValue | undefined;
  readonly eventType: string | null;
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

export function isServiceName(name: string | null): name is string {
  return name !== null && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com$/.test(name);
}

/** What a user agent says about who is behind it. It comes from its sender: evidence, not proof. */
export const AGENTS = {
  browser: /^\[?Mozilla\//,
  cloudShell: /exec-env\/CloudShell/,
  workload: /exec-env\/AWS_(?:Lambda|ECS|EKS|AppRunner)/i,
  tool: /terraform|HashiCorp|OpenTofu|pulumi|aws-cdk|jenkins|github-actions|ansible/i,
  cli: /^\[?aws-cli\//i,
  desktop: /\bos\/(?:macos|windows)|\bDarwin\/|\bWindows\/1[01]\b/i,
} as const satisfies Record<string, RegExp>;

/** Somebody sits in front of it: the console, or a shell in a browser. */
export function isInteractive({ fromConsole, userAgent }: IdentityHints): boolean {
  const agent = userAgent ?? '';
  return fromConsole || AGENTS.browser.test(agent) || AGENTS.cloudShell.test(agent);
}
