import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildStatement } from '../../src/aws/lake/build-statement.ts';
import { buildLogsQuery } from '../../src/aws/logs/build-query.ts';
import { placeTerms } from '../../src/domain/trail/query/broad-filter.ts';
import { parseQuery as parseQuestion } from '../../src/domain/trail/query/parse-query.ts';
import { FILTER_KEYS, type TrailQuery } from '../../src/domain/trail/query/query.ts';
import { parseStatement } from '../../src/simulator/aws/lake/parse-statement.ts';
import { parseQuery } from '../../src/simulator/aws/logs/parse-query.ts';

const nowMs = Date.parse('2026-03-10T12:00:00.400Z');
const STORE_ID = '0f0c5b9a-97c2-4f9e-8f1c-0123456789ab';
const places = placeTerms([{ accountId: '111122223333', region: 'eu-west-1' }]);
const limits = { rowsMax: 100, lagMs: 60_000 };
const store = { id: STORE_ID, rowsMax: 100 };

function queryOf(line: string): TrailQuery {
  const context = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  return (parseQuestion(line, context) as { readonly query: TrailQuery }).query;
}

/** Anything that somebody may have typed behind any key. */
const anyQuery = fc
  .array(fc.tuple(fc.constantFrom(...FILTER_KEYS), hostileText()), { maxLength: 6 })
  .map(
    (filters): TrailQuery => ({
      ...queryOf('deleted'),
      conditions: filters.map(([key, value]) => ({ key, value, negated: false })),
    }),
  );

function hostileText() {
  const pieces = ["'", "''", '"', '/', '\\', '|', '(', ')', '*', '\n', '--', '/*', '#', '`', ';'];
  const words = ['limit 1', 'OR 1=1', 'filter', 'SELECT', '(?s)', 'a', '🤖'];
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...pieces, ...words)).map((parts) => parts.join('')),
  );
}

describe('a Logs Insights query', () => {
  it('is one of the few commands that we write, whatever was asked', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const { text } = buildLogsQuery(query, places, limits);
        const parsed = parseQuery(text);
        expect(parsed).toMatchObject({
          fields: ['@message'],
          sort: { field: 'eventTime', descending: true },
          limit: 100,
        });
        expect(text.split('\n')).toHaveLength(parsed.filters.length + 3);
      }),
      { numRuns: 1_000 },
    );
  });

  it('covers the window in whole seconds, and what was delivered late', () => {
    expect(buildLogsQuery(queryOf('who stopped i-0abc since 1h'), places, limits)).toMatchObject({
      startTime: Date.parse('2026-03-10T11:00:00Z') / 1_000,
      endTime: Date.parse('2026-03-10T12:01:01Z') / 1_000,
    });
  });

  it('reads so', () => {
    const { text } = buildLogsQuery(queryOf('who stopped i-0abc'), places, limits);
    expect(text).toBe(
      [
        'fields @message',
        '| filter @message like /(?i)(?:"awsRegion"\\s*:\\s*"eu-west-1")/',
        '| filter @message like /(?i)(?:111122223333)/',
        '| filter @message not like /(?i)"readOnly"\\s*:\\s*"?true"?\\s*,\\s*"(?:resources|eventType|managementEvent)"/',
        '| filter @message like /(?i)(?:"eventName"\\s*:\\s*"StopInstances)/',
        '| filter @message like /(?i)(?:i-0abc)/',
        '| sort eventTime desc',
        '| limit 100',
      ].join('\n'),
    );
  });
});

describe('a statement for CloudTrail Lake', () => {
  it('is one SELECT of one store, whatever was asked', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const text = buildStatement(query, places, store);
        expect(parseStatement(text)).toMatchObject({
          columns: ['eventjson'],
          storeId: STORE_ID,
          descending: true,
          limit: 100,
        });
        expect(text.match(/'/g)?.length).toBe(2 * (text.match(/'\(\?i\)|[<>]= '/g)?.length ?? 0));
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads so', () => {
    expect(buildStatement(queryOf('user:ana did since 1h'), places, store)).toBe(
      [
        'SELECT eventJson',
        `FROM ${STORE_ID}`,
        "WHERE eventTime >= '2026-03-10 11:00:00'",
        "AND eventTime <= '2026-03-10 12:00:01'",
        `AND regexp_like(eventJson, '(?i)(?:"awsRegion"\\s*:\\s*"eu-west-1")')`,
        "AND regexp_like(eventJson, '(?i)(?:111122223333)')",
        "AND regexp_like(eventJson, '(?i)(?:ana)')",
        'ORDER BY eventTime DESC',
        'LIMIT 100',
      ].join('\n'),
    );
  });
});
