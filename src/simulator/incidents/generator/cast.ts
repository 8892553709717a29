import { ACCOUNT, HOME } from './recorder.ts';

/** Everything here is invented; addresses are from the documentation ranges. */
export const PEOPLE = {
  noor: { email: 'noor.haddad@northwind.example', address: '203.0.113.24' },
  petra: { email: 'petra.okafor@northwind.example', address: '203.0.113.57' },
  marek: { email: 'marek.dvorak@northwind.example', address: '203.0.113.80' },
  tomas: { email: 'tomas.lindqvist@northwind.example', address: '198.51.100.12' },
} as const;

/** Identity Center names its roles after the permission set and 16 digits. */
export const PERMISSION_SETS = {
  PlatformOperator: 'AWSReservedSSO_PlatformOperator_5f0c2a9b7d31e846',
  Developer: 'AWSReservedSSO_Developer_c81e07b4d62f93a5',
  DatabaseAdmin: 'AWSReservedSSO_DatabaseAdmin_27d9f6a0b1c4e853',
  OnCall: 'AWSReservedSSO_OnCall_90b3d5e7f1a2c468',
  NetworkAdmin: 'AWSReservedSSO_NetworkAdmin_3e6b1d94c07f5a82',
} as const;

export const INSTANCES = {
  checkout: { id: 'i-0c4e8d21f6ab97530', address: '10.20.4.17' },
  search: { id: 'i-0b77e3f2d45a1c980', address: '10.20.5.40' },
  reports: { id: 'i-03fd6a90c1e84b72d', address: '10.20.6.12' },
} as const;

export const DEVELOPMENT_INSTANCES = ['i-0f1a2b3c4d5e60718', 'i-07c6b5a4938271605'] as const;

export const LOAD_BALANCER = 'app/shop-prod/8d2b1f6c0a7e4935';
export const CHECKOUT_TARGETS = 'targetgroup/checkout-prod/4f9a3c7e15b2d806';
export const STOREFRONT_TARGETS = 'targetgroup/storefront-prod/91d0e5b7a2c3f648';

export const loadBalancing = (name: string) =>
  `arn:aws:elasticloadbalancing:${HOME}:${ACCOUNT}:${name}`;

export const AGENTS = {
  terraform:
    'APN/1.0 HashiCorp/1.0 Terraform/1.13.4 (+https://www.terraform.io) terraform-provider-aws/6.14.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.39.0',
  cli: 'aws-cli/2.31.3 md/awscrt#0.27.6 ua/2.1 os/linux#6.8 md/arch#x86_64 lang/python#3.13.7 cfg/retry-mode#standard md/prompt#off',
  boto: 'Boto3/1.40.40 md/Botocore#1.40.40 ua/2.1 os/linux#5.10 lang/python#3.13.7 Botocore/1.40.40',
  node: 'aws-sdk-js/3.901.0 ua/2.1 os/linux#5.10 lang/js md/nodejs#22.20.0 m/E',
  agent: 'aws-sdk-go/1.55.5 (go1.23.4; linux; amd64) amazon-ssm-agent/3.3.2746.0',
} as const;

export const denied = (arn: string, action: string, resource: string) => ({
  code: 'AccessDenied',
  message: `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
});
