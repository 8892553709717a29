import { describe, expect, it } from 'vitest';
import {
  draftedStatement,
  draftIdOf,
  draftProblem,
  lineMarks,
  linesOf,
  markedLines,
} from '../../../src/domain/incident/problem-draft.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import { ana, bot, openCommand, play, stateOf } from '../../support/incident-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';
import { anAnswer, aStatement } from '../../support/statement-builders.ts';

const change = anAlarmChange();
const openedByAlarm = play([
  [openCommand({ title: 'Alarm checkout-5xx', alarm: change, startedAtMs: null }), bot],
]);
const ranked = (probability: number) =>
  play(
    [
      [
        {
          type: 'rank-causes',
          ranking: aRanking({ causes: [aRankedCause({ probability })] }),
        },
        bot,
      ],
    ],
    openedByAlarm,
  );

describe('the draft of a problem', () => {
  it('tells the alarm in plain words, what it is on, and since when', () => {
    const draft = draftProblem(stateOf(openedByAlarm));

    expect(draft.symptoms).toEqual([
      'Alarm “checkout-5xx” fired 2026-03-08 10:44:00 UTC, eu-west-1: HTTPCode_ELB_5XX_Count above 5.',
      'First bad datapoint: 2026-03-08 10:42:00 UTC or earlier.',
    ]);
    expect(draft.affected).toEqual([
      'LoadBalancer app/checkout, in eu-west-1, account 111122223333.',
    ]);
    expect(draft.start).toEqual({ fromMs: change.breachedFromMs, toMs: null });
  });

  it('tells between which two times it began, once that is known', () => {
    const { symptoms, start } = draftProblem(stateOf(ranked(0.72)));

    expect(symptoms.at(-1)).toBe('First bad datapoint: 2026-01-15 08:50:00 UTC to 08:51:00.');
    expect(start?.toMs).toBe((start?.fromMs ?? 0) + 60_000);
  });

  it('leaves the start to whoever has said it', () => {
    const said = play([[openCommand({ alarm: change }), ana]]);

    expect(draftProblem(stateOf(said)).start).toBeNull();
    expect(draftedStatement(draftProblem(stateOf(said))).startedAtMs).toBeNull();
  });

  it.each([
    [0.72, 1],
    [0.05, 0],
  ])('names a recorded change of probability %f as %i recent change', (probability, count) => {
    expect(draftProblem(stateOf(ranked(probability))).recentChanges).toHaveLength(count);
  });

  it('tells what people answered', () => {
    const evidence = aStatement({ answer: anAnswer({ comment: 'Part of\nthe clean-up' }) });
    const speaker = { kind: 'person', userId: evidence.personId } as const;
    const asked = play([[{ type: 'record-evidence', evidence }, speaker]], openedByAlarm);

    expect(draftProblem(stateOf(asked)).recentChanges).toEqual([
      expect.stringMatching(
        /^ben@example\.com, asked about .*, says it was them, and it was planned: “Part of the clean-up”\.$/,
      ),
    ]);
  });

  it('lets no name begin a line of its own', () => {
    const name = untrusted('a\nb\u202e');
    const opened = play([[openCommand({ alarm: anAlarmChange({ name }) }), bot]]);
    const lines = linesOf(draftProblem(stateOf(opened)));

    expect(lines.join('')).not.toMatch(/[\n\u202e]/);
  });

  it('is measured only where an alarm tells it', () => {
    expect(draftProblem(stateOf(openedByAlarm)).isMeasured).toBe(true);
    expect(draftProblem(stateOf(play([[openCommand(), ana]]))).isMeasured).toBe(false);
  });

  it('has another id as soon as it says something else', () => {
    const before = draftIdOf(draftProblem(stateOf(openedByAlarm)));

    expect(draftIdOf(draftProblem(stateOf(openedByAlarm)))).toBe(before);
    expect(draftIdOf(draftProblem(stateOf(ranked(0.72))))).not.toBe(before);
  });
});

describe('the marks of drafted lines', () => {
  it('find the lines that stand as they were, and no others', () => {
    const marks = lineMarks(['The bot said this.', 'And that.']);

    expect(marks).toMatch(/^[a-z0-9]{14}$/);
    expect(markedLines(['The bot said this.\nI saw it, too.', 'And that!'], marks)).toEqual([
      'The bot said this.',
    ]);
  });

  it('fit into what a form carries, however many lines there are', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `Line ${index}`);

    expect(lineMarks(lines)?.length).toBeLessThanOrEqual(80);
    expect(lineMarks([])).toBeNull();
  });
});
