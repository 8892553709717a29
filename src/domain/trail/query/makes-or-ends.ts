import type { TrailRecord } from '../record.ts';
import { namesResource } from './resource-names.ts';
import type { VerbId } from './verbs.ts';

const MAKING_OR_ENDING: ReadonlySet<VerbId> = new Set(['created', 'deleted']);
const MADE_OR_ENDED = /^(?:Create|Delete)([A-Za-z0-9]+?)(?:\d{8})?$/;

/**
 * Who asks who created a user does not mean the key that somebody made for that user: whether the
 * call made or ended only something that belongs to what was named. Said only where the record
 * tells of what kind the named thing is.
 */
export function concernsPartOnly(
  verbs: readonly VerbId[],
  { eventName, resources }: Pick<TrailRecord, 'eventName' | 'resources'>,
  value: string,
): boolean {
  if (!verbs.some((verb) => MAKING_OR_ENDING.has(verb))) return false;
  const noun = MADE_OR_ENDED.exec(eventName)?.[1];
  const named = resources.filter(({ name }) => namesResource(name, value));
  if (noun === undefined || named.length === 0) return false;
  return named.every(({ type }) => type !== null && !isOfKind(type, noun));
}

/** `ManagedPolicy` is a policy, and alarms are deleted in the plural. */
function isOfKind(type: string, noun: string): boolean {
  const kind = (type.split('::').at(-1) ?? type).toLowerCase();
  const lowered = noun.toLowerCase();
  return kind.endsWith(lowered) || `${kind}s` === lowered || `${kind}es` === lowered;
}
