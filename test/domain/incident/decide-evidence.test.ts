import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../../src/domain/incident/evidence.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { EVERY_EVIDENCE } from '../../store/support/every-evidence.ts';
import { aCoverage, aTrailRecord } from '../../support/full-incident.ts';
import {
  ana,
  answer,
  ben,
  bot,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  play,
  STARTED_AT_MS,
  stateOf,
} from '../../support/incident-builders.ts';
import { anAnswer, aStatement } from '../../support/statement-builders.ts';

const opened = eventsUpTo('open');
const finish = {
  type: 'finish-gathering',
  gatheringId: 'gathering-1',
  summary: 'Nothing found.',
} as const;
const gather = (gatheringId: string, fromMs = STARTED_AT_MS, toMs = OPENED_AT_MS) =>
  ({ type: 'request-gathering', gatheringId, fromMs, toMs }) as const;
const recorded = (evidence: Evidence) => ({ type: 'record-evidence', evidence }) as const;
const kept = (evidence: Evidence) => stateOf(play([[recorded(evidence), bot]], opened)).evidence[0];

describe('gathering evidence', () => {
  test('is asked for with its window, and once under one id', () => {
    const finished = play([[finish, bot]], opened);

    expect(answer(finished, gather('gathering-2'))).toEqual({
      kind: 'accepted',
      events: [
        {
          type: 'gathering-requested',
          gatheringId: 'gathering-2',
          fromMs: STARTED_AT_MS,
          toMs: OPENED_AT_MS,
        },
      ],
    });
    expect(answer(finished, gather('gathering-1'))).toMatchObject({ code: 'already-done' });
  });

  test('keeps people from asking again for ten minutes and no longer', () => {
    const askedAgain = (ms: number) => () =>
      play([[gather('gathering-2'), ana]], opened, OPENED_AT_MS + ms);

    expect(askedAgain(10 * MINUTE_MS - 1)).toThrow('already being gathered');
    expect(askedAgain(10 * MINUTE_MS)).not.toThrow();
  });

  test('needs a time that ends after it begins', () => {
    const finished = play([[finish, bot]], opened);
    const refusal = {
      code: 'not-allowed',
      sentence: 'The time to look at ends before it begins. Choose an end after the start.',
    };

    expect(answer(finished, gather('gathering-2', 7, 7))).toMatchObject(refusal);
    expect(answer(finished, gather('gathering-2', 8, 7))).toMatchObject(refusal);
    expect(answer(finished, gather('gathering-2', 7, 8)).kind).toBe('accepted');
  });

  test('stops at the limit', () => {
    const rounds = Array.from({ length: LIMITS.gatheringsMax - 1 }, (_, index) => [
      [{ ...finish, gatheringId: `gathering-${index + 1}` }, bot] as const,
      [gather(`gathering-${index + 2}`), ana] as const,
    ]).flat();
    const last = { ...finish, gatheringId: `gathering-${LIMITS.gatheringsMax}` };

    expect(answer(play([...rounds, [last, bot]], opened), gather('one-more'))).toMatchObject({
      code: 'too-many',
      sentence: expect.stringContaining(`${LIMITS.gatheringsMax} gatherings`),
    });
  });

  test('says when it finished already, and when nobody asked for it', () => {
    expect(answer(play([[finish, bot]], opened), finish, bot)).toMatchObject({
      sentence: 'This gathering already finished 20 s ago.',
    });
    expect(answer(opened, { ...finish, gatheringId: 'nonsense' }, bot)).toMatchObject({
      sentence: 'No such gathering of evidence was asked for in this incident.',
    });
  });

  test('keeps a summary of a length that can be shown', () => {
    expect(answer(opened, { ...finish, summary: 'x'.repeat(9_000) }, bot)).toMatchObject({
      events: [
        {
          type: 'gathering-finished',
          gatheringId: 'gathering-1',
          summary: `${'x'.repeat(LIMITS.textCharactersMax - 1)}…`,
        },
      ],
    });
  });
});

