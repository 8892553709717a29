import { keptText } from '../../domain/trail/kept-text.ts';
import type { Untrusted } from '../../domain/untrusted.ts';

// AWS's own limits of a rule.
const LIMITS = { charactersMax: 10_240, childrenMax: 100 } as const;

const STATES: readonly string[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];
const MARKS: readonly string[] = ['(', ')', ','];
const WORD_ENDS = /[\s(),"]/;

interface Token {
  readonly kind: 'mark' | 'word' | 'quoted';
  readonly text: string;
}

/**
 * The alarms that a composite alarm's rule names, each once: `ALARM("a") AND NOT OK(b)`, by name or
 * by ARN. Whatever the rule is, every character is looked at once.
 */
export function alarmsNamedIn(rule: string): readonly Untrusted[] {
  const tokens = tokensOf(rule.slice(0, LIMITS.charactersMax));
  const names = new Set<string>();
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'mark' || text !== '(' || !holdsNames(tokens[index - 1])) continue;
    for (const name of listFrom(tokens, index + 1)) names.add(nameOf(name));
  }
  names.delete('');
  return [...names].slice(0, LIMITS.childrenMax).map((name) => keptText(name));
}

/** After a state, or after a comma: `AT_LEAST(2, ALARM, (a, b))` lists its alarms last. */
function holdsNames(before: Token | undefined): boolean {
  if (before?.kind === 'word') return STATES.includes(before.text);
  return before?.kind === 'mark' && before.text === ',';
}

/** What stands between commas up to the closing parenthesis; a name without quotes may have spaces. */
function listFrom(tokens: readonly Token[], start: number): readonly string[] {
  const items: string[] = [];
  let item: string[] = [];
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || (token.kind === 'mark' && token.text !== ',')) break;
    if (token.kind !== 'mark') item.push(token.text);
    else {
      items.push(item.join(' '));
      item = [];
    }
  }
  return [...items, item.join(' ')];
}

function nameOf(reference: string): string {
  const [, name] = /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/s.exec(reference) ?? [];
  return name ?? reference;
}

function tokensOf(rule: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < rule.length) {
    const character = rule.charAt(at);
    if (MARKS.includes(character)) {
      tokens.push({ kind: 'mark', text: character });
      at += 1;
    } else if (character === '"') {
      const { text, end } = quotedFrom(rule, at + 1);
      tokens.push({ kind: 'quoted', text });
      at = end;
    } else if (/\s/.test(character)) {
      at += 1;
    } else {
      const start = at;
      while (at < rule.length && !WORD_ENDS.test(rule.charAt(at))) at += 1;
      tokens.push({ kind: 'word', text: rule.slice(start, at) });
    }
  }
  return tokens;
}

/** Up to the closing quote, or to the end where it is missing. A backslash takes the next as it is. */
function quotedFrom(rule: string, start: number): { readonly text: string; readonly end: number } {
  let text = '';
  let at = start;
  while (at < rule.length && rule.charAt(at) !== '"') {
    if (rule.charAt(at) === '\\') at += 1;
    text += rule.charAt(at);
    at += 1;
  }
  return { text, end: at + 1 };
}
