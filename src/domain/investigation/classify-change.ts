import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { isRoutineWrite } from '../trail/telling-changes.ts';
import { shapeOfCall } from './call-shape.ts';
import { knownChange } from './change-catalogue.ts';
import type { ChangeKind } from './change-class.ts';

const ROUTINE: ChangeKind = { changeClass: 'routine', latency: 'instant', direction: 'adding' };

/** Tags break nothing, whatever a service calls setting them. */
const TAGGING = /^(?:Add|Remove|Put|Set|Delete|Create|Update)\w*Tag(?:s|ging)(?![a-z])/;

/** What a write does, by the catalogue, else by the shape of its name. */
export function classifyChange(record: TrailRecord): ChangeKind {
  // Programs read and write data all day; what people do to it by hand is another matter.
  if (record.category === 'data' && record.principal.kind !== 'human') return ROUTINE;
  const name = normaliseEventName(record.eventName);
  const known = knownChange(record.eventSource.replace(/\.amazonaws\.com$/, ''), name);
  if (known !== null) return known;
  if (isRoutineWrite(record) || TAGGING.test(name)) return ROUTINE;
  return shapeOfCall(name);
}
