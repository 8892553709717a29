import { describe, expect, test } from 'vitest';
import {
  type ApprovalPolicy,
  approverWords,
  DEFAULT_APPROVAL,
  DEFAULT_NEED,
  groupsOf,
  isSameNeed,
  needAt,
  rejectApprover,
} from '../../../src/domain/incident/approval.ts';
import { availableActions } from '../../../src/domain/incident/available-actions.ts';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { decide } from '../../../src/domain/incident/decide.ts';
import type { Actor, RecordedEvent } from '../../../src/domain/incident/events.ts';
import { foldEvents, record } from '../../../src/domain/incident/record.ts';
import {
  ana,
  ben,
  commands,
  eventsUpTo,
  MINUTE_MS,
  stateOf,
} from '../../support/incident-builders.ts';

const carl: Actor = { kind: 'person', userId: 'UCARL' };

/** At SEV2, where the straight path is: Ben, at SEV3 nobody needs to. */
const STRICT: ApprovalPolicy = {
  rules: { ...DEFAULT_APPROVAL.rules, sev3: 'none' },
  entitledIds: ['UANA', 'UBEN'],
};

function said(
  events: readonly RecordedEvent[],
  command: IncidentCommand,
  actor: Actor,
  policy: ApprovalPolicy = STRICT,
) {
  const atMs = (events.at(-1)?.atMs ?? 0) + MINUTE_MS;
  const decision = decide(foldEvents(events), command, actor, atMs, policy);
  return decision.kind === 'rejected'
    ? { decision, events }
    : {
        decision,
        events: [
          ...events,
          ...record(decision.events, { fromVersion: events.length, atMs, actor }),
        ],
      };
}

const planned = said(eventsUpTo('confirm'), commands.plan, ana).events;
const offered = (events: readonly RecordedEvent[]) =>
  availableActions(stateOf(events)).map(({ command }) => command);

describe('approval by somebody entitled', () => {
  test('is refused to others, who are told whom to ask', () => {
    expect(said(planned, commands.approve, carl).decision).toMatchObject({
      code: 'not-allowed',
      sentence:
        'You are not among those who may approve here. <@UBEN> may. Ask in the thread, or waive the approval with a reason.',
    });
    expect(said(planned, commands.approve, ben).decision.kind).toBe('accepted');
  });

  test('is refused to the planner, also where they are entitled', () => {
    expect(said(planned, commands.approve, ana).decision).toMatchObject({
      sentence:
        'You planned this, so you cannot approve it, too. <@UBEN> may. Ask in the thread, or waive the approval with a reason.',
    });
  });

  test('is named where the plan is to go in without it', () => {
    expect(said(planned, commands.implement, ana).decision).toMatchObject({
      code: 'not-now',
      sentence:
        'This plan is only planned so far. <@UBEN> has to approve it first, or its approval has to be waived with a reason.',
    });
  });

  test('goes by who is entitled at the click, not by who was when it was planned', () => {
    const since = { ...STRICT, entitledIds: ['UCARL'] };
    expect(said(planned, commands.approve, ben, since).decision.kind).toBe('rejected');
    expect(said(planned, commands.approve, carl, since).decision.kind).toBe('accepted');
  });

  test('can be gone without, with a reason', () => {
    const waive = { type: 'waive-approval', planId: 'plan-1', reason: 'Ben is asleep.' } as const;
    const waived = said(planned, waive, carl).events;
    expect(said(waived, commands.implement, carl).decision.kind).toBe('accepted');
  });

  test('of two who approve at once counts the first, and the second is told', () => {
    const first = said(planned, commands.approve, ben).events;
    const both = { ...STRICT, entitledIds: ['UBEN', 'UCARL'] };
    expect(said(first, commands.approve, carl, both).decision).toMatchObject({
      code: 'already-done',
    });
  });

  test('by a user group is open to who is in it at that moment, the planner left out', () => {
    const leads = { ...STRICT, entitledIds: ['SLEADS', 'UBEN'] };
    const as = (actor: Actor, memberOf: readonly string[] | null) =>
      said(planned, { ...commands.approve, memberOf }, actor, leads).decision;
    expect(as(carl, ['SLEADS']).kind).toBe('accepted');
    expect(as(carl, ['SOTHER'])).toMatchObject({
      sentence: expect.stringContaining('Somebody of <!subteam^SLEADS> or <@UBEN> may.'),
    });
    expect(as(ana, ['SLEADS'])).toMatchObject({
      sentence: expect.stringContaining('You planned this'),
    });
  });

  test('by a user group is taken from nobody while Slack does not say who is in it', () => {
    const leads = { ...STRICT, entitledIds: ['SLEADS', 'UBEN'] };
    const unknown = { ...commands.approve, memberOf: null };
    expect(said(planned, unknown, carl, leads).decision).toMatchObject({
      code: 'not-allowed',
      sentence: expect.stringContaining('does not tell me just now who is in <!subteam^SLEADS>'),
    });
    expect(said(planned, unknown, ben, leads).decision.kind).toBe('accepted');
    expect(said(planned, unknown, ben).decision.kind).toBe('accepted');
  });

  test('has words for any number of people', () => {
    const need = (...entitledIds: string[]) => ({ rule: 'one-other', entitledIds }) as const;
    expect(approverWords(need(), ana)).toBe('Another person');
    expect(approverWords(need('UANA'), ana)).toBe('Nobody else here');
    expect(approverWords(need('UBEN', 'UCARL'), ana)).toBe('<@UBEN> or <@UCARL>');
    expect(approverWords(need('U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7'), ana)).toBe(
      '<@U1>, <@U2>, <@U3>, <@U4>, <@U5> or 2 more',
    );
  });
});

