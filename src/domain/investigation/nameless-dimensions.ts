/** Parts of one thing, places and kinds: dimensions whose values name nothing. */
const NAMELESS =
  /^(?:AvailabilityZone|Stage|Role|path|fstype|device|Currency|Class|Type|Environment|env|Namespace|CacheNodeId|Region|ClientId|FilterId|StorageType|Rule|Method|Operation|StatusCode|Protocol|LinkedAccount|Country|Severity)$/i;

export function isNamelessDimension(name: string, namespace: string | null): boolean {
  // `AmazonEC2` on a bill is no thing of anybody's.
  return NAMELESS.test(name) || (namespace === 'AWS/Billing' && name === 'ServiceName');
}
