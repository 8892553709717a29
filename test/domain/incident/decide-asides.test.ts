import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import {
  ana,
  answer,
  ben,
  bot,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';
import { aSimilarIncident } from '../../support/ranking-builders.ts';

const opened = eventsUpTo('open');
const nothing = { kind: 'accepted', events: [] };

describe('incidents that look alike', () => {
  const one = aSimilarIncident('RT-ONE11');
  const two = aSimilarIncident('RT-TWO22');
  const found = play([[{ type: 'note-similar', similar: [one, two] }, bot]], opened);
  const dismiss = { type: 'dismiss-similar', similarId: 'RT-ONE11' } as const;

  test('are noted once, and never the incident itself', () => {
    const own = aSimilarIncident('RT-7K3F9');

    expect(answer(opened, { type: 'note-similar', similar: [own, one] }, bot)).toEqual({
      kind: 'accepted',
      events: [{ type: 'similar-found', similar: [one] }],
    });
    expect(answer(found, { type: 'note-similar', similar: [one, own, two] }, bot)).toEqual(nothing);
    expect(answer(opened, { type: 'note-similar', similar: [own] }, bot)).toEqual(nothing);
    expect(answer(found, { type: 'note-similar', similar: [two] }, bot)).toMatchObject({
      events: [{ type: 'similar-found', similar: [two] }],
    });
  });

  test('can be set aside once, and stay so when they are found again or not', () => {
    const dismissed = play([[dismiss, ben]], found);

    expect(answer(found, dismiss)).toEqual({
      kind: 'accepted',
      events: [{ type: 'similar-dismissed', similarId: 'RT-ONE11' }],
    });
    expect(answer(dismissed, dismiss)).toMatchObject({
      code: 'already-done',
      sentence: 'RT-ONE11 was already set aside by <@UBEN> 20 s ago.',
    });
    expect(answer(dismissed, { type: 'note-similar', similar: [one, two] }, bot)).toEqual(nothing);
    expect(answer(dismissed, { type: 'note-similar', similar: [two] }, bot)).toEqual(nothing);
    expect(answer(found, { ...dismiss, similarId: 'RT-OTHER' })).toMatchObject({
      code: 'not-found',
      sentence: 'RT-OTHER is not among those that look like this incident.',
    });
  });
});

describe('moving to another channel', () => {
  const move = {
    type: 'relocate-incident',
    channelId: 'C2',
    channelName: 'war-room',
    fromPermalink: null,
  } as const;

  test('says where it was, and is refused where it is already', () => {
    expect(answer(opened, move)).toEqual({
      kind: 'accepted',
      events: [{ ...move, type: 'incident-moved', fromChannelId: 'C1', fromThreadTs: null }],
    });
    expect(answer(opened, { ...move, channelId: 'C1' })).toMatchObject({
      code: 'already-done',
      sentence: expect.stringMatching(/in this channel already\. Choose another/),
    });
  });

  test('stops at the limit', () => {
    const moves = Array.from(
      { length: LIMITS.movesMax },
      (_, index) => [{ ...move, channelId: `C1${index}` }, ana] as const,
    );

    expect(answer(play(moves, opened), move)).toMatchObject({
      code: 'too-many',
      sentence: expect.stringContaining(`${LIMITS.movesMax} moves`),
    });
  });
});

describe('reminders', () => {
  const nudge = { type: 'send-nudge', why: 'quiet', talkedAtMs: null } as const;
  const stop = { type: 'stop-nudges' } as const;
  const nudged = play([[nudge, bot]], opened);
  const stopped = play([[stop, ana]], opened);
  const nowMs = OPENED_AT_MS + 20_000;
  const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
  const snooze = (untilMs: number) => ({ type: 'snooze-nudges', untilMs }) as const;

  test('wait for somebody to react before the next one', () => {
    const sentAtMs = nudged.at(-1)?.atMs ?? 0;

    expect(answer(opened, nudge, bot)).toMatchObject({
      events: [{ type: 'nudge-sent', why: 'quiet' }],
    });
    expect(answer(nudged, nudge, bot)).toEqual(nothing);
    expect(answer(nudged, { ...nudge, talkedAtMs: sentAtMs }, bot)).toEqual(nothing);
    expect(answer(nudged, { ...nudge, talkedAtMs: sentAtMs + 1 }, bot)).toMatchObject({
      events: [{ type: 'nudge-sent' }],
    });
  });

  test('can be put off by a week at most', () => {
    const refusal = { code: 'not-now', sentence: expect.stringMatching(/by a week at most\.$/) };

    expect(answer(opened, snooze(nowMs + WEEK_MS))).toMatchObject({
      events: [{ type: 'nudges-snoozed', untilMs: nowMs + WEEK_MS }],
    });
    expect(answer(opened, snooze(nowMs + 1)).kind).toBe('accepted');
    expect(answer(opened, snooze(nowMs + WEEK_MS + 1))).toMatchObject(refusal);
    expect(answer(opened, snooze(nowMs))).toMatchObject(refusal);
  });

  test('can be stopped, once, and then nothing more comes', () => {
    const refusal = {
      code: 'already-done',
      sentence: expect.stringMatching(/^Nobody is reminded/),
    };

    expect(answer(opened, stop)).toEqual({
      kind: 'accepted',
      events: [{ type: 'nudges-stopped' }],
    });
    expect(answer(stopped, stop)).toMatchObject(refusal);
    expect(answer(stopped, snooze(nowMs + MINUTE_MS))).toMatchObject(refusal);
    expect(answer(stopped, nudge, bot)).toEqual(nothing);
  });
});

describe('the word on a solution', () => {
  test('that it works leads on to the document', () => {
    expect(answer(eventsUpTo('implement'), commands.verify)).toEqual({
      kind: 'accepted',
      events: [
        { type: 'solution-verified', finding: commands.verify.finding },
        { type: 'step-entered', step: 'document', reason: null },
      ],
    });
  });

  test('that it does not leads back to the hypotheses, also after it was said to work', () => {
    const fail = { type: 'fail-verification', finding: 'Still 503.' } as const;
    const events = [
      { type: 'verification-failed', finding: 'Still 503.' },
      {
        type: 'step-entered',
        step: 'hypothesize',
        reason: 'The verification failed: Still 503.',
      },
      expect.objectContaining({ type: 'gathering-requested' }),
    ];

    expect(answer(eventsUpTo('implement'), fail)).toEqual({ kind: 'accepted', events });
    expect(answer(eventsUpTo('verify'), fail)).toEqual({ kind: 'accepted', events });
  });

  test('is heard so often and no more', () => {
    const fail = { type: 'fail-verification', finding: 'Still 503.' } as const;
    const again = { type: 'move-to-step', step: 'verify', reason: 'Once more.' } as const;
    const rounds = Array.from({ length: LIMITS.verificationsMax }, () => [
      [fail, ana] as const,
      [again, ana] as const,
    ]).flat();
    const full = play(rounds, eventsUpTo('implement'));
    const refusal = { code: 'too-many', sentence: expect.stringContaining('50 verifications') };

    expect(stateOf(full).verifications).toHaveLength(50);
    expect(answer(full, fail)).toMatchObject(refusal);
    expect(answer(full, commands.verify)).toMatchObject(refusal);
  });
});

describe('escalating', () => {
  const escalate = { type: 'escalate-incident', to: 'DBA', reason: 'No idea.' } as const;

  test('tells who has done it already, and takes another reason for another escalation', () => {
    const escalated = play([[escalate, ben]], opened);

    expect(answer(escalated, escalate)).toMatchObject({
      code: 'already-done',
      sentence:
        'This was already escalated by <@UBEN> 20 s ago, to the same and for the same reason.',
    });
    expect(answer(escalated, { ...escalate, reason: 'Still none.' })).toMatchObject({
      events: [{ type: 'incident-escalated', to: 'DBA', reason: 'Still none.' }],
    });
  });

  test('stops at the limit', () => {
    const many = Array.from(
      { length: LIMITS.escalationsMax },
      (_, index) => [{ ...escalate, to: `Team ${index}` }, ana] as const,
    );

    expect(answer(play(many, opened), escalate)).toMatchObject({
      code: 'too-many',
      sentence: expect.stringContaining('20 escalations'),
    });
  });
});
