/** By the beginning of a Region's name; the last row is everything else. */
const PARTITIONS = [
  {
    id: 'aws-us-gov',
    prefix: 'us-gov-',
    globalServicesRegion: 'us-gov-west-1',
    consoleUrl: 'https://console.amazonaws-us-gov.com',
    hostSuffix: 'amazonaws.com',
  },
  {
    id: 'aws-cn',
    prefix: 'cn-',
    globalServicesRegion: 'cn-north-1',
    consoleUrl: 'https://console.amazonaws.cn',
    hostSuffix: 'amazonaws.com.cn',
  },
  {
    id: 'aws',
    prefix: '',
    globalServicesRegion: 'us-east-1',
    consoleUrl: 'https://console.aws.amazon.com',
    hostSuffix: 'amazonaws.com',
  },
] as const;

export type Partition = (typeof PARTITIONS)[number];

/** The part of AWS that a Region belongs to: accounts and credentials never reach beyond it. */
export function partitionOf(region: string): Partition {
  return PARTITIONS.find(({ prefix }) => region.startsWith(prefix)) ?? PARTITIONS[2];
}

/** Where a Region's partition records IAM, Organizations, Route 53, CloudFront and most sign-ins. */
export function globalRegionOf(region: string): string {
  return partitionOf(region).globalServicesRegion;
}

/** Without doubles, and with the Region where global services are recorded. */
export function withGlobalRegions(regions: readonly string[]): readonly string[] {
  return [...new Set([...regions, ...regions.map(globalRegionOf)])];
}
