import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILE_LIMITS } from '../../../src/aws/files/limits.ts';
import type { Piece, Splitter } from '../../../src/aws/files/piece.ts';
import { createDocumentSplitter } from '../../../src/aws/files/split-documents.ts';
import { createLineSplitter } from '../../../src/aws/files/split-lines.ts';

/** What comes out when the text arrives in pieces of these lengths, over and over. */
function split(splitter: Splitter, text: string, lengths: readonly number[] = [text.length || 1]) {
  const pieces: Piece[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const end = at + (lengths[turn % lengths.length] ?? 1);
    pieces.push(...splitter.push(text.slice(at, end)));
    at = end;
  }
  return [...pieces, ...splitter.end()];
}

const documents = (text: string, lengths?: readonly number[]) =>
  split(createDocumentSplitter(), text, lengths);
const lines = (text: string, lengths?: readonly number[]) =>
  split(createLineSplitter(), text, lengths);

const valuesOf = (pieces: readonly Piece[]): unknown[] =>
  pieces.map((piece) => (piece.kind === 'text' ? JSON.parse(piece.text) : piece.reason));
const troublesOf = (pieces: readonly Piece[]): string[] =>
  pieces.flatMap((piece) => (piece.kind === 'trouble' ? [`${piece.line}: ${piece.reason}`] : []));

/** Objects with quotes, backslashes, brackets and the words of a list's key in their strings. */
const objects = fc.array(
  fc.dictionary(
    fc.constantFrom('a', 'b"', 'Recor', '\\'),
    fc.oneof(
      fc.string(),
      fc.constantFrom('"Records":[', '{', ']}', '\\"', '\n'),
      fc.jsonValue({ maxDepth: 2 }),
    ),
  ),
  { maxLength: 6 },
);
const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const indent = fc.constantFrom(0, 2);

describe('the splitter of documents', () => {
  it.each([
    ['a trail’s object', (rows: unknown) => ({ Records: rows })],
    [
      'LookupEvents output',
      (rows: unknown) => ({ NextToken: '"Events":[', Events: rows, more: 1 }),
    ],
    ['a list', (rows: unknown) => rows],
  ])('finds the records of %s, however it is printed and arrives', (_, wrap) => {
    fc.assert(
      fc.property(objects, indent, lengths, (rows, spaces, cuts) => {
        const text = JSON.stringify(wrap(rows), null, spaces);
        const plain: unknown = JSON.parse(JSON.stringify(rows));
        expect(valuesOf(documents(text, cuts))).toEqual(plain);
      }),
    );
  });

  it('finds records that stand one after the other, each on lines of its own', () => {
    fc.assert(
      fc.property(objects, indent, lengths, (rows, spaces, cuts) => {
        const text = rows.map((row) => JSON.stringify(row, null, spaces)).join('\n');
        const plain: unknown = JSON.parse(JSON.stringify(rows));
        expect(valuesOf(documents(text, cuts))).toEqual(plain);
      }),
    );
  });

  it('says on which line a record begins', () => {
    const pieces = documents(JSON.stringify({ Records: [{ a: 1 }, { b: 2 }] }, null, 2));
    expect(pieces.map(({ line }) => line)).toEqual([3, 6]);
  });

  it('tells what is no record once each, and goes on after it', () => {
    const pieces = documents('[1, "x, y", {"a":1}, [2, 3], null, {"b":2}]');
    expect(valuesOf(pieces)).toEqual([
      'no JSON object',
      'no JSON object',
      { a: 1 },
      'no JSON object',
      'no JSON object',
      { b: 2 },
    ]);
  });

  it('finds its way back at the next line after a quote that is never closed', () => {
    expect(valuesOf(documents('say "hello\n{"a":1}\n'))).toEqual(['no JSON object', { a: 1 }]);
  });

  it('finds its way back at the next record’s line after one that is never closed', () => {
    const pieces = documents('{"a":{"b":1}\n{"c":"{\n{"d":4}\n{\n  "e": 5\n}\n');
    expect(valuesOf(pieces)).toEqual(['broken off', 'broken off', { d: 4 }, { e: 5 }]);
    expect(pieces.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  it('says that a file ends in the middle of a record', () => {
    expect(troublesOf(documents('{"Records":[{"a":1},\n{"b":'))).toEqual([
      '2: the file ends in the middle of it',
    ]);
  });

  it('holds nothing of a record that is too long, and reads the next', () => {
    const long = JSON.stringify({ a: 'x'.repeat(FILE_LIMITS.recordCharactersMax) });
    const pieces = documents(`[${long},\n{"b":2}]`, [65_536]);
    expect(valuesOf(pieces)).toEqual(['longer than any record', { b: 2 }]);
  });

  it('comes to the same pieces however the text arrives, whatever it is', () => {
    const text = fc
      .array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', '\n', 'x', '"Records":'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, lengths, (broken, cuts) => {
        expect(documents(broken, cuts)).toEqual(documents(broken));
      }),
    );
  });
});

describe('the splitter of lines', () => {
  it('gives every line that is not blank, with its number, however the text arrives', () => {
    const row = fc.string().map((text) => text.replaceAll('\n', ''));
    fc.assert(
      fc.property(fc.array(row), lengths, (rows, cuts) => {
        const expected = rows
          .map((text, index) => ({ kind: 'text', text: text.trim(), line: index + 1 }))
          .filter(({ text }) => text !== '');
        expect(lines(rows.join('\n'), cuts)).toEqual(expected);
        expect(lines(rows.join('\r\n'), cuts)).toEqual(expected);
      }),
    );
  });

  it('leaves out a line that is too long, and reads the next', () => {
    const long = 'x'.repeat(FILE_LIMITS.recordCharactersMax + 1);
    expect(lines(`${long}\n{"b":2}`, [65_536])).toEqual([
      { kind: 'trouble', reason: 'longer than any record', line: 1 },
      { kind: 'text', text: '{"b":2}', line: 2 },
    ]);
  });
});
