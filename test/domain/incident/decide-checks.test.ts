import { describe, expect, test } from 'vitest';
import { checkIdOf, standingTicks } from '../../../src/domain/incident/check-ticks.ts';
import { buildDocument } from '../../../src/domain/incident/document.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { renderMarkdown } from '../../../src/domain/incident/render-markdown.ts';
import { buildTimeline } from '../../../src/domain/incident/timeline.ts';
import {
  ana,
  answer,
  ben,
  commands,
  eventsUpTo,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const PAGE = 'Open the page.';
const QUEUE = 'Queues are worked off.';

const tick = (text: string, isDone = true) => ({ type: 'tick-check', text, isDone }) as const;
const standing = (events: readonly RecordedEvent[]) =>
  standingTicks(stateOf(events)).map(({ text, by }) => [text, by]);

const fixed = eventsUpTo('implement');
const bothTicked = play(
  [
    [tick(PAGE), ana],
    [tick(QUEUE), ben],
  ],
  fixed,
);

describe('the checks of a playbook after a fix', () => {
  test('are ticked by people, and what two do at once both counts', () => {
    expect(standing(bothTicked)).toEqual([
      [PAGE, ana],
      [QUEUE, ben],
    ]);
  });

  test('ticked by somebody already are no event, and stay the tick of who was first', () => {
    expect(answer(bothTicked, tick(PAGE), ben)).toEqual({ kind: 'accepted', events: [] });
    expect(answer(fixed, tick(PAGE, false), ben)).toEqual({ kind: 'accepted', events: [] });
  });

  test('can be taken back, by anybody', () => {
    const events = play([[tick(PAGE, false), ben]], bothTicked);
    expect(standing(events)).toEqual([[QUEUE, ben]]);
    expect(standing(play([[tick(PAGE), ben]], events))).toEqual([
      [QUEUE, ben],
      [PAGE, ben],
    ]);
  });

  test.each([
    ['a fix that did not work', [[{ type: 'fail-verification', finding: 'Still 503.' }, ana]]],
    ['a roll-back', [[{ type: 'roll-back', planId: 'plan-1', reason: 'It got worse.' }, ana]]],
    [
      'a reopening',
      [
        [commands.verify, ana],
        [commands.document, ana],
        [commands.close, ana],
        [{ type: 'reopen-incident', reason: 'It is back.' }, ana],
      ],
    ],
  ] as const)('are all to be done again after %s', (_, steps) => {
    expect(standing(play(steps, bothTicked))).toEqual([]);
  });

  test('done again after the next fix are ticked by who did them then', () => {
    const events = play(
      [
        [{ type: 'fail-verification', finding: 'Still 503.' }, ana],
        [{ type: 'move-to-step', step: 'verify', reason: 'Fixed by hand.' }, ana],
        [tick(PAGE), ben],
      ],
      bothTicked,
    );
    expect(standing(events)).toEqual([[PAGE, ben]]);
  });

  test('still count when somebody else has just said that it is fixed', () => {
    const verified = play([[commands.verify, ana]], fixed);
    expect(standing(play([[tick(PAGE), ben]], verified))).toEqual([[PAGE, ben]]);
  });

  test('are not ticked before anything was done', () => {
    expect(answer(eventsUpTo('approve'), tick(PAGE))).toMatchObject({
      code: 'not-now',
      sentence: expect.stringContaining('Checks are ticked once a solution is being verified.'),
    });
    expect(answer(fixed, tick('  '))).toMatchObject({ code: 'missing-text' });
  });

  test('are bounded, and one more can still be taken back', () => {
    const many = Array.from(
      { length: LIMITS.checksMax },
      (_, n) => [tick(`No ${n}.`), ana] as const,
    );
    const full = play(many, fixed);
    expect(answer(full, tick(PAGE))).toMatchObject({ code: 'too-many' });
    expect(answer(full, tick('No 1.', false))).toMatchObject({ kind: 'accepted' });
  });

  test('do not hold up the closing', () => {
    expect(stateOf(eventsUpTo('close'))).toMatchObject({ status: 'closed', checks: [] });
  });

  test('are on the timeline, and in the document under what was verified', () => {
    const events = play(
      [
        [tick(QUEUE, false), ana],
        [commands.verify, ana],
      ],
      bothTicked,
    );
    const told = buildTimeline(events).map(({ sentence, detail }) => `${sentence}: ${detail}`);
    expect(told).toContain(`Checked: ${PAGE}`);
    expect(told).toContain(`Not checked after all: ${QUEUE}`);
    const document = buildDocument({
      state: stateOf(events),
      events,
      names: new Map([['UANA', 'Ana Duarte']]),
      permalinks: new Map(),
      generatedAtMs: 0,
    });
    expect(document.checks).toMatchObject([{ text: PAGE, by: ana }]);
    const markdown = renderMarkdown(document);
    expect(markdown).toMatch(
      /## Verification[^#]*\*\*Checked\*\*:\n\n- Open the page\. \([^)]* by Ana Duarte\)/,
    );
    expect(markdown.split('## Verification')[1]).not.toContain(QUEUE);
  });
});

test('the id of a check is made of its words alone, and fits into a button', () => {
  expect(checkIdOf(PAGE)).toBe(checkIdOf(PAGE));
  expect(checkIdOf(PAGE)).not.toBe(checkIdOf(QUEUE));
  expect(checkIdOf('ü 🔥 <x>'.repeat(40))).toMatch(/^[a-z0-9]{1,7}$/);
});
