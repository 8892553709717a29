import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Actor, RecordedEvent } from '../../../src/domain/incident/events.ts';
import {
  ana,
  answer,
  ben,
  bot,
  commands,
  eventsUpTo,
  play,
} from '../../support/incident-builders.ts';

type Case = readonly [
  what: string,
  events: readonly RecordedEvent[],
  command: IncidentCommand,
  code: string,
  sentence: string,
  actor?: Actor,
];

const opened = eventsUpTo('open');
const move = (step: 'identify' | 'hypothesize' | 'solve', reason: string | null = null) =>
  ({ type: 'move-to-step', step, reason }) as const;
const waive = { type: 'waive-approval', planId: 'plan-1', reason: 'Nobody is awake.' } as const;
const rollBack = { type: 'roll-back', planId: 'plan-1', reason: 'Side effects.' } as const;
const otherPlan = { ...commands.plan, planId: 'plan-2' };
const eliminate = { ...commands.confirm, verdict: 'eliminated' } as const;

const NOW = ' 20 s ago';

const CASES: readonly Case[] = [
  [
    'a test of what is ruled out',
    play([[eliminate, ana]], eventsUpTo('startTest')),
    { ...commands.startTest },
    'not-now',
    `Hypothesis 1 was already eliminated by <@UANA>${NOW}. Revive it with a reason to test it again.`,
  ],
  [
    'a verdict of what has one',
    eventsUpTo('confirm'),
    commands.confirm,
    'already-done',
    `Hypothesis 1 was already confirmed by <@UANA>${NOW}. To change that, revive or test it again.`,
  ],
  [
    'a test that runs',
    eventsUpTo('startTest'),
    commands.startTest,
    'already-done',
    `A test of hypothesis 1 was already started by <@UANA>${NOW}.`,
  ],
  [
    'a component named before',
    play([[commands.isolate, ben]], eventsUpTo('state')),
    commands.isolate,
    'already-done',
    `The component was already named by <@UBEN>${NOW}.`,
  ],
  [
    'the same title',
    opened,
    { type: 'change-title', title: 'Checkout returns 5xx' },
    'already-done',
    'The incident already has this title.',
  ],
  [
    'the same severity',
    opened,
    { type: 'change-severity', severity: 'sev2' },
    'already-done',
    'The severity is already SEV2.',
  ],
  [
    'nobody as owner',
    opened,
    { type: 'assign-owner', ownerId: ' ' },
    'already-done',
    'Nobody owns this incident already.',
  ],
  [
    'the step it is in',
    opened,
    move('identify'),
    'already-done',
    `The incident is already in step 1 of 7 (identify the problem), entered${NOW}.`,
  ],
  [
    'a step too far',
    opened,
    move('solve', ' '),
    'reason-needed',
    'The incident is in step 1 of 7 (identify the problem). Going ahead over a step to step 5 of 7 (plan and implement the solution) needs a reason for the record. Write one and try again.',
  ],
  [
    'a step back',
    eventsUpTo('isolate'),
    move('identify'),
    'reason-needed',
    'The incident is in step 3 of 7 (develop hypotheses). Going back to step 1 of 7 (identify the problem) needs a reason for the record. Write one and try again.',
  ],
  [
    'a plan that is there',
    eventsUpTo('plan'),
    commands.plan,
    'already-done',
    `This solution was already planned by <@UANA>${NOW}.`,
  ],
  [
    'a plan on what is not confirmed',
    eventsUpTo('propose'),
    commands.plan,
    'not-now',
    'Hypothesis 1 is not confirmed. Confirm it with a test first, or plan this as a mitigation without a hypothesis.',
  ],
  [
    'approval of no plan',
    eventsUpTo('confirm'),
    commands.approve,
    'not-found',
    'There is no such plan in this incident. Choose the current plan.',
  ],
  [
    'a waiver by the bot',
    eventsUpTo('plan'),
    waive,
    'not-allowed',
    'Only a person can waive an approval. Ask somebody in the thread.',
    bot,
  ],
  [
    'approval of what is waived',
    play([[waive, ben]], eventsUpTo('plan')),
    commands.approve,
    'already-done',
    'This plan was already cleared by waiving the approval. Report it when it is implemented.',
    ben,
  ],
  [
    'approval of what is approved',
    eventsUpTo('approve'),
    commands.approve,
    'already-done',
    `This plan was already approved by <@UBEN>${NOW}. Report it when it is implemented.`,
    ben,
  ],
  [
    'a waiver of what is in',
    eventsUpTo('implement'),
    waive,
    'already-done',
    `This plan was already implemented by <@UANA>${NOW}. Say whether it worked, or roll it back.`,
  ],
  [
    'approval of what is replaced',
    play([[otherPlan, ana]], eventsUpTo('plan')),
    commands.approve,
    'already-done',
    'This plan was already replaced by a later plan. Use the current plan.',
    ben,
  ],
  [
    'rolling back twice',
    play([[rollBack, ana]], eventsUpTo('implement')),
    rollBack,
    'already-done',
    'This plan was already rolled back. Plan another solution.',
  ],
  [
    'rolling back what is planned',
    eventsUpTo('plan'),
    rollBack,
    'not-now',
    'This plan is only planned so far. Another person has to approve it first, or its approval has to be waived with a reason.',
  ],
  [
    'rolling back what is approved',
    eventsUpTo('approve'),
    rollBack,
    'not-now',
    `This plan is only approved by <@UBEN>${NOW} so far. Report it when it is implemented.`,
  ],
  [
    'a plan put in twice',
    eventsUpTo('implement'),
    commands.implement,
    'already-done',
    `This plan was already implemented by <@UANA>${NOW}. Say whether it worked, or roll it back.`,
  ],
  [
    'a window of no plan',
    eventsUpTo('approve'),
    { type: 'begin-window', planId: 'plan-1' },
    'not-found',
    'There is no plan with such a window.',
    bot,
  ],
];

describe('a refusal says what, why and what to do next', () => {
  test.each(
    CASES.map(
      ([what, events, command, code, sentence, actor = ana]) =>
        [what, events, command, code, sentence, actor] as const,
    ),
  )('for %s', (_what, events, command, code, sentence, actor) => {
    expect(answer(events, command, actor)).toEqual({ kind: 'rejected', code, sentence });
  });
});