describe('evidence', () => {
  const records = Array.from({ length: 70 }, (_, index) =>
    aTrailRecord({ eventId: `event-${index}` }),
  );
  const base = { evidenceId: 'evidence-1', gatheringId: 'gathering-1' };

  test.each(
    Object.values(EVERY_EVIDENCE)
      .filter(({ kind }) => kind !== 'statement')
      .map((evidence) => [evidence.kind, evidence] as const),
  )('of the kind %s is kept as it is when it is of a usual size', (_kind, evidence) => {
    const rows = play([[recorded(evidence), bot]], opened);

    expect(stateOf(rows).evidence).toEqual([evidence]);
    expect(answer(rows, recorded(evidence), bot)).toEqual({ kind: 'accepted', events: [] });
  });

  test.each(['changes', 'lookup'] as const)('of %s keeps the first fifty records', (kind) => {
    const evidence = { ...EVERY_EVIDENCE[kind], ...base, kind, coverage: aCoverage(), records };

    expect(kept(evidence as Evidence)).toMatchObject({ records: records.slice(0, 50) });
  });

  test('of alarms keeps as many as can be shown', () => {
    const of = EVERY_EVIDENCE.alarms as Extract<Evidence, { kind: 'alarms' }>;
    const evidence = {
      ...of,
      alarms: Array.from({ length: 60 }, () => of.alarms[0]!),
      transitions: Array.from({ length: 120 }, () => of.transitions[0]!),
    };

    expect(kept(evidence)).toHaveProperty('alarms.length', LIMITS.evidenceAlarmsMax);
    expect(kept(evidence)).toHaveProperty('transitions.length', LIMITS.evidenceTransitionsMax);
  });

  test('of a person’s word keeps question and comment of a length that can be shown', () => {
    const long = { question: 'q'.repeat(900), records } as const;
    const asked = play([[recorded(aStatement({ ...long, answer: null })), ana]], opened);
    const comment = 'c'.repeat(2_000);
    const reply = recorded(aStatement({ ...long, answer: anAnswer({ comment }) }));
    const answered = stateOf(play([[reply, ben]], asked)).evidence[0];

    expect(stateOf(asked).evidence[0]).toMatchObject({
      question: `${'q'.repeat(299)}…`,
      records: [records[0]],
      answer: null,
    });
    expect(answered).toMatchObject({ answer: { comment: `${'c'.repeat(999)}…` } });
  });

  test('stops at the limit, and still takes a new version of what is there', () => {
    const of = (index: number) =>
      recorded({ ...EVERY_EVIDENCE.changes, evidenceId: `evidence-${index}` } as Evidence);
    const many = Array.from(
      { length: LIMITS.evidenceMax },
      (_, index) => [of(index), bot] as const,
    );
    const full = play(many, opened);

    expect(answer(full, of(60), bot)).toMatchObject({
      code: 'too-many',
      sentence: expect.stringContaining('60 pieces of evidence'),
    });
    const newer = { ...of(3).evidence, coverage: aCoverage({ recordCount: 9 }) } as Evidence;
    expect(answer(full, recorded(newer), bot)).toMatchObject({
      events: [{ type: 'evidence-recorded' }],
    });
  });
});

describe('captured messages', () => {
  const capture = (messageTs: string) =>
    ({
      type: 'capture-message',
      channelId: 'C1',
      messageTs,
      authorId: 'UCARLA',
      text: 'It began with the deployment.',
      permalink: null,
      writtenAtMs: STARTED_AT_MS,
    }) as const;

  test('stop at the limit, and an edit is cut like the message', () => {
    const many = Array.from(
      { length: LIMITS.capturedMessagesMax },
      (_, index) => [capture(`1.${index}`), ana] as const,
    );
    const full = play(many, opened);

    expect(answer(full, capture('2.1'))).toMatchObject({
      code: 'too-many',
      sentence: expect.stringContaining('500 messages'),
    });
    expect(
      answer(full, { type: 'edit-captured-message', messageTs: '1.7', text: 'x'.repeat(9_000) }),
    ).toMatchObject({
      events: [
        {
          type: 'captured-message-edited',
          messageTs: '1.7',
          text: expect.stringMatching(/^x{2999}…$/),
        },
      ],
    });
  });
});
