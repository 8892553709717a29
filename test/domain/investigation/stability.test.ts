import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type InvestigationInput,
  investigate,
} from '../../../src/domain/investigation/investigate.ts';
import { ACCOUNT, unrelatedRecords, worlds } from './worlds.ts';

/** Log-odds: rarer words tell more among more names, so that these may change places. */
const NEARLY_EQUAL = 0.2;

/** Of all hypotheses about changes the events and the likelihood, best first; nothing comes last. */
function rankingOf(input: InvestigationInput): readonly string[] {
  const { suspects, nothing, onset } = investigate(input);
  const rows = suspects.map(({ set, probability }) => {
    const eventIds = set.changes.map(({ record }) => record.eventId);
    return `${eventIds.join()} ${probability.toFixed(9)}`;
  });
  const names = onset?.episodes.map(({ alarm }) => alarm.name) ?? [];
  return [...rows, `nothing ${nothing.probability.toFixed(9)}`, names.join()];
}

/** The same story, so many seconds later. */
function moved(input: InvestigationInput, byMs: number): InvestigationInput {
  return {
    records: input.records.map((record) => ({ ...record, atMs: record.atMs + byMs })),
    alarms: input.alarms.map((alarm) => ({
      ...alarm,
      transitionedAtMs: (alarm.transitionedAtMs ?? 0) + byMs,
    })),
    transitions: input.transitions.map((change) => ({
      ...change,
      atMs: change.atMs + byMs,
      evaluatedFromMs: (change.evaluatedFromMs ?? 0) + byMs,
      evaluation: {
        breachedFromMs: (change.evaluation?.breachedFromMs ?? 0) + byMs,
        periodSeconds: change.evaluation?.periodSeconds ?? null,
      },
    })),
    nowMs: input.nowMs + byMs,
  };
}

/** In every name, too: ARNs carry the account. */
function renamed(input: InvestigationInput, account: string): InvestigationInput {
  return {
    ...JSON.parse(JSON.stringify({ ...input, nowMs: 0 }).replaceAll(ACCOUNT, account)),
    nowMs: input.nowMs,
  };
}

describe('the order of hypotheses', () => {
  it('is the same whatever order records, alarms and their history come in', () => {
    const shuffled = worlds.chain((input) =>
      fc.record({
        input: fc.constant(input),
        records: fc.shuffledSubarray([...input.records], { minLength: input.records.length }),
        alarms: fc.shuffledSubarray([...input.alarms], { minLength: input.alarms.length }),
        transitions: fc.shuffledSubarray([...input.transitions], {
          minLength: input.transitions.length,
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ input, ...others }) => {
        expect(rankingOf({ ...input, ...others })).toEqual(rankingOf(input));
      }),
    );
  });

  it('is the same at any other time', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: -2e8, max: 2e8 }), (input, seconds) => {
        expect(rankingOf(moved(input, seconds * 1_000))).toEqual(rankingOf(input));
      }),
    );
  });

  it('does not depend on what an account is called', () => {
    fc.assert(
      fc.property(worlds, fc.stringMatching(/^[1-9]\d{11}$/), (input, account) => {
        expect(rankingOf(renamed(input, account))).toEqual(rankingOf(input));
      }),
    );
  });

  it('stays where calls come to it that have nothing to do with it', () => {
    fc.assert(
      fc.property(worlds, unrelatedRecords, (input, unrelated) => {
        const before = investigate(input).suspects;
        const after = investigate({ ...input, records: [...input.records, ...unrelated] }).suspects;
        const placeOf = new Map(
          after.map(({ set }, place) => [set.changes[0].record.eventId, place]),
        );
        const swapped = before.flatMap((first, place) =>
          before
            .slice(place + 1)
            .filter(({ score }) => first.score - score > NEARLY_EQUAL)
            .filter(({ set }) => {
              const [a, b] = [first.set, set].map(({ changes }) =>
                placeOf.get(changes[0].record.eventId),
              );
              return a === undefined || b === undefined || a > b;
            }),
        );
        expect(swapped).toEqual([]);
      }),
    );
  });
});
