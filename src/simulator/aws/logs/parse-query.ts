import { type Condition, readCondition, readPattern } from '../stores/conditions.ts';
import {
  createTokenReader,
  type Dialect,
  NotInSubset,
  readTokens,
  type TokenReader,
} from '../stores/tokens.ts';

/** A Logs Insights query of the commands that the replay knows. */
export interface ParsedQuery {
  readonly fields: readonly string[];
  readonly filters: readonly Condition[];
  readonly sort: { readonly field: string; readonly descending: boolean } | null;
  readonly limit: number | null;
}

const DIALECT: Dialect = {
  word: /[@A-Za-z_][\w.]*|\d+/,
  sign: /!=|<=|>=|[|()[\],=<>]/,
  quotes: {
    '"': { kind: 'text', mark: '\\' },
    "'": { kind: 'text', mark: '\\' },
    '/': { kind: 'pattern', mark: '\\' },
  },
};

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Throws NotInSubset for anything but `fields`, `filter`, `sort` and `limit`. */
export function parseQuery(text: string): ParsedQuery {
  const reader = createTokenReader(readTokens(text, DIALECT));
  let query: ParsedQuery = { fields: [], filters: [], sort: null, limit: null };
  do {
    query = { ...query, ...readCommand(reader, query) };
  } while (reader.take('|'));
  if (!reader.isDone()) throw new NotInSubset(`unexpected ${reader.peek()?.value}`);
  return query;
}

function readCommand(reader: TokenReader, query: ParsedQuery): Partial<ParsedQuery> {
  if (reader.take('fields')) return { fields: [...query.fields, ...readNames(reader)] };
  if (reader.take('filter'))
    return { filters: [...query.filters, readCondition(reader, readTest)] };
  if (reader.take('sort')) {
    const field = reader.needKind('word');
    const descending = reader.take('desc');
    if (!descending) reader.take('asc');
    return { sort: { field, descending } };
  }
  reader.need('limit');
  const limit = Number(reader.needKind('word'));
  if (!Number.isInteger(limit)) throw new NotInSubset('a limit that is no number');
  return { limit };
}

function readNames(reader: TokenReader): readonly string[] {
  const names = [reader.needKind('word')];
  while (reader.take(',')) names.push(reader.needKind('word'));
  return names;
}

function readTest(reader: TokenReader): Condition {
  const field = reader.needKind('word');
  if (reader.take('not')) {
    const test = readMembership(reader, field);
    return (read) => !test(read);
  }
  const sign = reader.takeKind('sign');
  const holds = sign === null ? undefined : COMPARISONS[sign];
  if (sign === null) return readMembership(reader, field);
  if (holds === undefined) throw new NotInSubset(`the sign ${sign}`);
  const wanted = reader.takeKind('text') ?? reader.needKind('word');
  return (read) => {
    const value = textOf(read(field));
    return value !== null && holds(value < wanted ? -1 : value > wanted ? 1 : 0);
  };
}

function readMembership(reader: TokenReader, field: string): Condition {
  if (reader.take('like')) {
    const pattern = reader.takeKind('pattern');
    const part = pattern === null ? reader.needKind('text') : '';
    const fits = pattern === null ? (text: string) => text.includes(part) : tester(pattern);
    return (read) => {
      const value = textOf(read(field));
      return value !== null && fits(value);
    };
  }
  reader.need('in');
  reader.need('[');
  const values = [reader.needKind('text')];
  while (reader.take(',')) values.push(reader.needKind('text'));
  reader.need(']');
  return (read) => values.some((value) => value === textOf(read(field)));
}

function tester(pattern: string): (text: string) => boolean {
  const expression = readPattern(pattern);
  return (text) => expression.test(text);
}

/** Everything is text in a result; what is not there is nothing. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
