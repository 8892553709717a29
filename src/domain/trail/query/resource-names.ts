import { matchesPattern } from './event-names.ts';

/** The random ending that Secrets Manager puts behind a name in its ARNs. */
const SECRET_SUFFIX = /(:secret:.+)-[A-Za-z0-9]{6}$/;

/**
 * Whether a recorded name is the one asked for: the same, the id or name at the end of a longer
 * form (an ARN, a queue's URL), the other way round, or one whole piece of an ARN's path
 * (`maple-tg` in `…:targetgroup/maple-tg/9aa7d63ffa80a812`). `*` stands for any run.
 */
export function namesResource(recorded: string, wanted: string): boolean {
  const name = withoutSecretSuffix(recorded).toLowerCase();
  const asked = withoutSecretSuffix(wanted).toLowerCase();
  if (asked === '') return false;
  if (asked.includes('*'))
    return (
      matchesPattern(name, asked) ||
      matchesPattern(name, `*/${asked}`) ||
      matchesPattern(name, `*:${asked}`)
    );
  return (
    name === asked || hasPiece(name, asked) || (name.length >= 3 && endsWithPiece(asked, name))
  );
}

/** `piece` stands in `text` between `/`, `:` or the ends. */
function hasPiece(text: string, piece: string): boolean {
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) {
    const end = at + piece.length;
    if (isEdge(text, at - 1) && isEdge(text, end) && isInPath(text, at)) return true;
  }
  return false;
}

function endsWithPiece(text: string, piece: string): boolean {
  const at = text.length - piece.length;
  return at > 0 && text.endsWith(piece) && isEdge(text, at - 1) && isInPath(text, at);
}

function isEdge(text: string, at: number): boolean {
  return at < 0 || at >= text.length || text[at] === '/' || text[at] === ':';
}

/** Past `arn:partition:service:region:account:`, where the names are. */
function isInPath(text: string, at: number): boolean {
  if (!text.startsWith('arn:')) return true;
  return text.slice(0, at).split(':').length > 5;
}

function withoutSecretSuffix(name: string): string {
  return name.startsWith('arn:') ? name.replace(SECRET_SUFFIX, '$1') : name;
}

/** Whose Event history is asked; an account of null is not known (yet). */
export interface Place {
  readonly accountId: string | null;
  readonly region: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The spellings under which Event history may have indexed a resource. Which one depends on the
 * service and on the caller; an exact match is all that LookupEvents has.
 */
export function candidateNames(
  wanted: string,
  where: Place & { readonly isRole: boolean },
): readonly string[] {
  const candidates = /^https?:/i.test(wanted)
    ? [wanted, afterLast(wanted, '/')]
    : wanted.startsWith('arn:')
      ? partsOfArn(wanted)
      : [wanted, arnOf(wanted, where)];
  return [
    ...new Set(candidates.filter((name) => name === wanted || (name?.length ?? 0) >= 2)),
  ] as string[];
}

function partsOfArn(arn: string): readonly (string | undefined)[] {
  return [
    arn,
    afterLast(arn, ':'),
    afterLast(arn, '/'),
    /:secret:(.+)-[A-Za-z0-9]{6}$/.exec(arn)?.[1],
    /:function:([^:]+)/.exec(arn)?.[1],
    /:log-group:([^:]+)/.exec(arn)?.[1],
    /:s3:::([^/]+)/.exec(arn)?.[1],
  ];
}

/** Keys and the roles that calls assume are indexed by ARN, which the account completes. */
function arnOf(
  name: string,
  { accountId, region, isRole }: Place & { readonly isRole: boolean },
): string | undefined {
  if (accountId === null) return undefined;
  const partition = region.startsWith('cn-')
    ? 'aws-cn'
    : region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  if (UUID.test(name)) return `arn:${partition}:kms:${region}:${accountId}:key/${name}`;
  return isRole ? `arn:${partition}:iam::${accountId}:role/${name}` : undefined;
}

function afterLast(text: string, edge: string): string {
  return text.slice(text.lastIndexOf(edge) + 1);
}
