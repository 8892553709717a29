import { describe, expect, test } from 'vitest';
import {
  availableActions,
  hypothesisActions,
} from '../../../src/domain/incident/available-actions.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { ana, bot, commands, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';

const labelsOf = (state: IncidentState): readonly string[] =>
  availableActions(state).map(({ label }) => label);

/** What is there at every step, behind what the step itself asks for. */
const LAST = ['Add a note', 'Escalate', 'Hand over', 'Change the severity', 'Move to another step'];
const REST = [...LAST, 'Move to another channel', 'Close'];
const searching = (...first: readonly string[]) => [
  ...first,
  ...['Add a hypothesis', 'Plan a solution', ...REST],
];

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

  test.each([
    'open',
    'state',
  ] as const)('after "%s" of a breach put containing it second', (name) => {
    const breach = { playbookId: 'security', title: '', reason: '', isByHand: false, by: bot };
    const [, second] = availableActions({ ...stateOf(eventsUpTo(name)), playbook: breach });
    expect(second).toMatchObject({ command: 'plan-solution', label: 'Contain it now' });
  });

  test('offer the way back of what is in, whatever was planned since', () => {
    const later = { ...commands.plan, planId: 'plan-2' };
    const state = stateOf(play([[later, ana]], eventsUpTo('implement')));
    const back = availableActions(state).find(({ command }) => command === 'roll-back');
    expect(back).toMatchObject({ itemId: 'plan-1' });
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

  test('put what nobody has tested before what was tested in vain', () => {
    const second = {
      ...commands.propose,
      hypothesisId: 'hypothesis-2',
      statement: 'DNS.',
      likelihood: 'low',
    } as const;
    const inVain = { ...commands.confirm, verdict: 'inconclusive' } as const;
    const state = stateOf(
      play(
        [
          [second, ana],
          [inVain, ana],
        ],
        eventsUpTo('startTest'),
      ),
    );
    const next = availableActions(state).find(({ command }) => command === 'start-test');
    expect(next).toMatchObject({ itemId: 'hypothesis-2' });
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

  test('while people verify still take the verdict of a test that runs', () => {
    const verifying = { type: 'move-to-step', step: 'verify', reason: 'Fixed by hand.' } as const;
    const state = stateOf(play([[verifying, ana]], eventsUpTo('startTest')));
    expect(labelsOf(state)).toContain('Record the verdict');
  });

  test.each([
    ['own', ['State the problem', 'Add a hypothesis', 'Act now', ...REST]],
    ['state', ['Name the component', 'Add a hypothesis', 'Act now', 'State the problem', ...REST]],
    ['isolate', searching()],
    ['propose', searching('Test a hypothesis')],
    ['startTest', searching('Record the verdict')],
    ['confirm', ['Plan a solution', ...REST]],
    ['plan', ['Approve the plan', 'Go without approval', 'Change the plan', ...REST]],
    ['approve', ['It is implemented', 'Change the plan', ...REST]],
    ['implement', ['It works', 'It does not work', 'Roll back', ...REST]],
    [
      'verify',
      [
        ...['Record the findings', 'It does not work', 'Roll back', 'Evaluate the process'],
        ...['Edit the document', ...REST],
      ],
    ],
    [
      'document',
      [
        ...['Close', 'Record the findings', 'It does not work', 'Roll back'],
        ...['Evaluate the process', 'Edit the document', ...LAST, 'Move to another channel'],
      ],
    ],
    ['close', ['Reopen', 'Edit the document', 'Evaluate the process']],
  ] as const)('after "%s" are these, in the order of the method', (name, labels) => {
    expect(labelsOf(stateOf(eventsUpTo(name)))).toEqual(labels);
  });

  test('before anything else are to say whether what an alarm opened is an incident', () => {
    const state = stateOf(eventsUpTo('open'));
    const proposal = { verdict: null } as IncidentState['proposal'];
    const decided = { verdict: 'accepted' } as unknown as IncidentState['proposal'];

    expect(labelsOf({ ...state, proposal }).slice(0, 4)).toEqual([
      ...['Accept', 'Not an incident', 'Merge', 'State the problem'],
    ]);
    expect(labelsOf({ ...state, proposal: decided })[0]).toBe('State the problem');
  });

  test('include to gather evidence again only when none is being gathered', () => {
    const finish = {
      type: 'finish-gathering',
      gatheringId: 'gathering-1',
      summary: 'Nothing found.',
    } as const;

    expect(labelsOf(stateOf(eventsUpTo('open')))).not.toContain('Gather evidence again');
    expect(labelsOf(stateOf(play([[finish, bot]], eventsUpTo('open'))))).toContain(
      'Gather evidence again',
    );
  });

  test('include to move to another channel until that was done too often', () => {
    const state = stateOf(eventsUpTo('open'));
    const places = (count: number) =>
      Array.from({ length: count }, () => ({})) as unknown as IncidentState['formerPlaces'];

    expect(labelsOf({ ...state, formerPlaces: places(19) })).toContain('Move to another channel');
    expect(labelsOf({ ...state, formerPlaces: places(20) })).not.toContain(
      'Move to another channel',
    );
  });

  test('keep a plan and a fix within reach while people search and write', () => {
    const at = (step: IncidentState['step'], name: keyof typeof commands) =>
      labelsOf({ ...stateOf(eventsUpTo(name)), step });

    expect(at('hypothesize', 'plan')).toContain('Approve the plan');
    expect(at('test', 'approve')).toContain('It is implemented');
    expect(at('hypothesize', 'implement')).toContain('Roll back');
    expect(at('solve', 'implement')).toContain('Roll back');
    expect(at('solve', 'propose')).toContain('Test a hypothesis');
    expect(at('solve', 'startTest')).toContain('Record the verdict');
    expect(at('isolate', 'propose')).toContain('Test a hypothesis');
    expect(at('isolate', 'startTest')).toContain('Record the verdict');
    expect(at('identify', 'startTest')).toContain('Record the verdict');
    expect(at('verify', 'plan')).not.toContain('Roll back');
  });

  test('offer ownership at every step while nobody has it', () => {
    const state = { ...stateOf(eventsUpTo('implement')), ownerId: null };
    const steps = ['identify', 'isolate', 'hypothesize', 'test', 'solve', 'verify', 'document'];

    for (const step of steps as IncidentState['step'][]) {
      expect(labelsOf({ ...state, step })).toContain('Take ownership');
      expect(labelsOf({ ...state, step })).not.toContain('Hand over');
    }
  });

  test('have one primary among them, and so have those of a hypothesis', () => {
    const state = stateOf(eventsUpTo('propose'));
    const [hypothesis] = state.hypotheses;
    const ofHypothesis = hypothesis === undefined ? [] : hypothesisActions(state, hypothesis);

    for (const actions of [availableActions(state), ofHypothesis]) {
      expect(actions.map(({ primary }) => primary)).toEqual(
        actions.map((_action, index) => index === 0),
      );
    }
    expect(ofHypothesis.map(({ command, itemId, verdict }) => [command, itemId, verdict])).toEqual([
      ['start-test', 'hypothesis-1', null],
      ['conclude-test', 'hypothesis-1', 'confirmed'],
      ['conclude-test', 'hypothesis-1', 'eliminated'],
      ['rate-hypothesis', 'hypothesis-1', null],
    ]);
  });

  test('on a hypothesis that was eliminated or found inconclusive are to take it up again', () => {
    const state = stateOf(eventsUpTo('confirm'));
    const labelsFor = (status: 'eliminated' | 'inconclusive') =>
      state.hypotheses.flatMap((row) =>
        hypothesisActions(state, { ...row, status }).map(({ label }) => label),
      );

    expect(labelsFor('eliminated')).toEqual(['Revive it']);
    expect(labelsFor('inconclusive')).toEqual(['Test this', 'Rate it']);
  });
});
