import { describe, expect, it } from 'vitest';
import { type CallSigns, channelOf } from '../../../src/domain/trail/channel.ts';

const signs = (changes: Partial<CallSigns>): CallSigns => ({
  userAgent: null,
  sourceAddress: '203.0.113.7',
  invokedBy: null,
  fromConsole: false,
  isPipeline: false,
  ...changes,
});

describe('the tool behind a call', () => {
  it.each([
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'console'],
    ['console.ec2.amazonaws.com', 'console'],
    ['signin.amazonaws.com', 'console'],
    ['[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488]', 'console'],
    ['Coral/Netty4', 'console'],
    ['aws-cli/2.15.0 Python/3.12.0', 'cli'],
    ['Boto3/1.34.0 md/Botocore#1.34.0', 'sdk'],
    ['aws-sdk-go-v2/1.30.3 os/linux', 'sdk'],
    ['APN/1.0 HashiCorp/1.0 Terraform/1.9.5 terraform-provider-aws/5.60', 'terraform'],
    ['[APN/1.0 HashiCorp/1.0 Terraform/1.9.5]', 'terraform'],
    ['APN/1.0 OpenTofu/1.0 Terraform/1.8.2 terraform-provider-aws/5.60', 'opentofu'],
    ['APN/1.0 Pulumi/1.0 PulumiAWS/6.1 terraform-provider-aws/5.60', 'pulumi'],
    ['aws-cdk/2.150.0 aws-sdk-js/3.600.0', 'cdk'],
    ['aws-cli/2.15.0 md/command#cloudformation.deploy', 'cli'],
    ['cloudformation.amazonaws.com', 'cloudformation'],
    ['autoscaling.amazonaws.com', 'service'],
    ['codepipeline.amazonaws.com', 'pipeline'],
    ['aws-sdk-js/3.600.0 configure-aws-credentials-for-github-actions', 'pipeline'],
    ['AWS Internal', 'service'],
    ['something home-made', 'unknown'],
    ['', 'unknown'],
  ])('is told by the user agent %s', (userAgent, channel) => {
    expect(channelOf(signs({ userAgent }))).toBe(channel);
  });

  it('is the console when the record says so, whatever the agent', () => {
    expect(channelOf(signs({ userAgent: 'AWS Internal', fromConsole: true }))).toBe('console');
  });

  it('is CloudShell before the console: its sessions have the same mark', () => {
    const userAgent = 'aws-cli/2.15.0 exec-env/CloudShell';

    expect(channelOf(signs({ userAgent, fromConsole: true }))).toBe('cloudshell');
  });

  it('is CloudFormation when it acts with the credentials of its caller', () => {
    expect(channelOf(signs({ invokedBy: 'cloudformation.amazonaws.com' }))).toBe('cloudformation');
  });

  it('is a service when the call came from one', () => {
    expect(channelOf(signs({ sourceAddress: 'autoscaling.amazonaws.com' }))).toBe('service');
  });

  it('is the pipeline where a build or a pipeline of AWS called', () => {
    expect(channelOf(signs({ invokedBy: 'codebuild.amazonaws.com' }))).toBe('pipeline');
    expect(channelOf(signs({ sourceAddress: 'codepipeline.amazonaws.com' }))).toBe('pipeline');
  });

  it.each([
    ['aws-cli/2.15.0 Python/3.12.0', 'pipeline'],
    ['Boto3/1.34.0', 'pipeline'],
    [null, 'pipeline'],
    ['APN/1.0 HashiCorp/1.0 Terraform/1.9.5', 'terraform'],
    ['aws-cdk/2.150.0', 'cdk'],
  ])('of a pipeline, with the user agent %s, is %s', (userAgent, channel) => {
    expect(channelOf(signs({ userAgent, isPipeline: true }))).toBe(channel);
  });
});
