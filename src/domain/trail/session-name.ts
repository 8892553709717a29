import type { Confidence, PrincipalKind } from './record.ts';

export interface SessionReading {
  readonly kind: PrincipalKind;
  readonly confidence: Confidence;
  readonly reason: string;
}

const EMAIL = /^[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+$/;
// One segment more than the name: the permission set may itself hold underscores.
const SSO_ROLE = /^AWSReservedSSO_(.+)_[0-9a-f]{12,16}$/i;

/** The permission set of an Identity Center role; null for any other role. */
export function permissionSetOf(roleName: string | null): string | null {
  return SSO_ROLE.exec(roleName ?? '')?.[1] ?? null;
}

const person: SessionReading = {
  kind: 'human',
  confidence: 'medium',
  reason: 'the session is named after an e-mail address; callers choose that name',
};
const tool = (reason: string, confidence: Confidence = 'high'): SessionReading => ({
  kind: 'automation',
  confidence,
  reason,
});

// The first row that fits decides. Session names are chosen by the caller, so none is certain.
const SESSIONS: readonly (readonly [RegExp, SessionReading])[] = [
  [EMAIL, person],
  [/^i-[0-9a-f]{8,17}$/, tool('an EC2 instance profile: the session is named after the instance')],
  [/^AWSCloudFormation$/, tool('CloudFormation with a service role')],
  [/^GitHubActions$|^GitHubActions-|^gh-actions/i, tool('a GitHub Actions workflow', 'medium')],
  [/^(?:SLRManagement|AutoScaling|AWS-SSO|awslambda_\d+|TrustedAdvisor_)/, tool('an AWS service')],
  [/^(?:aws-go-sdk|botocore-session|aws-sdk-js)-\d+$/, tool('a session name made up by an SDK')],
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
export function readSessionName(sessionName: string): SessionReading | null {
  return SESSIONS.find(([pattern]) => pattern.test(sessionName))?.[1] ?? null;
}
