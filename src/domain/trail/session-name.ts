import { type Reading, reading } from './judgement.ts';
import { isMachineName } from './machine-name.ts';
import type { Confidence } from './record.ts';

const EMAIL = /^[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+$/;
// One segment more than the name: the permission set may itself hold underscores.
const SSO_ROLE = /^AWSReservedSSO_(.+)_[0-9a-f]{12,16}$/i;

/** The permission set of an Identity Center role; null for any other role. */
export function permissionSetOf(roleName: string | null): string | null {
  return SSO_ROLE.exec(roleName ?? '')?.[1] ?? null;
}

const person = reading(
  'human',
  'medium',
  'the session is named after an e-mail address; callers choose that name',
);
const machine = reading(
  'automation',
  'medium',
  'the session is named after a mailbox of a machine',
);
const tool = (reason: string, confidence: Confidence = 'high'): Reading =>
  reading('automation', confidence, reason);

// The first row that fits decides. Session names are chosen by the caller, so none is certain.
const SESSIONS: readonly (readonly [RegExp, Reading])[] = [
  [EMAIL, person],
  [/^i-[0-9a-f]{8,17}$/, tool('an EC2 instance profile: the session is named after the instance')],
  [/^AWSCloudFormation$/, tool('CloudFormation with a service role')],
  [/^GitHubActions$|^GitHubActions-|^gh-actions/i, tool('a GitHub Actions workflow', 'medium')],
  [/^(?:SLRManagement|AutoScaling|AWS-SSO|awslambda_\d+|TrustedAdvisor_)/, tool('an AWS service')],
  [/^aws-cdk-(?:root|runner|ubuntu|ec2-user|codebuild|jenkins)/, tool('the CDK on a machine')],
  [
    /^aws-cdk-/,
    reading('human', 'low', 'the CDK, which names the session after the user of the computer'),
  ],
  [/^(?:terraform|atlantis|pulumi|spacelift|tfc?-run)/i, tool('a deployment tool', 'medium')],
  [
    /^(?:codebuild|codepipeline|codedeploy|jenkins|gitlab|circleci|buildkite|ci|deploy)(?:$|[-_.])|^AWSCodeBuild-/i,
    tool('a pipeline, by its session name', 'medium'),
  ],
  [
    /^(?:eks|ecs|k8s)-|^system:serviceaccount:/,
    tool('a container workload, by its session name', 'medium'),
  ],
  [/^[0-9a-f]{32}$/, tool('a container task: the session is named after the task')],
];

/** What the name of a role session says about who is behind it; null when it says nothing. */
export function readSessionName(sessionName: string): Reading | null {
  const found = SESSIONS.find(([pattern]) => pattern.test(sessionName))?.[1] ?? null;
  return found === person && isMachineName(sessionName) ? machine : found;
}

/** The name that an SDK or the CLI invents when nobody chose one: it says nothing about anybody. */
export function isMadeUp(sessionName: string): boolean {
  return /^(?:aws-go-sdk|botocore-session|AWS-CLI-session|aws-sdk-[a-z]+)-[\d.-]+$/.test(
    sessionName,
  );
}

const PERSONAL = {
  firstAndLast: /^[a-z]{2,15}[._][a-z]{2,20}$/i,
  oneWord: /^[A-Z]?[a-z]{2,11}$/,
  machine:
    /bot|deploy|pipeline|build|run(?:ner)?$|serv|svc|job|task|work|agent|lambda|func|sess|app|api|prod|stag|dev|test|default|admin|role|cron|sched|sync|scan|monitor|backup|port|ingest|proxy|client|cluster|node|data|stream|queue|system|root|access|audit|config|secur|tool|auto|script|temp|assume|remote|read|write|view|operat|infra|platform|clean|prun|rotat|propag|user/i,
} as const satisfies Record<string, RegExp>;

/** A session named like a person, by somebody who could have chosen any name; null for other names. */
export function readPersonalName(sessionName: string): Reading | null {
  if (PERSONAL.machine.test(sessionName)) return null;
  const reason = 'the session is named like a person; callers choose that name';
  if (PERSONAL.firstAndLast.test(sessionName)) return reading('human', 'medium', reason);
  return PERSONAL.oneWord.test(sessionName) ? reading('human', 'low', reason) : null;
}

// `name-role`, `name-execution-role`, and `name-role-1a2b3c4d` as the Lambda console makes it.
const ROLE_ENDING =
  /[-_]?(?:(?:lambda|function|fn|exec(?:ution)?|service|task|job|iam)[-_]?)*role(?:[-_][a-z0-9]{6,14})?$/i;
// CloudFormation and the CDK: `Stack-Name1A2B3C4D-A1B2C3D4E5F6`, and the same with `ServiceRole`.
const GENERATED_ENDING = /(?:[0-9A-F]{8})?-[A-Za-z0-9]{10,14}$/;

/** Lambda names the session after the function, and tools name the function's role after it too. */
export function isNamedAfterWorkload(roleName: string, sessionName: string): boolean {
  const stem = (name: string) => name.replace(GENERATED_ENDING, '').replace(ROLE_ENDING, '');
  const role = roleName.replace(ROLE_ENDING, '');
  if (role === roleName && stem(roleName) === roleName) return false;
  return role === sessionName || (stem(roleName) !== '' && stem(roleName) === stem(sessionName));
}
