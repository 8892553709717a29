import { NotInSubset, type TokenReader } from './tokens.ts';

/** What a condition says of one value: given a way to look up fields, true or false. */
export type Condition = (read: (field: string) => unknown) => boolean;

/** `or` over `and` over `not` over what is in brackets or is a test, as both languages have it. */
export function readCondition(
  reader: TokenReader,
  readTest: (reader: TokenReader) => Condition,
): Condition {
  const readAny = (): Condition => {
    const parts = [readAll()];
    while (reader.take('or')) parts.push(readAll());
    return (read) => parts.some((part) => part(read));
  };
  const readAll = (): Condition => {
    const parts = [readOne()];
    while (reader.take('and')) parts.push(readOne());
    return (read) => parts.every((part) => part(read));
  };
  const readOne = (): Condition => {
    if (reader.take('not')) {
      const denied = readOne();
      return (read) => !denied(read);
    }
    if (!reader.take('(')) return readTest(reader);
    const inner = readAny();
    reader.need(')');
    return inner;
  };
  return readAny();
}

/** `(?i)` at the beginning is understood, other marks of that kind are not. */
export function readPattern(pattern: string): RegExp {
  const isFree = pattern.startsWith('(?i)');
  const source = isFree ? pattern.slice('(?i)'.length) : pattern;
  if (/\(\?(?!:)/.test(source)) throw new NotInSubset(`the pattern ${pattern}`);
  try {
    return new RegExp(source, isFree ? 'i' : '');
  } catch {
    throw new NotInSubset(`the pattern ${pattern}`);
  }
}
