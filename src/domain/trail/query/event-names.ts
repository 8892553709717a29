import { normaliseEventName } from '../event-name.ts';
import { type TrailQuery, valuesOf } from './query.ts';
import { resourceClassOf } from './resource-class.ts';
import { namesOfVerb } from './verbs.ts';

/** The event names a question asks for: alternatives, each a list of patterns for `isAmong`. */
export interface WantedNames {
  /** Any of these answers the question. */
  readonly first: readonly (readonly string[])[];
  /** These do where none of the first is found. */
  readonly otherwise: readonly (readonly string[])[];
}

/** From the verbs, each narrowed by what kind of thing was named. Null: no verb. */
export function wantedByVerbs(query: TrailQuery): WantedNames | null {
  if (query.verbs.length === 0) return null;
  const things = [...valuesOf(query, 'resource'), ...valuesOf(query, 'name')];
  const classes = things.length === 0 ? [null] : [...new Set(things.map(resourceClassOf))];
  const rows = query.verbs.flatMap((verb) =>
    classes.map((resourceClass) => namesOfVerb(verb, resourceClass)),
  );
  return { first: rows.map((row) => row.names), otherwise: rows.map((row) => row.otherwise ?? []) };
}

/** Whether a recorded name is among `patterns`: `*` matches any run, a leading `-` excludes. */
export function isAmong(eventName: string, patterns: readonly string[]): boolean {
  const name = normaliseEventName(eventName);
  const matches = (pattern: string): boolean =>
    matchesPattern(name, pattern) || matchesPattern(eventName, pattern);
  return (
    patterns.some((pattern) => !pattern.startsWith('-') && matches(pattern)) &&
    !patterns.some((pattern) => pattern.startsWith('-') && matches(pattern.slice(1)))
  );
}

/** Case does not matter; `*` stands for any run of characters. Linear in the text for each `*`. */
export function matchesPattern(text: string, pattern: string): boolean {
  const subject = text.toLowerCase();
  const [head = '', ...rest] = pattern.toLowerCase().split('*');
  if (rest.length === 0) return subject === head;
  const tail = rest.pop() ?? '';
  if (!subject.startsWith(head) || !subject.endsWith(tail)) return false;
  let at = head.length;
  for (const piece of rest) {
    const found = subject.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= subject.length - tail.length;
}

/**
 * Lambda and CloudFront record an API date behind the name, and LookupEvents matches names whole.
 * Seen in public CloudTrail records and in the services' own event lists.
 */
const DATED_NAMES: Readonly<Record<string, readonly string[]>> = {
  AddPermission: ['20150331', '20150331v2'],
  CreateAlias: ['20150331'],
  CreateDistribution: ['2020_05_31'],
  CreateEventSourceMapping: ['20150331'],
  CreateFunction: ['20150331'],
  CreateInvalidation: ['2020_05_31'],
  DeleteAlias: ['20150331'],
  DeleteDistribution: ['2020_05_31'],
  DeleteEventSourceMapping: ['20150331'],
  DeleteFunction: ['20150331'],
  DeleteFunctionConcurrency: ['20171031'],
  DeleteLayerVersion: ['20181031'],
  PublishFunction: ['2020_05_31'],
  PublishLayerVersion: ['20181031'],
  PublishVersion: ['20150331'],
  PutFunctionConcurrency: ['20171031'],
  RemovePermission: ['20150331', '20150331v2'],
  TagResource: ['20170331', '20170331v2', '2020_05_31'],
  UntagResource: ['20170331', '20170331v2', '2020_05_31'],
  UpdateAlias: ['20150331'],
  UpdateDistribution: ['2020_05_31'],
  UpdateEventSourceMapping: ['20150331'],
  UpdateFunction: ['2020_05_31'],
  UpdateFunctionCode: ['20150331', '20150331v2'],
  UpdateFunctionConfiguration: ['20150331', '20150331v2'],
};

/** Every spelling under which CloudTrail is known to record a call. */
export function recordedNames(eventName: string): readonly string[] {
  const dates = Object.hasOwn(DATED_NAMES, eventName) ? DATED_NAMES[eventName] : undefined;
  return [eventName, ...(dates ?? []).map((date) => `${eventName}${date}`)];
}
