import { describe, expect, test } from 'vitest';
import { firstGatheringWindow } from '../../../src/domain/incident/decide-opening.ts';
import {
  ana,
  answer,
  ben,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

describe('opening an incident', () => {
  test('looks at the hour before now when nobody has said when it began', () => {
    expect(firstGatheringWindow(null, OPENED_AT_MS)).toEqual({
      fromMs: OPENED_AT_MS - 60 * MINUTE_MS,
      toMs: OPENED_AT_MS,
    });
  });

  test('takes a start that is still to come for now', () => {
    expect(firstGatheringWindow(OPENED_AT_MS + MINUTE_MS, OPENED_AT_MS)).toEqual(
      firstGatheringWindow(null, OPENED_AT_MS),
    );
  });

  test('twice with the same id is refused, naming who opened it', () => {
    expect(answer(eventsUpTo('open'), commands.open, ben)).toEqual({
      kind: 'rejected',
      code: 'incident-exists',
      sentence: 'This incident was already opened by <@UANA> 20 s ago. Go on in its thread.',
    });
  });

  test.each([
    ['', 'missing-text'],
    ['\u200b \u2060', 'missing-text'],
    ['x'.repeat(151), 'text-too-long'],
  ])('with the title %j is refused as %s', (title, code) => {
    expect(answer([], openCommand({ title }))).toMatchObject({ kind: 'rejected', code });
  });

  test('makes nobody the owner, and neither does acting on it', () => {
    const events = play([
      [commands.open, ana],
      [commands.state, ben],
    ]);
    expect(stateOf(events).ownerId).toBeNull();
  });

  test('must come before anything else', () => {
    expect(answer([], commands.state)).toMatchObject({ code: 'incident-missing' });
  });
});
