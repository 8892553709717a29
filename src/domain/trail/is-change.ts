import type { TrailRecord } from './record.ts';

/** It changed something: a call that failed, or only read, did not. */
export function isChange({ readOnly, errorCode }: TrailRecord): boolean {
  return !readOnly && errorCode === null;
}
