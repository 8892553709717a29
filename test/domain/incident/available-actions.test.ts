import { describe, expect, test } from 'vitest';
import {
  availableActions,
  hypothesisActions,
} from '../../../src/domain/incident/available-actions.ts';
import { ana, commands, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';

describe('the actions offered', () => {
  test.each([
    ['open', 'state-problem', null],
    ['state', 'isolate-component', null],
    ['isolate', 'propose-hypothesis', null],
    ['propose', 'start-test', 'hypothesis-1'],
    ['startTest', 'conclude-test', 'hypothesis-1'],
    ['confirm', 'plan-solution', null],
    ['plan', 'approve-plan', 'plan-1'],
    ['approve', 'report-implemented', 'plan-1'],
    ['implement', 'verify-solution', null],
    ['verify', 'document-findings', null],
    ['document', 'close-incident', null],
    ['close', 'reopen-incident', null],
  ] as const)('after "%s" begin with %s', (name, command, itemId) => {
    const [first] = availableActions(stateOf(eventsUpTo(name)));
    expect(first).toMatchObject({ command, itemId, primary: true });
  });

  test('have one button each and offer ownership while nobody has it', () => {
    const actions = availableActions(stateOf(eventsUpTo('open')));
    const types = actions.map((action) => action.command);
    expect(new Set(types).size).toBe(types.length);
    expect(actions.find((action) => action.command === 'assign-owner')?.label).toBe(
      'Take ownership',
    );
  });

  test('on a closed incident are to reopen it, and what is done with its document', () => {
    const commands = availableActions(stateOf(eventsUpTo('close'))).map(({ command }) => command);
    expect(commands).toEqual(['reopen-incident', 'edit-document', 'evaluate-process']);
  });

  test('on a hypothesis follow its status', () => {
    const actionsAfter = (name: 'propose' | 'startTest' | 'confirm' | 'plan' | 'close') => {
      const state = stateOf(eventsUpTo(name));
      return state.hypotheses.flatMap((row) =>
        hypothesisActions(state, row).map(({ label }) => label),
      );
    };
    expect(actionsAfter('propose')).toEqual(['Test this', 'Confirm', 'Rule out', 'Rate it']);
    expect(actionsAfter('startTest')).toEqual(['Record the verdict', 'Rate it']);
    expect(actionsAfter('confirm')).toEqual(['Plan this fix', 'Revive it']);
    expect(actionsAfter('plan')).toEqual(['Revive it']);
    expect(actionsAfter('close')).toEqual([]);
  });

  test('hold back a second test while one runs', () => {
    const second = { ...commands.propose, hypothesisId: 'hypothesis-2', statement: 'DNS.' };
    const state = stateOf(play([[second, ana]], eventsUpTo('startTest')));
    const other = state.hypotheses.filter((row) => row.number === 2);
    expect(other.flatMap((row) => hypothesisActions(state, row))).toMatchObject([
      { command: 'conclude-test', verdict: 'confirmed' },
      { command: 'conclude-test', verdict: 'eliminated' },
      { command: 'rate-hypothesis' },
    ]);
  });
});