describe('who may approve', () => {
  const need = (...entitledIds: string[]) => ({ rule: 'one-other', entitledIds }) as const;

  test('is anybody but the planner where the installation says nothing', () => {
    const severities = ['sev1', 'sev2', 'sev3', 'sev4'] as const;
    expect(severities.map((severity) => needAt(DEFAULT_APPROVAL, severity))).toEqual(
      severities.map(() => DEFAULT_NEED),
    );
    expect(DEFAULT_NEED).toEqual({ rule: 'one-other', entitledIds: [] });
    expect(rejectApprover(need(), ana, ben)).toBeNull();
    expect(rejectApprover(need(), ana, ana)).toEqual({
      kind: 'rejected',
      code: 'not-allowed',
      sentence:
        'You planned this, so another person has to approve it. Ask somebody in the thread, or waive the approval with a reason.',
    });
  });

  test('is never the bot', () => {
    expect(rejectApprover(need(), ana, { kind: 'bot' })).toEqual({
      kind: 'rejected',
      code: 'not-allowed',
      sentence: 'A plan is approved by a person. Ask somebody in the thread.',
    });
  });

  test('is nobody of a group who is not said to be in it', () => {
    expect(rejectApprover(need('SLEADS'), ana, carl)?.code).toBe('not-allowed');
    expect(rejectApprover(need('UBEN'), ana, carl, null)?.sentence).toMatch(/^You are not among/);
  });

  test('is told by the planner’s own id only where the planner is a person', () => {
    expect(approverWords(need('UBEN', 'SLEADS', 'UCARL'), { kind: 'bot' })).toBe(
      '<@UBEN>, somebody of <!subteam^SLEADS> or <@UCARL>',
    );
  });

  test('is a user group by its id and nothing else', () => {
    expect(groupsOf(need('SLEADS', 'UBEN', 'US1', 'S', 'S1-x'))).toEqual(['SLEADS']);
  });

  test('is the same need only with the same rule and the same people', () => {
    expect(isSameNeed(need('U1', 'U2'), need('U1', 'U2'))).toBe(true);
    expect(isSameNeed(need('U1'), need('U2'))).toBe(false);
    expect(isSameNeed(need(), { rule: 'none', entitledIds: [] })).toBe(false);
  });
});

describe('a severity at which nobody needs to approve', () => {
  const calm = said(planned, { type: 'change-severity', severity: 'sev3' }, ana).events;

  test('lets a plan go in as it was planned', () => {
    expect(stateOf(calm).plans[0]?.need).toEqual({ rule: 'none', entitledIds: [] });
    expect(offered(calm)[0]).toBe('report-implemented');
    expect(offered(calm)).not.toContain('approve-plan');
    expect(stateOf(said(calm, commands.implement, ana).events).step).toBe('verify');
  });

  test('holds no longer once it gets worse', () => {
    const worse = said(calm, { type: 'change-severity', severity: 'sev1' }, ana).events;
    expect(stateOf(worse).plans[0]?.need.rule).toBe('one-other');
    expect(offered(worse)[0]).toBe('approve-plan');
    expect(said(worse, commands.implement, ana).decision.kind).toBe('rejected');
  });

  test('changes nothing about a plan that is in', () => {
    const before = eventsUpTo('implement');
    const changed = said(before, { type: 'change-severity', severity: 'sev3' }, ana);
    expect(changed.decision).toMatchObject({ events: [{ need: null }] });
  });
});
