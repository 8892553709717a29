import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { sizeOf } from './size.ts';

/** Families with accelerators or terabytes of memory cost several times what their size says. */
const DEAR = /^(?:ml\.)?(?:p\d|g\d|inf\d|trn\d|dl\d|u-|x\d|hpc)/;
const DEAR_FACTOR = 4;
/** An `xlarge` in the steps of `sizeOf`: the least that a budget of any size feels. */
const UNIT = 32;

/** What is dear whatever its size: capacity that is bought, and clusters for data. */
const ALWAYS_DEAR =
  /^(?:Purchase\w+|CreateProvisionedModelThroughput|CreateSavingsPlan|AllocateHosts|CreateCluster|ResizeCluster|RunJobFlow|CreateEndpoint|CreateTrainingJob)$/;
const CHEAP = /^(?:AllocateAddress|CreateVolume|CreateTags|CopySnapshot|CreateSnapshot)$/;

/**
 * How dear what a call starts is, in doublings over one instance of a usual size; null where the call
 * does not say or starts nothing.
 */
export function dearnessOf({ eventName, details }: TrailRecord): number | null {
  const name = normaliseEventName(eventName);
  if (CHEAP.test(name)) return -1;
  const type = details.find(({ label }) => label === 'type' || label === 'class')?.value ?? null;
  const size = type === null ? null : sizeOf(type);
  if (type === null || size === null) return ALWAYS_DEAR.test(name) ? 3 : null;
  const count = Number(details.find(({ label }) => label === 'count')?.value ?? 1);
  const family = DEAR.test(type) ? DEAR_FACTOR : 1;
  return Math.log2((size * family * Math.max(1, count)) / UNIT);
}
