/** Parts of one thing, places and kinds: dimensions whose values name nothing. */
const NAMELESS =
  /^(?:AvailabilityZone|Stage|Role|path|fstype|device|Currency|Class|Type|Environment|env|Namespace|CacheNodeId|Region|ClientId|FilterId|StorageType|Rule|Method|Operation|StatusCode|Protocol|LinkedAccount|Country|Severity)$/i;

export function isNamelessDimension(name: string): boolean {
  return NAMELESS.test(name);
}
