import type { Channel, PrincipalKind } from './record.ts';

/** With which tool, as far as the caller's user agent says. */
export const CHANNEL_WORDS = {
  console: 'in the console',
  cloudshell: 'in CloudShell',
  cli: 'with the CLI',
  sdk: 'with an SDK',
  terraform: 'with Terraform',
  opentofu: 'with OpenTofu',
  pulumi: 'with Pulumi',
  cdk: 'with the CDK',
  cloudformation: 'through CloudFormation',
  pipeline: 'in a pipeline',
  service: 'through an AWS service',
  unknown: 'with an unknown tool',
} as const satisfies Record<Channel, string>;

export const KIND_WORDS = {
  human: 'a person',
  automation: 'automation',
  service: 'an AWS service',
  unknown: 'not known whether a person or a machine',
} as const satisfies Record<PrincipalKind, string>;

/** Machines have no second factor: only for people is its absence worth a word. */
export function mfaWords(mfa: boolean | null, kind: PrincipalKind): string | null {
  if (mfa === true) return 'with MFA';
  if (kind !== 'human') return null;
  return mfa === false ? 'without MFA' : 'MFA not recorded';
}
