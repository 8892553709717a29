import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerInquiry,
  type Inquiry,
  inquiryIdOf,
  joinInquiry,
  markTold,
  newInquiry,
  untoldAskers,
  withdrawInquiry,
} from '../../../src/domain/incident/inquiry.ts';
import { anAnswer, anAsker, anOpenInquiry, aStatement } from '../../support/statement-builders.ts';

const elsewhere = anAsker({ userId: 'UCARLA', incidentId: null, channelId: 'C2' });
const NOW_MS = anAsker().askedAtMs + 1_000;

describe('a question to the person behind a call', () => {
  test('has one id for one person and call, whoever asks', () => {
    const asked = { eventId: 'E-1', personId: 'UBEN', question: 'You?' };
    expect(newInquiry(asked, anAsker()).inquiryId).toBe(newInquiry(asked, elsewhere).inquiryId);
    expect(inquiryIdOf('E-1', 'UBEN')).not.toBe(inquiryIdOf('E-1', 'UANA'));
  });

  test('keeps the first wording, and everybody who wants to know', () => {
    const joined = joinInquiry(anOpenInquiry(), elsewhere, 'Really you?');
    expect(joined.question).toBe('Was this you, and was it expected?');
    expect(joined.askers).toEqual([anAsker(), elsewhere]);
    expect(joinInquiry(joined, { ...elsewhere, askedAtMs: NOW_MS }, 'again')).toBe(joined);
  });

  test('that could not be sent begins anew with whoever asks next', () => {
    const again = joinInquiry(withdrawInquiry(anOpenInquiry()), elsewhere, 'Really you?');
    expect(again).toMatchObject({
      question: 'Really you?',
      askers: [elsewhere],
      statement: null,
      posted: null,
    });
  });

  test('does not gather people without end', () => {
    const crowd = Array.from({ length: 50 }, (_, index) => anAsker({ userId: `U${index}` }));
    const joined = crowd.reduce<Inquiry>(
      (row, asker) => joinInquiry(row, asker, ''),
      anOpenInquiry(),
    );
    expect(joined.askers).toHaveLength(10);
  });
});

describe('an answer', () => {
  test('keeps what it does not change', () => {
    const commented = answerInquiry(anOpenInquiry(), { comment: 'A drill.' }, NOW_MS);
    const chosen = answerInquiry(commented, { verdict: 'planned' }, NOW_MS + 5);
    expect(commented.statement?.answer).toEqual({
      verdict: null,
      comment: 'A drill.',
      atMs: NOW_MS,
    });
    expect(chosen.statement?.answer).toMatchObject({ verdict: 'planned', comment: 'A drill.' });
  });

  test('given twice is one answer', () => {
    const once = answerInquiry(anOpenInquiry(), { verdict: 'planned' }, NOW_MS);
    expect(answerInquiry(once, { verdict: 'planned' }, NOW_MS + 5)).toBe(once);
  });

  test('of nothing at all, or to what was not put yet, is none', () => {
    const unsent = anOpenInquiry({ statement: null });
    expect(answerInquiry(unsent, { verdict: 'planned' }, NOW_MS)).toBe(unsent);
    const open = anOpenInquiry();
    expect(answerInquiry(open, {}, NOW_MS)).toBe(open);
  });

  test('is told to those who have not heard the newest, and not to those who joined meanwhile', () => {
    const answer = anAnswer();
    const inquiry = anOpenInquiry({ statement: aStatement({ answer }) });
    const told = markTold(joinInquiry(inquiry, elsewhere, ''), inquiry.askers, answer.atMs);
    expect(untoldAskers(told)).toEqual([elsewhere]);
    const changed = answerInquiry(told, { verdict: 'not-me' }, answer.atMs);
    expect(untoldAskers(changed)).toHaveLength(2);
    expect(untoldAskers(anOpenInquiry())).toEqual([]);
  });

  const change = fc.record(
    {
      verdict: fc.constantFrom('planned' as const, 'mistake' as const, 'not-me' as const),
      comment: fc.option(fc.string(), { nil: null }),
    },
    { requiredKeys: [] },
  );

  test('is the last one given, and its time tells it from the one before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.nat(3)), { minLength: 1 }), (changes) => {
        let inquiry = anOpenInquiry();
        for (const [given, afterMs] of changes) {
          const before = inquiry;
          inquiry = answerInquiry(before, given, NOW_MS + afterMs);
          const [was, is] = [before.statement?.answer ?? null, inquiry.statement?.answer ?? null];
          expect(inquiry === before || (is?.atMs ?? 0) > (was?.atMs ?? 0)).toBe(true);
          expect(is?.verdict ?? null).toBe(given.verdict ?? was?.verdict ?? null);
        }
      }),
    );
  });
});
