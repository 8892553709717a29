import type { Channel } from './record.ts';

export interface CallSigns {
  readonly userAgent: string | null;
  readonly sourceAddress: string | null;
  readonly invokedBy: string | null;
  /** `sessionCredentialFromConsole`: the record says so itself, the user agent need not. */
  readonly fromConsole: boolean;
  /** Who called is a pipeline, as far as the identity says. */
  readonly isPipeline: boolean;
}

// The first row that fits decides. User agents come from their senders: evidence, not proof.
const AGENTS: readonly (readonly [RegExp, Channel])[] = [
  [/exec-env\/CloudShell/i, 'cloudshell'],
  // Pulumi's provider is built on Terraform's and names both; so may OpenTofu.
  [/\bpulumi/i, 'pulumi'],
  [/\bOpenTofu\b/i, 'opentofu'],
  [/\b(?:HashiCorp|Terraform)\b|terraform-provider-/i, 'terraform'],
  [/\baws-cdk\b|\bcdk-assets\b/i, 'cdk'],
  [/^cloudformation\.amazonaws\.com$/, 'cloudformation'],
  [/^(?:codepipeline|codebuild)\.amazonaws\.com$/, 'pipeline'],
  [/\bgithub-actions\b|\bCodeBuild\b|\bjenkins\b|\bgitlab-runner\b/i, 'pipeline'],
  [/^(?:console|signin)\.|^console\b.*amazonaws\.com/i, 'console'],
  [/^Mozilla\/|^S3Console\/|^Coral\/Netty4|AWSLambdaConsole|AWS CloudWatch Console/, 'console'],
  [/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com$/, 'service'],
  [/^aws-cli\//i, 'cli'],
  [/^aws-internal\//, 'service'],
  [/^(?:boto3?|botocore|aws-chalice)\/|\baws-sdk[-/]/i, 'sdk'],
];

const PLAIN_TOOLS: readonly (Channel | undefined)[] = ['cli', 'sdk', undefined];

const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com$/;

/** With which tool the call was made, as far as the record shows. */
export function channelOf(signs: CallSigns): Channel {
  const agent = (signs.userAgent ?? '').replace(/^\[|\]$/g, '').trim();
  const byAgent = AGENTS.find(([pattern]) => pattern.test(agent))?.[1];
  if (byAgent === 'cloudshell') return byAgent;
  if (signs.fromConsole) return 'console';
  const caller = [signs.invokedBy, signs.sourceAddress].find((sign) => SERVICE.test(sign ?? ''));
  if (caller === 'cloudformation.amazonaws.com') return 'cloudformation';
  if (caller === 'signin.amazonaws.com') return 'console';
  if (/^(?:codepipeline|codebuild)\./.test(caller ?? '')) return 'pipeline';
  if (caller) return 'service';
  // Of a pipeline, which SDK it called AWS with tells nobody anything.
  if (signs.isPipeline && PLAIN_TOOLS.includes(byAgent)) return 'pipeline';
  if (byAgent) return byAgent;
  return agent === 'AWS Internal' || signs.invokedBy === 'AWS Internal' ? 'service' : 'unknown';
}
