import { type Condition, readCondition, readPattern } from '../stores/conditions.ts';
import {
  createTokenReader,
  type Dialect,
  NotInSubset,
  readTokens,
  type TokenReader,
} from '../stores/tokens.ts';

/** A SELECT over one event data store, in the part of Lake's SQL that the replay knows. */
export interface ParsedStatement {
  readonly columns: readonly string[];
  readonly storeId: string;
  readonly where: Condition;
  readonly descending: boolean;
  readonly limit: number | null;
}

const DIALECT: Dialect = {
  word: /[A-Za-z0-9_][\w.-]*/,
  sign: /<>|!=|<=|>=|[(),=<>*]/,
  quotes: { "'": { kind: 'text', mark: null } },
};

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Throws NotInSubset for anything else. */
export function parseStatement(text: string): ParsedStatement {
  const reader = createTokenReader(readTokens(text, DIALECT));
  reader.need('select');
  const columns = [reader.needKind('word').toLowerCase()];
  while (reader.take(',')) columns.push(reader.needKind('word').toLowerCase());
  reader.need('from');
  const storeId = reader.needKind('word');
  const where = reader.take('where') ? readCondition(reader, readTest) : () => true;
  const descending = readOrder(reader);
  const limit = reader.take('limit') ? Number(reader.needKind('word')) : null;
  if (!reader.isDone()) throw new NotInSubset(`unexpected ${reader.peek()?.value}`);
  if (limit !== null && !Number.isInteger(limit))
    throw new NotInSubset('a limit that is no number');
  return { columns, storeId, where, descending, limit };
}

/** Only by time: that is the order in which calls are asked for. */
function readOrder(reader: TokenReader): boolean {
  if (!reader.take('order')) return false;
  reader.need('by');
  reader.need('eventTime');
  const descending = reader.take('desc');
  if (!descending) reader.take('asc');
  return descending;
}

function readTest(reader: TokenReader): Condition {
  const column = reader.needKind('word').toLowerCase();
  if (column === 'regexp_like') return readRegexpLike(reader);
  if (reader.take('in')) {
    reader.need('(');
    const values = [reader.needKind('text')];
    while (reader.take(',')) values.push(reader.needKind('text'));
    reader.need(')');
    return (read) => values.some((value) => value === read(column));
  }
  const sign = reader.needKind('sign');
  const holds = COMPARISONS[sign];
  if (holds === undefined) throw new NotInSubset(`the sign ${sign}`);
  const wanted = reader.needKind('text');
  return (read) => {
    const value = read(column);
    return typeof value === 'string' && holds(value < wanted ? -1 : value > wanted ? 1 : 0);
  };
}

function readRegexpLike(reader: TokenReader): Condition {
  reader.need('(');
  const column = reader.needKind('word').toLowerCase();
  reader.need(',');
  const pattern = readPattern(reader.needKind('text'));
  reader.need(')');
  return (read) => {
    const value = read(column);
    return typeof value === 'string' && pattern.test(value);
  };
}
