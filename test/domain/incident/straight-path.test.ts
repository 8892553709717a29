import { describe, expect, test } from 'vitest';
import { missingForClose } from '../../../src/domain/incident/close-gate.ts';
import { decide } from '../../../src/domain/incident/decide.ts';
import {
  ana,
  commands,
  eventsUpTo,
  OPENED_AT_MS,
  play,
  STARTED_AT_MS,
  STRAIGHT_PATH,
  stateOf,
} from '../../support/incident-builders.ts';

const HOUR_MS = 60 * 60_000;

describe('the straight path', () => {
  test('opening starts step 1 and gathers evidence from an hour before the start', () => {
    const state = stateOf(eventsUpTo('open'));
    expect(state.step).toBe('identify');
    expect(state.gatherings).toMatchObject([
      { gatheringId: 'gathering-1', fromMs: STARTED_AT_MS - HOUR_MS, toMs: OPENED_AT_MS },
    ]);
  });

  test.each([
    ['state', 'isolate'],
    ['isolate', 'hypothesize'],
    ['propose', 'hypothesize'],
    ['startTest', 'test'],
    ['confirm', 'solve'],
    ['plan', 'solve'],
    ['approve', 'solve'],
    ['implement', 'verify'],
    ['verify', 'document'],
    ['document', 'document'],
  ] as const)('after "%s" the incident is in step %s', (name, step) => {
    expect(stateOf(eventsUpTo(name)).step).toBe(step);
  });

  test('passes the close gate without a reason and visits every step once, without reasons', () => {
    const before = stateOf(eventsUpTo('document'));
    const after = stateOf(play(STRAIGHT_PATH));
    expect(missingForClose(before)).toEqual([]);
    expect(after.status).toBe('closed');
    expect(after.visits.map((visit) => [visit.step, visit.reason])).toEqual([
      ['identify', null],
      ['isolate', null],
      ['hypothesize', null],
      ['test', null],
      ['solve', null],
      ['verify', null],
      ['document', null],
    ]);
  });

  test('decides the same for the same input', () => {
    const state = stateOf(eventsUpTo('propose'));
    expect(decide(state, commands.startTest, ana, OPENED_AT_MS)).toEqual(
      decide(state, commands.startTest, ana, OPENED_AT_MS),
    );
  });
});
