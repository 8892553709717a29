import { keptText } from './kept-text.ts';
import type { ParameterLeaf } from './parameter-leaves.ts';
import type { TrailResource } from './record.ts';
import {
  TYPE_BY_ARN,
  TYPE_BY_ID_PREFIX,
  TYPE_BY_KEY,
  TYPE_BY_SERVICE_KEY,
} from './resource-types.ts';

export interface NamedResource {
  readonly type: string | null;
  readonly name: string;
}

const LIMITS = { resourcesMax: 20, nameCharactersMax: 300 } as const;

const ID = /^([a-z]{1,10})-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const UNKNOWN_ID = /^[a-z]{2,12}(?:-[a-z]{1,12})?-[0-9a-f]{17}$/;
const ARN = /^arn:aws[a-z-]*:([a-z0-9-]+):[a-z0-9-]*:\d{0,12}:([A-Za-z-]*)[^\s]*$/;
const ARN_IN_TEXT = /\barn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:[\w/+=,.@:*-]*[\w/*]/g;

// Policies, templates, tags and scripts name many things that the call was not about.
const ASIDE =
  /polic(?:y|ies)$|document$|^template|^tag|tagset|tagspecification|environment|userdata|metadata|^parameters$/;

// On the top level of a request, a name or an id is that of what the call is about, with exceptions.
const NAMING_KEY = /(?:name|names|id|ids|identifier|identifiers|arn|arns)$/;
const NOT_NAMING =
  /user_?name$|(?:account|client|computer|display|file|host|owner|platform|principal|region|request|session|sessions|agent|version|zone|key)_?(?:name|id)$/;

/** The resource that a parameter names; null when it names none that we know how to tell. */
export function resourceOf(eventSource: string, leaf: ParameterLeaf): NamedResource | null {
  const { path, value } = leaf;
  if (typeof value !== 'string' || value.length > LIMITS.nameCharactersMax) return null;
  if (path.some((key) => ASIDE.test(key)) || /^-*$/.test(value)) return null;
  const named = typeByKey(eventSource, path.at(-1) ?? '');
  const byValue = typeByValue(value);
  if (named === undefined && byValue === undefined && !isNamedOnTop(leaf)) return null;
  return { type: named ?? byValue ?? null, name: value };
}

/** "… is not authorized … on resource: arn:…": a denied call keeps its resource only there. */
export function resourcesInMessage(errorMessage: string | null): readonly NamedResource[] {
  const [, afterResource = ''] = (errorMessage ?? '').slice(0, 4_000).split(/on resource:\s/);
  const [arn] = afterResource.match(ARN_IN_TEXT) ?? [];
  return arn === undefined ? [] : [{ type: typeByValue(arn) ?? null, name: arn }];
}

/** Each resource once, first come first kept; a known type wins over an unknown one. */
export function keepResources(found: readonly NamedResource[]): readonly TrailResource[] {
  const byName = new Map<string, string | null>();
  for (const { type, name } of found) {
    if (byName.size >= LIMITS.resourcesMax && !byName.has(name)) continue;
    byName.set(name, byName.get(name) ?? type);
  }
  return [...byName].map(([name, type]) => ({ type, name: keptText(name) }));
}

function isNamedOnTop({ side, path }: ParameterLeaf): boolean {
  const [key = '', ...more] = path;
  return side === 'request' && more.length === 0 && NAMING_KEY.test(key) && !NOT_NAMING.test(key);
}

function typeByKey(eventSource: string, key: string): string | null | undefined {
  const service = eventSource.replace(/\.amazonaws\.com$/, '');
  const here = `${service}/${key}`;
  if (Object.hasOwn(TYPE_BY_SERVICE_KEY, here)) return TYPE_BY_SERVICE_KEY[here];
  return Object.hasOwn(TYPE_BY_KEY, key) ? TYPE_BY_KEY[key] : undefined;
}

function typeByValue(value: string): string | null | undefined {
  const [, prefix = ''] = ID.exec(value) ?? [];
  if (isIdPrefix(prefix)) return TYPE_BY_ID_PREFIX[prefix];
  const arn = ARN.exec(value);
  if (arn === null) return UNKNOWN_ID.test(value) ? null : undefined;
  const [, service = '', kind = ''] = arn;
  if (service === 's3') return 'AWS::S3::Bucket';
  if (service === 'sns') return 'AWS::SNS::Topic';
  if (service === 'sqs') return 'AWS::SQS::Queue';
  const key = `${service}:${kind}`;
  return Object.hasOwn(TYPE_BY_ARN, key) ? (TYPE_BY_ARN[key] ?? null) : null;
}

function isIdPrefix(prefix: string): prefix is keyof typeof TYPE_BY_ID_PREFIX {
  return Object.hasOwn(TYPE_BY_ID_PREFIX, prefix);
}
