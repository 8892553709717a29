export type TokenKind = 'word' | 'text' | 'pattern' | 'sign';

export interface Token {
  readonly kind: TokenKind;
  /** Without quotes or slashes, and with escapes resolved. */
  readonly value: string;
}

/** Thrown for what a query language does not know; each service words it in its own way. */
export class NotInSubset extends Error {}

export interface Dialect {
  readonly word: RegExp;
  readonly sign: RegExp;
  /** Signs that begin and end a text, with the sign that takes the next one as it is (null: doubling). */
  readonly quotes: Readonly<
    Record<string, { readonly kind: TokenKind; readonly mark: '\\' | null }>
  >;
}

/** Cuts a query into words, texts, patterns and signs; whatever else stands there is refused. */
export function readTokens(query: string, dialect: Dialect): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    const sign = query[at] ?? '';
    if (/\s/.test(sign)) {
      at += 1;
      continue;
    }
    const quote = dialect.quotes[sign];
    if (quote !== undefined) {
      const { value, end } = readQuoted(query, at, quote.mark);
      tokens.push({ kind: quote.kind, value });
      at = end;
      continue;
    }
    const word = matchAt(dialect.word, query, at);
    const value = word ?? matchAt(dialect.sign, query, at);
    if (value === null) throw new NotInSubset(`unexpected ${sign} at ${at}`);
    tokens.push({ kind: word === null ? 'sign' : 'word', value });
    at += value.length;
  }
  return tokens;
}

function readQuoted(query: string, start: number, mark: '\\' | null) {
  const quote = query[start] ?? '';
  let value = '';
  for (let at = start + 1; at < query.length; at += 1) {
    const sign = query[at] ?? '';
    const next = query[at + 1] ?? '';
    if (mark !== null && sign === mark && next === quote) {
      value += quote;
      at += 1;
    } else if (mark !== null && sign === mark) {
      // Left for the pattern or text itself: only the quote needs it here.
      value += sign + next;
      at += 1;
    } else if (mark === null && sign === quote && next === quote) {
      value += quote;
      at += 1;
    } else if (sign === quote) {
      return { value, end: at + 1 };
    } else {
      value += sign;
    }
  }
  throw new NotInSubset(`${quote} at ${start} is never closed`);
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  const sticky = new RegExp(pattern.source, 'y');
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? null;
}

/** Tokens read one after another; words and signs without regard to case. */
export interface TokenReader {
  /** Takes the next one when it is `value`. */
  take(value: string): boolean;
  /** Takes the next one, which must be `value`. */
  need(value: string): void;
  needKind(kind: TokenKind): string;
  /** Takes the next one when it is of this kind. */
  takeKind(kind: TokenKind): string | null;
  peek(): Token | null;
  isDone(): boolean;
}

export function createTokenReader(tokens: readonly Token[]): TokenReader {
  let at = 0;
  const peek = (): Token | null => tokens[at] ?? null;
  const isNext = (value: string): boolean => {
    const token = peek();
    const isOurs = token?.kind === 'word' || token?.kind === 'sign';
    return isOurs && token.value.toLowerCase() === value.toLowerCase();
  };
  const refuse = (wanted: string): never => {
    throw new NotInSubset(`expected ${wanted}, not ${peek()?.value ?? 'the end'}`);
  };
  const take = (value: string): boolean => {
    if (!isNext(value)) return false;
    at += 1;
    return true;
  };
  const takeKind = (kind: TokenKind): string | null => {
    const token = peek();
    if (token?.kind !== kind) return null;
    at += 1;
    return token.value;
  };
  return {
    take,
    takeKind,
    peek,
    need: (value) => void (take(value) || refuse(value)),
    needKind: (kind) => takeKind(kind) ?? refuse(`a ${kind}`),
    isDone: () => at >= tokens.length,
  };
}
