/** The machine that the website runs on, and that partners reach by SFTP. */
export const WEBSITE = {
  instanceId: 'i-09d3f7a1c52e8b460',
  address: '10.20.2.31',
  publicAddress: '203.0.113.201',
  allocationId: 'eipalloc-0b5c7d2e91f3a6840',
  securityGroupId: 'sg-0a61b8e4f2d97c035',
  subnetId: 'subnet-0c2f4a8e6b1d35790',
  healthCheckId: '5d0c7a3e-2b94-4f61-9e8d-71c0a4b6f235',
} as const;
