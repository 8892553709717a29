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

/**
 * The spellings under which Event history may have indexed a resource. Which one depends on the
 * service and on the caller; an exact match is all that LookupEvents has.
 */
export function candidateNames(wanted: string): readonly string[] {
  const afterSlash = wanted.slice(wanted.lastIndexOf('/') + 1);
  const afterColon = wanted.slice(wanted.lastIndexOf(':') + 1);
  const plainSecret = /:secret:(.+)-[A-Za-z0-9]{6}$/.exec(wanted)?.[1];
  const isLong = /^arn:|^https?:/i.test(wanted);
  if (!isLong) return [wanted];
  const candidates = [wanted, afterColon, afterSlash, plainSecret, functionName(wanted)];
  return [
    ...new Set(candidates.filter((name) => name !== undefined && name.length >= 2)),
  ] as string[];
}

function functionName(wanted: string): string | undefined {
  return /:function:([^:]+)/.exec(wanted)?.[1];
}
