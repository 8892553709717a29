import { describe, expect, test } from 'vitest';
import { buildDocument } from '../../../src/domain/incident/document.ts';
import type { Statement } from '../../../src/domain/incident/evidence.ts';
import { renderMarkdown } from '../../../src/domain/incident/render-markdown.ts';
import { STATEMENT_LIMITS } from '../../../src/domain/incident/statement.ts';
import { buildTimeline } from '../../../src/domain/incident/timeline.ts';
import {
  ana,
  answer,
  ben,
  bot,
  eventsUpTo,
  play,
  stateOf,
} from '../../support/incident-builders.ts';
import { anAnswer, aStatement } from '../../support/statement-builders.ts';

const recorded = (evidence: Statement) => ({ type: 'record-evidence', evidence }) as const;

const opened = eventsUpTo('open');
const asked = play([[recorded(aStatement()), ana]], opened);
const denied = aStatement({ answer: anAnswer({ verdict: 'not-me', comment: '# I was *asleep*' }) });
const answered = play([[recorded(denied), ben]], asked);

function documentOf(events: typeof opened): string {
  const names = new Map([
    ['UANA', 'Ana'],
    ['UBEN', 'Ben'],
  ]);
  const state = stateOf(events);
  const input = { state, events, names, generatedAtMs: 0, permalinks: new Map() };
  return renderMarkdown(buildDocument(input));
}

describe('a question to the person behind a call', () => {
  test('is on the record from the moment it was put', () => {
    expect(stateOf(asked).evidence.at(-1)).toEqual(aStatement());
  });

  test('put again in the same words adds nothing', () => {
    expect(answer(asked, recorded(aStatement()), ana)).toEqual({ kind: 'accepted', events: [] });
  });

  test('cannot be turned into one to somebody else', () => {
    expect(answer(asked, recorded(aStatement({ personId: 'UCARLA' })), ana)).toMatchObject({
      kind: 'rejected',
      code: 'not-allowed',
    });
  });

  test('is cut to what a card holds', () => {
    const long = aStatement({
      question: 'x'.repeat(10_000),
      answer: anAnswer({ comment: 'y'.repeat(10_000) }),
    });
    const [kept] = stateOf(play([[recorded(long), ben]], opened)).evidence as Statement[];
    expect(kept?.question).toHaveLength(STATEMENT_LIMITS.questionCharactersMax);
    expect(kept?.answer?.comment).toHaveLength(STATEMENT_LIMITS.commentCharactersMax);
  });
});

describe('the answer', () => {
  test.each([
    ['the one who asked', ana],
    ['the bot', bot],
  ])('is not taken from %s', (_who, actor) => {
    const decision = answer(asked, recorded(denied), actor);
    expect(decision).toMatchObject({ kind: 'rejected', code: 'not-allowed' });
    expect(decision).toMatchObject({ sentence: 'Only <@UBEN> can answer this.' });
  });

  test('takes the place of the question, and a later one that of the earlier', () => {
    const changed = aStatement({ answer: anAnswer({ verdict: 'mistake' }) });
    const events = play([[recorded(changed), ben]], answered);
    expect(stateOf(events).evidence).toEqual([changed]);
    expect(events).toHaveLength(answered.length + 1);
  });

  test('cannot be taken back by somebody else', () => {
    expect(answer(answered, recorded(aStatement()), ana)).toMatchObject({ code: 'not-allowed' });
  });

  test('stands on the timeline as what somebody said, beside the question', () => {
    const told = buildTimeline(answered).filter(({ kind }) => kind === 'evidence');
    expect(told.map(({ sentence, detail, actor }) => [actor, sentence, detail])).toEqual([
      [ana, 'Asked <@UBEN> about a call that AWS recorded', 'Was this you, and was it expected?'],
      [
        ben,
        'Answered about the call: it was not them (a statement, not proof)',
        '# I was *asleep*',
      ],
    ]);
  });

  test('stands on the timeline once, and a comment that follows as an addition to it', () => {
    const bare = aStatement({ answer: anAnswer({ comment: null }) });
    const full = aStatement({ answer: anAnswer({ comment: 'I was asleep' }) });
    const events = play(
      [
        [recorded(bare), ben],
        [recorded(full), ben],
      ],
      asked,
    );
    const told = buildTimeline(events).filter(({ actor }) => actor === ben);
    expect(told.map(({ sentence, detail }) => [sentence, detail])).toEqual([
      ['Answered about the call: it was them, and it was planned (a statement, not proof)', null],
      ['Added to the answer about the call', 'I was asleep'],
    ]);
  });

  test('stands in the document with who said it, as no proof, and with what it may mean', () => {
    const text = documentOf(answered);
    expect(text).toContain('what the person behind a call says');
    expect(text).toMatch(/Ben was asked by Ana at .* taken for `ben@example.com`/);
    expect(text).toContain('Ben says it was not them:\n\n> \\# I was \\*asleep\\*');
    expect(text).toContain('This is what they say, not proof.');
    expect(text).toContain('consider the breach playbook');
  });

  test('is said to be missing while there is none', () => {
    expect(documentOf(asked)).toContain('_Not recorded: Ben has not answered._');
  });
});
