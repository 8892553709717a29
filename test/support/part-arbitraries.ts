import fc from 'fast-check';
import { LIMITS } from '../../src/domain/incident/limits.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { anAlarmChange } from './alarm-builders.ts';
import { aCoverage, aTrailRecord } from './full-incident.ts';
import { STARTED_AT_MS } from './incident-builders.ts';
import { aRankedCause, aRanking } from './ranking-builders.ts';

export const HOSTILE_TEXTS: readonly string[] = [
  '',
  '   ',
  '\u200b\u2060',
  '\u202Egnp.exe',
  '<!channel> <@UANA> <https://evil.example|click>',
  '# heading\n- list\n1. one\n> quote\n---\n===\n```\ncode',
  '[a](javascript:alert(1)) ![b](https://evil.example/x.png)',
  '<script>alert(1)</script>|cell|\\`*_{}',
  'https://evil.example/?a=1&b=2 www.evil.example me@evil.example',
  '\ud800 lone',
  'x'.repeat(LIMITS.textCharactersMax + 1),
];

export const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
);
export const hypothesisId = fc.constantFrom(
  'hypothesis-1',
  'hypothesis-2',
  'hypothesis-3',
  'nonsense',
);
export const planId = fc.constantFrom('plan-1', 'plan-2', 'nonsense');
export const gatheringId = fc.constantFrom('gathering-1', 'gathering-2', 'nonsense');
export const messageTs = fc.constantFrom('1.1', '1.2', '1.3');
export const rating = fc.constantFrom('high' as const, 'medium' as const, 'low' as const);
export const verdict = fc.constantFrom(
  'confirmed' as const,
  'eliminated' as const,
  'inconclusive' as const,
);
export const time = fc.integer({ min: STARTED_AT_MS - 1_000_000, max: STARTED_AT_MS + 1_000_000 });
export const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

export const alarmChange = fc
  .record({
    name: fc.constantFrom('alarm-1', 'alarm-2').map(untrusted),
    to: fc.constantFrom('OK' as const, 'ALARM' as const, 'INSUFFICIENT_DATA' as const),
    atMs: time,
    reason: text.map(untrusted),
  })
  .map(anAlarmChange);

/** A question to one of the two who act, with any answer: whoever records it may not be them. */
export const statement = fc.record({
  evidenceId: fc.constantFrom('statement-1', 'statement-2'),
  gatheringId: fc.constant(null),
  kind: fc.constant('statement' as const),
  coverage: text.map((query) => aCoverage({ query })),
  recordedAs: text.map(untrusted),
  personId: fc.constantFrom('UANA', 'UBEN'),
  askedBy: fc.constant('UANA'),
  askedAtMs: time,
  question: text,
  records: fc.constant([aTrailRecord()]),
  answer: orNull(
    fc.record({
      verdict: orNull(fc.constantFrom('planned' as const, 'mistake' as const, 'not-me' as const)),
      comment: orNull(text),
      atMs: time,
    }),
  ),
});

export const watched = fc.record({
  accountId: fc.constant(null),
  region: fc.constant('eu-west-1'),
  name: fc.constantFrom('checkout-5xx', 'latency').map(untrusted),
  state: fc.constantFrom('OK' as const, 'ALARM' as const, 'INSUFFICIENT_DATA' as const),
  sinceMs: time,
  reconfiguredAtMs: orNull(time),
});

export const similarId = fc.constantFrom('RT-5', 'RT-6', 'RT-7');

export const ranking = fc
  .array(
    fc.record({
      causeId: fc.constantFrom('cause-1', 'cause-2', 'cause-3'),
      eventId: fc.constantFrom('e1', 'e2', 'e3'),
      statement: text,
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 4 },
  )
  .map((rows) => aRanking({ causes: rows.map(aRankedCause) }));
