import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { aCoverage, aTrailRecord } from '../../support/full-incident.ts';
import {
  ana,
  answer,
  ben,
  bot,
  eventsUpTo,
  OPENED_AT_MS,
  play,
  STARTED_AT_MS,
  stateOf,
} from '../../support/incident-builders.ts';

const opened = eventsUpTo('open');
const capture = {
  type: 'capture-message',
  channelId: 'C1',
  messageTs: '1.1',
  authorId: 'UCARLA',
  text: 'It began with the deployment.',
  permalink: null,
  writtenAtMs: STARTED_AT_MS,
} as const satisfies IncidentCommand;
const captured = play([[capture, ana]], opened);
const nothing = { kind: 'accepted', events: [] };

const finish = {
  type: 'finish-gathering',
  gatheringId: 'gathering-1',
  summary: 'Nothing found.',
} as const;
const gatherAgain = {
  type: 'request-gathering',
  gatheringId: 'gathering-2',
  fromMs: STARTED_AT_MS,
  toMs: OPENED_AT_MS,
} as const;

function recordEvidence(
  recordCount: number,
): Extract<IncidentCommand, { type: 'record-evidence' }> {
  return {
    type: 'record-evidence',
    evidence: {
      evidenceId: 'evidence-1',
      gatheringId: 'gathering-1',
      kind: 'changes',
      coverage: aCoverage({ recordCount }),
      records: Array.from({ length: recordCount }, (_, index) =>
        aTrailRecord({ eventId: `event-${index}` }),
      ),
    },
  };
}

describe('captured messages', () => {
  test('are accepted twice without a second event', () => {
    expect(answer(captured, capture, ben)).toEqual(nothing);
  });

  test('follow their edits, and the same edit twice changes nothing', () => {
    const edit = { type: 'edit-captured-message', messageTs: '1.1', text: 'No, before.' } as const;
    const edited = play([[edit, ana]], captured);
    expect(stateOf(edited).capturedMessages[0]?.text).toBe('No, before.');
    expect(answer(edited, edit)).toEqual(nothing);
  });

  test('can be released, and released again without an event', () => {
    const release = { type: 'release-captured-message', messageTs: '1.1' } as const;
    const released = play([[release, ben]], captured);
    expect(stateOf(released).capturedMessages).toEqual([]);
    expect(answer(released, release)).toEqual(nothing);
    expect(
      answer(released, { type: 'edit-captured-message', messageTs: '1.1', text: 'x' }),
    ).toEqual(nothing);
  });

  test('are cut instead of refused when they are long', () => {
    const long = { ...capture, text: 'x'.repeat(5_000) };
    const text = stateOf(play([[long, ana]], opened)).capturedMessages[0]?.text ?? '';
    expect(text).toHaveLength(LIMITS.textCharactersMax);
    expect(text.endsWith('…')).toBe(true);
  });
});

describe('notes', () => {
  test('are kept as typed, once', () => {
    const note = { type: 'add-note', noteId: 'note-1', text: '  *odd*  text ' } as const;
    const noted = play([[note, ben]], opened);
    expect(stateOf(noted).notes).toMatchObject([{ text: '  *odd*  text ', by: ben }]);
    expect(answer(noted, note)).toMatchObject({
      sentence: 'This note was already added by <@UBEN> 20 s ago.',
    });
  });

  test('stop at the limit with a sentence that says what to do', () => {
    const notes = Array.from(
      { length: LIMITS.notesMax },
      (_, index) => [{ type: 'add-note', noteId: `note-${index}`, text: 'x' }, ana] as const,
    );
    const full = play(notes, opened);
    expect(answer(full, { type: 'add-note', noteId: 'one-more', text: 'x' })).toMatchObject({
      code: 'too-many',
      sentence:
        'There are already 500 notes here, which is the limit. Open a new incident for what is left.',
    });
  });
});

describe('gathering evidence', () => {
  test('runs once at a time and can be asked for again after it finished', () => {
    expect(answer(opened, gatherAgain)).toMatchObject({
      code: 'already-done',
      sentence:
        'Evidence is already being gathered (asked for 20 s ago). Wait for its result, then ask again.',
    });
    expect(answer(play([[finish, bot]], opened), gatherAgain)).toMatchObject({ kind: 'accepted' });
  });

  test('that never ended keeps nobody from asking again', () => {
    const later = play([[gatherAgain, ana]], opened, OPENED_AT_MS + 11 * 60_000);
    expect(stateOf(later).gatherings).toHaveLength(2);
  });

  test('needs a time that ends after it begins', () => {
    const finished = play([[finish, bot]], opened);
    const backwards = { ...gatherAgain, toMs: STARTED_AT_MS };
    expect(answer(finished, backwards)).toMatchObject({ code: 'not-allowed' });
  });

  test('finishes once, and only if it was asked for', () => {
    expect(answer(play([[finish, bot]], opened), finish, bot)).toMatchObject({
      code: 'already-done',
    });
    expect(answer(opened, { ...finish, gatheringId: 'nonsense' }, bot)).toMatchObject({
      code: 'not-found',
    });
  });
});

describe('evidence', () => {
  test('replaces its earlier version, and the same version again changes nothing', () => {
    const first = play([[recordEvidence(1), bot]], opened);
    const second = play([[recordEvidence(2), bot]], first);
    expect(stateOf(second).evidence).toHaveLength(1);
    expect(stateOf(second).evidence[0]?.coverage.recordCount).toBe(2);
    expect(answer(second, recordEvidence(2), bot)).toEqual(nothing);
  });

  test('is cut to the limit while the coverage keeps the real count', () => {
    const evidence = stateOf(play([[recordEvidence(70), bot]], opened)).evidence[0];
    expect(evidence).toMatchObject({ coverage: { recordCount: 70 } });
    expect(evidence).toHaveProperty('records.length', LIMITS.evidenceRecordsMax);
  });
});

describe('escalating', () => {
  const escalate = {
    type: 'escalate-incident',
    to: 'Network team',
    reason: 'We see no change.',
  } as const;

  test('is possible at any step and said once', () => {
    const escalated = play([[escalate, ben]], opened);
    expect(stateOf(escalated).escalations).toMatchObject([{ to: 'Network team', by: ben }]);
    expect(answer(escalated, escalate)).toMatchObject({ code: 'already-done' });
    expect(answer(escalated, { ...escalate, to: 'AWS Support' })).toMatchObject({
      kind: 'accepted',
    });
  });
});
