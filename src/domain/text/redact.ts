/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** A longer text is cut before the patterns run: nothing that long is shown anyway. */
const INPUT_CHARACTERS_MAX = 20_000;

interface SecretRule {
  readonly pattern: RegExp;
  readonly replacement: string;
}

// A name and its value, with `=`, `": "` or `: ` between them; `secret:name` in an ARN has neither.
// AWS's own three marks of a hidden value are no secrets and tell something, so they stay.
const NAMED_SECRET =
  /\b((?:[\w-]{0,40}[_-])?(?:password|passwd|passphrase|pwd|secret(?:[_-]?access)?(?:[_-]?key)?|client[_-]?secret|(?:session|access|auth|refresh|id|security|bearer)?[_-]?token|api[_-]?key|private[_-]?key|authorization|signature|credential))(["']?\s{0,4}(?:=|:\s|["']:)\s{0,4}["']?)(?!HIDDEN_DUE_TO|<sensitiveDataRemoved|Value hidden)(?:(?:Bearer|Basic)\s{1,4})?(?:(?<=")[^"\n]+|(?<=')[^'\n]+|[^\s"',;&}\]]+)/gi;

// Order matters: what is recognised as a whole goes first. Every pattern is linear in the text.
const RULES: readonly SecretRule[] = [
  {
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY|CERTIFICATE)[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g,
    replacement: REDACTED,
  },
  {
    pattern: /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]{0,200}:[^\s/@]{1,200}@/gi,
    replacement: `$1${REDACTED}@`,
  },
  { pattern: /https:\/\/hooks\.slack\.com\/[\w/-]+/g, replacement: REDACTED },
  {
    pattern: /\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|FQoDYXdz)[\w+/=-]*/g,
    replacement: REDACTED,
  },
  { pattern: /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, replacement: REDACTED },
  { pattern: /\bx(?:ox[a-z]|app)-[\w-]{8,}/gi, replacement: REDACTED },
  {
    pattern:
      /\b(?:gh[a-z]_|github_pat_|glpat-|npm_|pypi-|sk-|[sr]k_(?:live|test)_|hf_|dop_v1_)[\w-]{16,}/g,
    replacement: REDACTED,
  },
  { pattern: /(Encoded authorization failure message: )[\w-]+/g, replacement: `$1${REDACTED}` },
  { pattern: /\bAIza[\w-]{35}/g, replacement: REDACTED },
  { pattern: NAMED_SECRET, replacement: `$1$2${REDACTED}` },
  { pattern: /\b(A[KS]IA)[A-Z0-9]{8,}([A-Z0-9]{4})\b/g, replacement: '$1…$2' },
];

interface RandomRule {
  readonly pattern: RegExp;
  /** Share of neighbours that differ in kind: small, capital, digit, sign. */
  readonly turnsShareMin: number;
  /** Share of neighbours of which one is small and the other capital. */
  readonly caseTurnsShareMin: number;
}

// Random base64 has about 0.65 and 0.33; CamelCase names 0.25 and 0.2, tool-made ones
// (`Stack-FunctionD01E77F9-14C8QVTFGPAVT`) 0.5 and 0.15; hashes never change case.
const RANDOM_RULES: readonly RandomRule[] = [
  { pattern: /[A-Za-z0-9+/=_-]{48,}/g, turnsShareMin: 0.57, caseTurnsShareMin: 0.2 },
  // The shape of an AWS secret key.
  {
    pattern: /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/g,
    turnsShareMin: 0.4,
    caseTurnsShareMin: 0.1,
  },
  { pattern: /[A-Za-z0-9+=]{28,}/g, turnsShareMin: 0.5, caseTurnsShareMin: 0.14 },
];

/**
 * The second net, behind the allow-list: takes what looks like a secret out of a value that is
 * kept. Access key ids are shortened to their ends, so that people can still tell them apart.
 */
export function redactSecrets(text: string): string {
  const cut = text.slice(0, INPUT_CHARACTERS_MAX);
  const known = RULES.reduce((kept, rule) => kept.replace(rule.pattern, rule.replacement), cut);
  return RANDOM_RULES.reduce(
    (kept, rule) => kept.replace(rule.pattern, (run) => (looksRandom(run, rule) ? REDACTED : run)),
    known,
  );
}

function looksRandom(run: string, rule: RandomRule): boolean {
  const classes = [...run].map(classOf);
  const turns = classes
    .slice(1)
    .map((kind, index) => [classes[index], kind] as const)
    .filter(([before, after]) => before !== after);
  const isLetter = (kind: CharacterClass | undefined) => kind === 'small' || kind === 'capital';
  const caseTurns = turns.filter(([before, after]) => isLetter(before) && isLetter(after));
  return (
    turns.length / run.length >= rule.turnsShareMin &&
    caseTurns.length / run.length >= rule.caseTurnsShareMin
  );
}

type CharacterClass = 'small' | 'capital' | 'digit' | 'sign';

function classOf(character: string): CharacterClass {
  if (character >= 'a' && character <= 'z') return 'small';
  if (character >= 'A' && character <= 'Z') return 'capital';
  return character >= '0' && character <= '9' ? 'digit' : 'sign';
}
