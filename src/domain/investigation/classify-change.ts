import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { isRoutineWrite } from '../trail/telling-changes.ts';
import { knownChange } from './change-catalogue.ts';
import type { ChangeKind } from './change-class.ts';

/** For calls that no table names, by the shape of their names. The first row that fits decides. */
const BY_SHAPE: readonly (readonly [RegExp, ChangeKind])[] = [
  [
    /Descriptions?(?:Ingress|Egress)?$|^(?:Delete|Modify).*(?:Snapshot|Backup|Version|Report|Query)s?$|^Put.*Contact/,
    { changeClass: 'reconfigured', latency: 'latent', direction: 'tuning' },
  ],
  [
    /^(?:Delete|Terminate|Remove|Deregister|Detach|Disassociate|Purge|Cancel|Schedule.*Deletion)/,
    { changeClass: 'removed', latency: 'rollout', direction: 'destructive' },
  ],
  [
    /^(?:Revoke|Disable|Stop|Suspend|Deny|Block|Reject|Deactivate|Pause)/,
    { changeClass: 'removed', latency: 'rollout', direction: 'restrictive' },
  ],
  [
    /^(?:Update|Modify|Put|Set|Replace|Change|Configure|Switch|Reset|Restore|Apply)/,
    { changeClass: 'reconfigured', latency: 'rollout', direction: 'changing' },
  ],
];

const ROUTINE: ChangeKind = { changeClass: 'routine', latency: 'instant', direction: 'adding' };
const CREATED: ChangeKind = { changeClass: 'created', latency: 'rollout', direction: 'adding' };

/** Tags break nothing, whatever a service calls setting them. */
const TAGGING = /^(?:Add|Remove|Put|Set|Delete|Create|Update)\w*Tag(?:s|ging)(?![a-z])/;

/** What a write does, by the catalogue, else by the shape of its name. */
export function classifyChange(record: TrailRecord): ChangeKind {
  const name = normaliseEventName(record.eventName);
  const known = knownChange(record.eventSource.replace(/\.amazonaws\.com$/, ''), name);
  if (known !== null) return known;
  if (isRoutineWrite(record) || TAGGING.test(name)) return ROUTINE;
  return BY_SHAPE.find(([shape]) => shape.test(name))?.[1] ?? CREATED;
}
