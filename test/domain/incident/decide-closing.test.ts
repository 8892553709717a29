import { describe, expect, test } from 'vitest';
import { missingForClose } from '../../../src/domain/incident/close-gate.ts';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import {
  ana,
  answer,
  ben,
  bot,
  commands,
  eventsUpTo,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const notAnIncident = { type: 'close-incident', reason: 'not an incident' } as const;
const reopen = { type: 'reopen-incident', reason: 'It fires again.' } as const;
const closedEarly = play([[notAnIncident, ben]], eventsUpTo('state'));

describe('the close gate', () => {
  test('names everything a new incident lacks, in the order of the method', () => {
    expect(missingForClose(stateOf(eventsUpTo('open'))).map((row) => row.part)).toEqual([
      'problem',
      'scope',
      'component',
      'verdict',
      'plan',
      'implementation',
      'verification',
      'root-cause',
      'preventive-measures',
    ]);
  });

  test('offers what helps now, or moving on where the step does not fit yet', () => {
    const fixes = missingForClose(stateOf(eventsUpTo('propose'))).map((row) => [
      row.part,
      row.fix,
      row.itemId,
    ]);
    expect(fixes).toEqual([
      ['verdict', 'start-test', 'hypothesis-1'],
      ['plan', 'plan-solution', null],
      ['implementation', 'plan-solution', null],
      ['verification', 'move-to-step', 'verify'],
      ['root-cause', 'move-to-step', 'document'],
      ['preventive-measures', 'move-to-step', 'document'],
    ]);
  });

  test.each([
    ['startTest', 'verdict', 'conclude-test', 'hypothesis-1'],
    ['plan', 'implementation', 'approve-plan', 'plan-1'],
    ['approve', 'implementation', 'report-implemented', 'plan-1'],
    ['implement', 'verification', 'verify-solution', null],
    ['verify', 'root-cause', 'document-findings', null],
  ] as const)('after "%s" says that the %s needs %s', (name, part, fix, itemId) => {
    const missing = missingForClose(stateOf(eventsUpTo(name)));
    expect(missing.find((row) => row.part === part)).toMatchObject({ fix, itemId });
  });

  test('no longer counts a verification once the solution was rolled back or replaced', () => {
    const rolledBack = play(
      [
        [{ type: 'roll-back', planId: 'plan-1', reason: 'Side effects.' }, ana],
        [{ ...commands.plan, planId: 'plan-2' }, ana],
        [{ ...commands.approve, planId: 'plan-2' }, ben],
        [{ ...commands.implement, planId: 'plan-2' }, ana],
      ],
      eventsUpTo('document'),
    );
    const parts = missingForClose(stateOf(rolledBack)).map((row) => row.part);
    expect(parts).toEqual(['verification']);
  });

  test('keeps an incident open until a reason is given', () => {
    const events = eventsUpTo('verify');
    expect(answer(events, commands.close)).toEqual({
      kind: 'rejected',
      code: 'reason-needed',
      sentence:
        'Still missing: the root cause and preventive measures. Add it, or close anyway with a reason (for example "not an incident").',
    });
    expect(answer(events, notAnIncident)).toMatchObject({
      events: [{ type: 'incident-closed', reason: 'not an incident' }],
    });
  });
});

describe('a closed incident', () => {
  test('refuses everything else and says how to reopen it', () => {
    expect(answer(closedEarly, { type: 'add-note', noteId: 'note-1', text: 'Hm.' })).toEqual({
      kind: 'rejected',
      code: 'incident-closed',
      sentence:
        'This incident was closed by <@UBEN> 20 s ago. To add to it, reopen it with /triage reopen RT-7K3F9 and a reason.',
    });
  });

  test('closed again says who closed it', () => {
    expect(answer(closedEarly, notAnIncident, ana)).toMatchObject({
      code: 'already-done',
      sentence: 'This incident was already closed by <@UBEN> 20 s ago.',
    });
  });

  test.each<readonly [string, IncidentCommand]>([
    [
      'a publication',
      { type: 'record-publication', ofVersion: 4, permalink: null, canvasLink: null },
    ],
    ['work given up', { type: 'abandon-work', task: 'Publish', reason: 'Slack said no.' }],
    [
      'the end of a gathering',
      { type: 'finish-gathering', gatheringId: 'gathering-1', summary: 'Closed meanwhile.' },
    ],
  ])('still takes %s', (_title, command) => {
    expect(answer(closedEarly, command, bot)).toMatchObject({ kind: 'accepted' });
  });

  test('does not count bookkeeping as activity', () => {
    const published = play(
      [[{ type: 'record-publication', ofVersion: 4, permalink: null, canvasLink: null }, bot]],
      closedEarly,
    );
    expect(stateOf(published).lastActivityAtMs).toBe(stateOf(closedEarly).lastActivityAtMs);
  });
});

describe('reopening', () => {
  test('needs a reason and leads to step 3', () => {
    const closed = eventsUpTo('close');
    expect(answer(closed, { ...reopen, reason: '' })).toMatchObject({ code: 'reason-needed' });
    const state = stateOf(play([[reopen, ben]], closed));
    expect(state).toMatchObject({ status: 'open', step: 'hypothesize', closure: null });
    expect(state.visits.at(-1)?.reason).toBe('Reopened: It fires again.');
  });

  test('stays in the step where it was closed when that was an earlier one', () => {
    expect(stateOf(play([[reopen, ben]], closedEarly)).step).toBe('isolate');
  });

  test('an open incident is refused, naming who was faster if somebody was', () => {
    expect(answer(eventsUpTo('open'), reopen)).toMatchObject({ code: 'incident-open' });
    expect(answer(play([[reopen, ben]], closedEarly), reopen)).toMatchObject({
      code: 'already-done',
      sentence: 'This incident was already reopened by <@UBEN> 20 s ago.',
    });
  });
});

describe('the findings', () => {
  test('can be drafted from step 5 on and replaced later', () => {
    expect(answer(eventsUpTo('startTest'), commands.document)).toMatchObject({ code: 'not-now' });
    const drafted = play([[commands.document, ana]], eventsUpTo('plan'));
    const better = { ...commands.document, rootCause: 'The job had no dry run.' };
    const state = stateOf(play([[better, ben]], drafted));
    expect(state.findings?.rootCause).toBe('The job had no dry run.');
    expect(state.step).toBe('solve');
  });

  test.each([
    [[{ text: ' ', ownerId: null }], 'missing-text'],
    [[{ text: 'x'.repeat(3_001), ownerId: null }], 'text-too-long'],
    [Array.from({ length: 21 }, () => ({ text: 'Test it.', ownerId: null })), 'too-many'],
  ] as const)('check their preventive measures (%#)', (preventiveMeasures, code) => {
    const command = { ...commands.document, preventiveMeasures };
    expect(answer(eventsUpTo('verify'), command)).toMatchObject({ code });
  });

  test('twice the same are refused', () => {
    expect(answer(eventsUpTo('document'), commands.document, ben)).toMatchObject({
      sentence: 'These findings were already recorded by <@UANA> 20 s ago.',
    });
  });
});
