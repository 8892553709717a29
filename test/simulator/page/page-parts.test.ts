import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  matchingRows,
  rowsOf,
  sortedRows,
} from '../../../src/simulator/workspace/page/data-table-rows.ts';
import { formatRoute, parseRoute } from '../../../src/simulator/workspace/page/route.ts';
import { shareUnchanged } from '../../../src/simulator/workspace/page/share-unchanged.ts';

describe('the address', () => {
  test('names the person, the channel and the thread', () => {
    expect(parseRoute(new URL('http://x/?as=U1#/C1/1.2'))).toEqual({
      asUserId: 'U1',
      place: 'C1',
      threadTs: '1.2',
      messageTs: null,
    });
  });

  test('may be a permalink, with or without a thread', () => {
    const inChannel = parseRoute(new URL('http://x/archives/C1/p1795000000000100'));
    const inThread = parseRoute(
      new URL('http://x/archives/C1/p1795000000000200?thread_ts=1795000000.000100&cid=C1'),
    );

    expect(inChannel).toMatchObject({
      place: 'C1',
      messageTs: '1795000000.000100',
      threadTs: null,
    });
    expect(inThread).toMatchObject({ place: 'C1', threadTs: '1795000000.000100' });
  });

  test('is read back as it was written', () => {
    const part = fc.option(fc.stringMatching(/^[A-Za-z0-9.]{1,12}$/));
    fc.assert(
      fc.property(part, part, part, part, (asUserId, place, threadTs, messageTs) => {
        const route = {
          asUserId,
          place,
          threadTs: place === null ? null : threadTs,
          messageTs: place === null ? null : messageTs,
        };
        expect(parseRoute(new URL(formatRoute(route), 'http://x'))).toEqual(route);
      }),
    );
  });
});

describe('sharing what did not change', () => {
  test('keeps the identity of equal parts and only of those', () => {
    const before = { messages: [{ ts: '1' }, { ts: '2' }], name: 'a' };

    const after = shareUnchanged(before, { messages: [{ ts: '1' }, { ts: '3' }], name: 'a' });

    expect(after.messages[0]).toBe(before.messages[0]);
    expect(after.messages[1]).not.toBe(before.messages[1]);
    expect(shareUnchanged(before, structuredClone(before))).toBe(before);
  });

  test('never changes what the server said', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, next) => {
        expect(shareUnchanged(before, next)).toEqual(next);
      }),
    );
  });
});

describe('a data table', () => {
  const [, ...rows] = rowsOf({
    rows: [
      [{ type: 'raw_text', text: 'Minutes' }],
      ...[12, 4, 31].map((value) => [{ type: 'raw_number', value, text: `${value} min` }]),
    ],
  });

  test('sorts numbers by value, both ways', () => {
    const ascending = sortedRows(rows, { column: 0, isAscending: true });
    const descending = sortedRows(rows, { column: 0, isAscending: false });

    expect(ascending.map(({ place }) => place)).toEqual([2, 1, 3]);
    expect(descending.map(({ place }) => place)).toEqual([3, 1, 2]);
  });

  test('is filtered by the text people see', () => {
    expect(matchingRows(rows, '31 MIN').map(({ place }) => place)).toEqual([3]);
  });
});
