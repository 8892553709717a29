import { describe, expect, it } from 'vitest';
import type { ApprovalNeed } from '../../../src/domain/incident/approval.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import type { Plan } from '../../../src/domain/incident/state.ts';
import { fitMessage } from '../../../src/slack/blocks/fit-message.ts';
import { renderPlan } from '../../../src/slack/blocks/plan-card.ts';
import {
  ana,
  commands,
  eventsUpTo,
  OPENED_AT_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';
import { refusals } from './refusals.ts';
import { rows, words } from './seen.ts';

const state = stateOf(eventsUpTo('plan'));

function card(changes: Partial<Plan>) {
  const [plan] = state.plans;
  if (plan === undefined) throw new Error('There is no plan.');
  const changed = { ...plan, ...changes };
  return renderPlan({ ...state, plans: [changed] }, changed);
}

const need = (rule: ApprovalNeed['rule'], ...entitledIds: string[]): Partial<Plan> => ({
  need: { rule, entitledIds },
});

describe('the card of a plan', () => {
  it('shows what it touches and when it goes in', () => {
    const text = words(
      card({ resources: ['sg-0abc', 'web'], window: { fromMs: OPENED_AT_MS, toMs: null } }),
    );

    expect(text).toContain('*Touches:* sg-0abc, web');
    expect(text).toMatch(/\*Window:\* .*2026-03-08 10:45:00 UTC.* on/);
  });

  it('calls those who may approve it, and nobody where anybody may', () => {
    expect(words(card(need('one-other', 'UANA', 'UBEN')))).toContain(
      'Waits for approval by <@UBEN>',
    );
    expect(words(card(need('one-other')))).toContain(
      'Waits for approval by somebody other than <@UANA>',
    );
    expect(words(card(need('one-other', 'UANA')))).toContain('by nobody else here');
  });

  it('goes in at once where no approval is asked for', () => {
    expect(rows(card(need('none')))).toEqual(['It is implemented']);
    expect(words(card(need('none')))).toContain('No approval is asked for at this severity');
    expect(words(card(need('none')))).toContain('planned, needs no approval');
  });

  it('is not called approved when its approval was waived', () => {
    const waived = words(card({ status: 'approved', waivedReason: 'Nobody is awake.' }));

    expect(waived).toContain('cleared without approval');
    expect(waived).not.toContain('approved');
  });

  it('puts the way back first once it is in, one tap away', () => {
    const content = card({
      status: 'implemented',
      implementedBy: ana,
      implementedAtMs: OPENED_AT_MS,
    });

    expect(words(content)).toMatch(/the way back:.*Remove the rule again\..*Do:/s);
    expect(words(content)).toContain('Redthread changes nothing in AWS');
    expect(rows(content)).toEqual(['Roll back | Roll back, and say why']);
  });

  it('keeps the way back in reach while something else is planned, and only while it is open', () => {
    const events = play([[{ ...commands.plan, planId: 'plan-2' }, ana]], eventsUpTo('implement'));
    const later = stateOf(events);
    const [first] = later.plans as [Plan];

    expect(rows(renderPlan(later, first))).toEqual(['Roll back | Roll back, and say why']);
    const closed = renderPlan({ ...later, status: 'closed' }, first);
    expect(rows(closed)).toEqual([]);
    expect(words(closed)).toContain('the way back:');
    expect(words(closed)).not.toContain('records that you did');
  });

  it('fits into a message with the longest texts', () => {
    const long = '<'.repeat(LIMITS.textCharactersMax);
    const content = card({
      solution: long,
      risk: long,
      mitigation: long,
      rollback: long,
      resources: Array.from(
        { length: LIMITS.planResourcesMax },
        (_, n) => `${n}${'&'.repeat(299)}`,
      ),
      window: { fromMs: OPENED_AT_MS, toMs: OPENED_AT_MS + 1 },
      need: { rule: 'one-other', entitledIds: Array.from({ length: 50 }, (_, n) => `U${n}`) },
      status: 'implemented',
      implementedBy: ana,
      implementedAtMs: OPENED_AT_MS,
      implementedWhat: long,
      waivedReason: long,
    });

    expect(refusals(fitMessage(content))).toEqual([]);
  });
});
