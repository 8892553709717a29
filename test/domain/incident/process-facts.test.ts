import { describe, expect, test } from 'vitest';
import { buildDocument } from '../../../src/domain/incident/document.ts';
import type { Criterion } from '../../../src/domain/incident/evaluation.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { longestQuiet } from '../../../src/domain/incident/longest-quiet.ts';
import { aCoverage, aTrailRecord, fullIncident } from '../../support/full-incident.ts';
import {
  ana,
  ben,
  bot,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

function factsOf(events: readonly RecordedEvent[], criterion: Criterion): string {
  const { process } = buildDocument({
    state: stateOf(events),
    events,
    names: new Map(),
    generatedAtMs: OPENED_AT_MS,
    permalinks: new Map(),
  });
  return process.find((row) => row.criterion === criterion)?.facts.join(' ') ?? '';
}

function readFix(records: number, inside: number, lateMs: number | null) {
  const trail = Array.from({ length: records }, (_, index) =>
    aTrailRecord({ eventId: `event-${index}` }),
  );
  return {
    type: 'record-evidence',
    evidence: {
      evidenceId: 'fix-plan-1',
      gatheringId: null,
      kind: 'changes',
      coverage: aCoverage({ recordCount: records, mayStillArriveAfterMs: lateMs }),
      records: trail,
      fix: {
        planId: 'plan-1',
        inside: trail
          .slice(0, inside)
          .map(({ eventId }) => ({ eventId, because: 'resource' as const })),
      },
    },
  } as const;
}

describe('what the record says about the process', () => {
  test('of a straight incident is that little had to be said', () => {
    const events = eventsUpTo('close');
    expect(factsOf(events, 'effectiveness')).toBe(
      '1 verdict recorded. Hypothesis 1 was confirmed; it was the only one when it was tested. The first solution that was verified worked.',
    );
    expect(factsOf(events, 'efficiency')).toContain('No step was skipped or done again.');
    expect(factsOf(events, 'quality')).toContain('Plan 1, which stands, says its risk');
    expect(factsOf(events, 'safety')).toBe(
      'Plan 1 was approved by another person before going in. Nothing was rolled back.',
    );
    expect(factsOf(events, 'cost')).toContain('2 people put something on the record.');
  });

  test('of an incident with dead ends names each of them', () => {
    const events = fullIncident();
    expect(factsOf(events, 'effectiveness')).toContain('A solution was found not to work once.');
    expect(factsOf(events, 'efficiency')).toContain(
      'Off the straight path 3 times: 2 back, 1 ahead.',
    );
    expect(factsOf(events, 'safety')).toContain('that was waived, with a reason');
    expect(factsOf(events, 'safety')).toContain('Plan 1 was rolled back.');
  });

  test('says which hypothesis led when the one that was confirmed was tested', () => {
    const other = {
      ...commands.propose,
      hypothesisId: 'hypothesis-2',
      statement: 'A certificate has run out.',
      likelihood: 'low',
      impact: 'low',
    } as const;
    const test2 = { ...commands.startTest, hypothesisId: 'hypothesis-2' };
    const confirm2 = { ...commands.confirm, hypothesisId: 'hypothesis-2' };
    const events = play(
      [
        [other, ana],
        [test2, ana],
        [confirm2, ana],
      ],
      eventsUpTo('propose'),
    );
    expect(factsOf(events, 'effectiveness')).toContain(
      'Hypothesis 2 was confirmed; when it was tested, hypothesis 1 was the leading one.',
    );
  });

  test('does not make up what is not on record', () => {
    const events = eventsUpTo('open');
    expect(factsOf(events, 'time')).toContain('How long it took is not known');
    expect(factsOf(events, 'cost')).toContain('what it cost in money, is not known.');
    expect(factsOf(events, 'effectiveness')).toContain('No hypothesis was tested to an end.');
    expect(factsOf(events, 'safety')).toBe('No plan went in.');
  });

  test.each([
    [0, 0, OPENED_AT_MS, 'no write outside of plan 1 was there, and not all had been delivered.'],
    [1, 1, null, 'CloudTrail shows no write outside of plan 1 while it was carried out.'],
    [3, 1, null, 'CloudTrail shows 2 writes outside of plan 1'],
    [3, 1, OPENED_AT_MS, 'may still have delivered some after that'],
  ])('tells of %i writes, %i of them in the plan, as far as they are delivered', (records, inside, lateMs, words) => {
    const events = play([[readFix(records, inside, lateMs), bot]], eventsUpTo('implement'));
    expect(factsOf(events, 'safety')).toContain(words);
  });
});

describe('the longest quiet', () => {
  const closed = eventsUpTo('close');

  test('is between two entries by people, whatever the bot does in between', () => {
    const lastMs = closed.at(-1)?.atMs ?? 0;
    const events = play(
      [[{ type: 'reopen-incident', reason: 'It is back.' }, ben]],
      closed,
      lastMs + 600 * MINUTE_MS,
    );
    const noted = play(
      [[{ type: 'add-note', noteId: 'note-1', text: 'By the bot.' }, bot]],
      events,
    );
    const again = play(
      [[{ type: 'add-note', noteId: 'note-2', text: 'By Ana.' }, ana]],
      noted,
      lastMs + 630 * MINUTE_MS,
    );
    expect(longestQuiet(closed)).toMatchObject({ toMs: OPENED_AT_MS + MINUTE_MS });
    expect(longestQuiet(again)).toEqual({
      fromMs: lastMs + 600 * MINUTE_MS,
      toMs: lastMs + 630 * MINUTE_MS,
    });
  });
});
