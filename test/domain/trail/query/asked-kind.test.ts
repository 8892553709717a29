import { describe, expect, it } from 'vitest';
import { isAnswer, matchesQuery } from '../../../../src/domain/trail/query/matches-query.ts';
import { parseQuery } from '../../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../../../src/domain/trail/record.ts';
import { session, used, user } from '../../../support/chain-builders.ts';
import { aPrincipal, aRecord } from '../../../support/trail-record.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');

function ask(line: string): TrailQuery {
  const result = parseQuery(line, { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null });
  return (result as { query: TrailQuery }).query;
}

const CALLS = {
  person: aRecord(),
  pipeline: aRecord({ principal: aPrincipal({ kind: 'automation' }) }),
  'nameless session': used('ASIAUNKNOWN'),
  'session named by an SDK': used('ASIASDK', {
    principal: { ...session('writer', 'botocore-1'), kind: 'automation', confidence: 'medium' },
  }),
  'user with a key': aRecord({ principal: user('noor', { confidence: 'medium' }) }),
  service: used('ASIASERVICE', { principal: aPrincipal({ kind: 'service', confidence: 'low' }) }),
} as const satisfies Record<string, TrailRecord>;

type Call = keyof typeof CALLS;

/** What may be an answer once it is known who is behind it, and what is one by its record. */
const TABLE: readonly (readonly [string, { may: readonly Call[]; is: readonly Call[] }])[] = [
  [
    'is:human',
    {
      may: ['person', 'nameless session', 'session named by an SDK', 'user with a key'],
      is: ['person', 'user with a key'],
    },
  ],
  [
    '-is:human',
    {
      may: ['pipeline', 'nameless session', 'session named by an SDK', 'service'],
      is: ['pipeline', 'nameless session', 'session named by an SDK', 'service'],
    },
  ],
  [
    'is:automation',
    {
      may: ['pipeline', 'nameless session', 'session named by an SDK'],
      is: ['pipeline', 'session named by an SDK'],
    },
  ],
  [
    '-is:automation',
    {
      may: ['person', 'nameless session', 'session named by an SDK', 'user with a key', 'service'],
      is: ['person', 'nameless session', 'user with a key', 'service'],
    },
  ],
  ['is:human -is:human', { may: ['nameless session', 'session named by an SDK'], is: [] }],
];

describe('asking for people or automation', () => {
  it.each(TABLE)('`%s` keeps what may be meant, and knows what surely is', (flag, { may, is }) => {
    const query = ask(`who stopped i-0abc ${flag}`);
    const calls = Object.entries(CALLS);
    const matching = calls.filter(([, record]) => matchesQuery(query, record));
    const answers = matching.filter(([, record]) => isAnswer(query, record));
    expect(matching.map(([name]) => name)).toEqual(may);
    expect(answers.map(([name]) => name)).toEqual(is);
  });

  it('keeps nothing that the rest of the question leaves out', () => {
    const query = ask('who stopped i-0def is:human');
    expect(Object.values(CALLS).some((record) => matchesQuery(query, record))).toBe(false);
  });
});
