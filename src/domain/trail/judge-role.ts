import type { Identity } from './identity.ts';
import {
  AGENTS,
  type IdentityHints,
  isInteractive,
  isServiceName,
  type Judgement,
  personNamed,
  type Reading,
  reading,
} from './judgement.ts';
import { isMachineName } from './machine-name.ts';
import {
  isMadeUp,
  isNamedAfterWorkload,
  permissionSetOf,
  readPersonalName,
  readSessionName,
} from './session-name.ts';

// The first row that fits decides. Only the provider is recorded with a session, not its subject.
const PROVIDERS: readonly (readonly [RegExp, Reading])[] = [
  [
    /token\.actions\.githubusercontent\.com/,
    reading('automation', 'high', 'a GitHub Actions workflow, by its identity provider'),
  ],
  [
    /oidc\.eks\.[a-z0-9-]+\.amazonaws\.com/,
    reading('automation', 'high', 'a pod of an EKS cluster, by its identity provider'),
  ],
  [
    /gitlab|circleci|bitbucket|buildkite|app\.terraform\.io|spacelift|vercel/i,
    reading('automation', 'high', 'a pipeline, by its identity provider'),
  ],
  [
    /accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com|cognito-identity/,
    reading('unknown', 'low', 'a user of an application, signed in with a web identity'),
  ],
  [/./, reading('automation', 'medium', 'a role assumed with a web identity (OIDC)')],
];

/** Who is behind a role session, from the surest sign to the weakest. */
export function judgeRole(identity: Identity, hints: IdentityHints): Judgement {
  const { roleName, sessionName, sourceIdentity, onBehalfOf } = identity;
  const role = roleName ?? 'unnamed role';
  const both = sessionName === null ? role : `${role}/${sessionName}`;
  if (sourceIdentity !== null) {
    return { label: sourceIdentity, ...readSourceIdentity(sourceIdentity) };
  }
  if (permissionSetOf(roleName) !== null && isReserved(identity) && sessionName !== null) {
    const reason = 'an Identity Center session, named after its user';
    return { label: sessionName, ...personNamed(sessionName, reading('human', 'high', reason)) };
  }
  if (onBehalfOf !== null) {
    const reason = 'on behalf of an Identity Center user; the record holds only the user id';
    const label = `Identity Center user ${onBehalfOf} (${both})`;
    return { label, ...reading('human', 'high', reason) };
  }
  if (/^AWSServiceRoleFor/.test(role)) {
    const reason = 'the service-linked role of an AWS service';
    return { label: role, ...reading('service', 'high', reason) };
  }
  const read = readIssuer(identity) ?? (sessionName === null ? null : readSessionName(sessionName));
  const isPerson = read?.kind === 'human' && sessionName !== null;
  return { label: isPerson ? sessionName : both, ...(read ?? readWeakSigns(identity, hints)) };
}

/** Nobody can change it later, but it may name a machine: of people only a mailbox is sure. */
function readSourceIdentity(name: string): Reading {
  const reason = 'source identity, which survives role chaining';
  const byName = readSessionName(name)?.kind ?? (isMachineName(name) ? 'automation' : null);
  if (byName !== null) return reading(byName, 'certain', reason);
  return reading(readPersonalName(name) === null ? 'unknown' : 'human', 'medium', reason);
}

/** Anybody can call a role so; only Identity Center can put it on this path. */
function isReserved({ issuerArn }: Identity): boolean {
  return issuerArn === null || /:role\/aws-reserved\/sso\.amazonaws\.com\//.test(issuerArn);
}

/** A workflow outside or a build of AWS's own: the tool that it used is less telling. */
export function isPipeline({ reason }: { readonly reason: string }): boolean {
  return /^a (?:pipeline|GitHub Actions workflow)\b/.test(reason);
}

/** What AWS itself recorded about where the credentials came from. */
function readIssuer({ webProvider, issuedTo, isInstance }: Identity): Reading | null {
  if (issuedTo !== null) {
    return reading('automation', 'high', 'credentials that AWS issued to a resource of its own');
  }
  if (isInstance) {
    return reading('automation', 'high', 'an EC2 instance, with the role it was given');
  }
  if (webProvider === null) return null;
  return PROVIDERS.find(([pattern]) => pattern.test(webProvider))?.[1] ?? null;
}

/** The name says nothing by itself: what the role is called and what the call came from. */
function readWeakSigns(
  { roleName, sessionName, invokedBy }: Identity,
  hints: IdentityHints,
): Reading {
  const agent = hints.userAgent ?? '';
  if (roleName !== null && sessionName !== null && isNamedAfterWorkload(roleName, sessionName)) {
    return isInteractive(hints)
      ? reading('human', 'low', 'a console session, though named like the function of its role')
      : reading('automation', 'high', 'a function or job: its role is named after the session');
  }
  if (isInteractive(hints)) {
    return reading('human', 'medium', 'a console session; its name was chosen by the caller');
  }
  if (AGENTS.workload.test(agent)) {
    return reading('automation', 'medium', 'a function or container, by its user agent');
  }
  if (AGENTS.desktop.test(agent)) {
    return reading('human', 'medium', 'a tool on a desktop system, by its user agent');
  }
  if (sessionName !== null && isMadeUp(sessionName)) {
    return reading('automation', 'medium', 'a session name made up by an SDK');
  }
  if (AGENTS.tool.test(agent)) {
    return reading('automation', 'low', 'a role session of a deployment tool');
  }
  if (isServiceName(invokedBy)) {
    return reading('unknown', 'low', 'an AWS service made the call for a role session');
  }
  const isFromProgram = agent !== '' && !AGENTS.cli.test(agent);
  const personal = sessionName === null || isFromProgram ? null : readPersonalName(sessionName);
  return (
    personal ?? reading('unknown', 'low', 'a role session whose name does not say who is behind it')
  );
}
