import { describe, expect, test } from 'vitest';
import { buildDocument } from '../../../src/domain/incident/document.ts';
import type { EditableSection } from '../../../src/domain/incident/document-edits.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { renderMarkdown } from '../../../src/domain/incident/render-markdown.ts';
import { profileOf } from '../../../src/domain/knowledge/profile.ts';
import { FULL_NAMES, fullIncident } from '../../support/full-incident.ts';
import { ana, answer, ben, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';
import { HOSTILE_TEXTS } from '../../support/part-arbitraries.ts';

const edit = (section: EditableSection, text: string, basis = 0) =>
  ({ type: 'edit-document', section, text, basis }) as const;

const evaluate = (safety: string, basis = 0) =>
  ({
    type: 'evaluate-process',
    effectiveness: '',
    efficiency: '',
    cost: '',
    quality: '',
    safety,
    basis,
  }) as const;

function markdownOf(events: readonly RecordedEvent[]): string {
  return renderMarkdown(
    buildDocument({
      state: stateOf(events),
      events,
      names: FULL_NAMES,
      generatedAtMs: 0,
      permalinks: new Map(),
    }),
  );
}

describe('an edit of the document', () => {
  const closed = fullIncident();

  test('is taken of a closed incident, which stays closed', () => {
    const state = stateOf(play([[edit('lessons', 'Ours.'), ana]], closed));
    expect(state.status).toBe('closed');
    expect(state.edits).toMatchObject([
      { section: 'lessons', text: 'Ours.', revision: 1, by: ana },
    ]);
  });

  test('stands above what is on record, with who and when, each time the same', () => {
    const events = play([[edit('root-cause', 'A rule that matched too much.'), ana]], closed);
    const told = markdownOf(events);
    expect(told).toContain(
      '## Root cause\n\n> A rule that matched too much.\n\nEdited 2026-03-08 11:14:00 UTC by Ana.\n\n**As recorded:**\n\n> A clean-up job removed the rule.',
    );
    expect(told).toContain('- **Root cause:** A rule that matched too much.');
    expect(markdownOf(events)).toBe(told);
  });

  test('survives what is recorded afterwards', () => {
    const events = play(
      [
        [edit('root-cause', 'Ours.'), ana],
        [{ type: 'reopen-incident', reason: 'It is back.' }, ben],
        [{ type: 'add-note', noteId: 'note-9', text: 'Again.' }, ben],
      ],
      closed,
    );
    expect(markdownOf(events)).toContain('## Root cause\n\n> Ours.');
  });

  test.each([
    ['empty', ''],
    ['what the record says', ' A clean-up job removed the rule. '],
  ])('that is %s takes the earlier one back', (_what, text) => {
    const events = play(
      [
        [edit('root-cause', 'Ours.'), ana],
        [edit('root-cause', text, 1), ben],
      ],
      closed,
    );
    expect(markdownOf(events)).not.toContain('Ours.');
    expect(stateOf(events).edits).toMatchObject([{ text: '', revision: 2 }]);
  });

  test('on what somebody changed meanwhile is refused with who it was', () => {
    const events = play([[edit('lessons', 'Ours.'), ana]], closed);
    expect(answer(events, edit('lessons', 'Mine.'), ben)).toMatchObject({
      kind: 'rejected',
      code: 'outdated',
      sentence: expect.stringContaining('“Lessons” was changed by <@UANA>'),
    });
    expect(answer(events, edit('impact', 'Mine.'), ben)).toMatchObject({ kind: 'accepted' });
    expect(answer(events, edit('lessons', 'Mine.', 1), ben)).toMatchObject({ kind: 'accepted' });
  });

  test('that changes nothing is refused, and sent twice it is recorded once', () => {
    const events = play([[edit('lessons', 'Ours.'), ana]], closed);
    expect(answer(closed, edit('additions', '  '), ana)).toMatchObject({ code: 'already-done' });
    expect(answer(events, edit('lessons', 'Ours.'), ben)).toMatchObject({ code: 'already-done' });
    expect(answer(events, edit('lessons', 'Ours.'), ana)).toEqual({
      kind: 'accepted',
      events: [],
    });
  });

  test('is the hundredth at most', () => {
    const edits = Array.from(
      { length: LIMITS.documentEditsMax },
      (_, index) => [edit('additions', `Version ${index}.`, index), ana] as const,
    );
    const decision = answer(play(edits, closed), edit('lessons', 'One more.'), ana);
    expect(decision).toMatchObject({ code: 'too-many' });
  });

  test('makes nothing but text out of whatever people type', () => {
    const texts = HOSTILE_TEXTS.filter((text) => text.length <= LIMITS.textCharactersMax);
    const plain = markdownOf(play([[edit('additions', 'harmless'), ana]], closed)).split('\n');
    const headings = (lines: readonly string[]) => lines.filter((line) => /^#|^\|/.test(line));
    texts.forEach((text) => {
      const told = markdownOf(play([[edit('additions', `x ${text}`), ana]], closed));
      expect(headings(told.split('\n'))).toEqual(headings(plain));
      expect(told).not.toMatch(/<!channel>|<script>|\u202E|(?<!\\)\]\(javascript/);
    });
  });

  test('fills a part that is missing from the record, and what similar incidents are told', () => {
    const early = play(
      [[{ type: 'close-incident', reason: 'The provider was down.' }, ana]],
      eventsUpTo('open'),
    );
    expect(markdownOf(early)).toContain('- Not recorded: the root cause.');
    const events = play([[edit('root-cause', 'The provider.'), ana]], early);
    expect(markdownOf(events)).not.toContain('- Not recorded: the root cause.');
    expect(profileOf(stateOf(events)).rootCause).toBe('The provider.');
  });
});

describe('an evaluation of the process', () => {
  const closed = fullIncident();

  test('is quoted below what the record says under the same criterion', () => {
    const events = play([[evaluate('Two people at all times.'), ben]], closed);
    expect(markdownOf(events)).toContain(
      '- Plan 1 was rolled back.\n\n> Two people at all times.\n\n',
    );
  });

  test('needs one answer, and the second of two is told of the first', () => {
    expect(answer(closed, evaluate(' '), ana)).toMatchObject({ code: 'missing-text' });
    const events = play([[evaluate('First.'), ben]], closed);
    expect(answer(events, evaluate('Second.'), ana)).toMatchObject({ code: 'outdated' });
    expect(answer(events, evaluate('Second.', 1), ana)).toMatchObject({ kind: 'accepted' });
    expect(answer(events, evaluate('First.', 1), ana)).toMatchObject({ code: 'already-done' });
  });
});
