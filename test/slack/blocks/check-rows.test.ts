import { describe, expect, it } from 'vitest';
import { checkIdOf } from '../../../src/domain/incident/check-ticks.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { PLAYBOOK_LIMITS } from '../../../src/domain/playbook/playbook.ts';
import { checkRows } from '../../../src/slack/blocks/check-rows.ts';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import { fitMessage } from '../../../src/slack/blocks/fit-message.ts';
import { renderStep } from '../../../src/slack/blocks/step-card.ts';
import { encodeTarget, tapOf } from '../../../src/slack/ids.ts';
import { textIn } from '../../support/e2e/person.ts';
import { ana, ben } from '../../support/incident-builders.ts';
import { aPlaybook, longestPlaybook } from '../../support/playbook-builders.ts';
import { anIncidentState, OPENED_AT_MS } from '../../support/store-builders.ts';
import { refusals } from './refusals.ts';

const playbook = aPlaybook({ verification: ['Open the page.', 'Queues are worked off.'] });
const ticked = { text: 'Open the page.', by: ben, atMs: OPENED_AT_MS + 1 };

function verifying(changes: Partial<IncidentState> = {}): IncidentState {
  return anIncidentState({
    step: 'verify',
    visits: [{ step: 'verify', enteredAtMs: OPENED_AT_MS, leftAtMs: null, reason: null }],
    playbook: {
      playbookId: 'downtime',
      title: 'Downtime',
      reason: 'The title says “down”.',
      isByHand: false,
      by: ana,
    },
    ...changes,
  });
}

function cardOf(state: IncidentState, playbooks = [playbook]) {
  const visit = state.visits.at(-1);
  return renderStep(state, visit as NonNullable<typeof visit>, playbooks);
}

const buttonsOf = (state: IncidentState) =>
  checkRows(state, [playbook]).flatMap((block) =>
    block.type === 'section' && block.accessory?.type === 'button' ? [block.accessory] : [],
  );

describe('the checks on the card of step 6', () => {
  it('have a button each, that says which one it is about', () => {
    expect(buttonsOf(verifying()).map(({ action_id, value }) => [action_id, value])).toEqual(
      playbook.verification.map((text) => [
        'tap:tick-check',
        encodeTarget({ incidentId: 'RT-1', itemId: checkIdOf(text) }),
      ]),
    );
  });

  it('once ticked say who ticked them, and can be taken back from a menu', () => {
    const state = verifying({ checks: [ticked] });
    expect(buttonsOf(state)).toHaveLength(1);
    expect(textIn(cardOf(state).blocks)).toMatch(/Checked: ✅ Open the page\. \( ?@UBEN/);
    const menu = checkRows(state, [playbook])
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .find((element) => element.type === 'static_select');
    const value = menu?.options?.[0]?.value ?? '';
    expect(tapOf({ action_id: menu?.action_id ?? '', selected_option: { value } })).toEqual({
      tap: 'untick-check',
      target: encodeTarget({ incidentId: 'RT-1', itemId: checkIdOf(ticked.text) }),
    });
  });

  it('are to be ticked again after a fix that did not work', () => {
    const verifications = [
      { verified: false, finding: 'Still 503.', by: ana, atMs: OPENED_AT_MS + 2 },
    ];
    const state = verifying({ checks: [ticked], verifications });
    expect(buttonsOf(state)).toHaveLength(2);
    expect(textIn(cardOf(state).blocks)).not.toContain('Checked:');
  });

  it('stay readable once the step is over, without buttons', () => {
    const visits = [
      { step: 'verify', enteredAtMs: OPENED_AT_MS, leftAtMs: OPENED_AT_MS + 5, reason: null },
    ] as const;
    const { blocks } = cardOf(verifying({ checks: [ticked], visits }));
    expect(textIn(blocks)).toContain('Checked: ✅ Open the page.');
    expect(JSON.stringify(blocks)).not.toContain('tick-check');
  });

  it('ticked from a playbook that was changed since are still shown', () => {
    const state = verifying({ checks: [{ ...ticked, text: 'An older check.' }] });
    expect(textIn(cardOf(state).blocks)).toContain('✅ An older check.');
    expect(buttonsOf(state)).toHaveLength(2);
  });

  it.each([
    0,
    1,
    5,
    PLAYBOOK_LIMITS.verificationMax,
  ])('of the longest playbook are taken by Slack with %i of them ticked', (count) => {
    const longest = longestPlaybook();
    const checks = longest.verification.slice(0, count).map((text) => ({ ...ticked, text }));
    const card = cardOf(verifying({ checks }), [longest]);
    expect(refusals(fitMessage(card))).toEqual([]);
    expect(refusals(toConservative(card))).toEqual([]);
    expect(JSON.stringify(fitMessage(card)).match(/tap:tick-check/g) ?? []).toHaveLength(
      PLAYBOOK_LIMITS.verificationMax - count,
    );
  });
});
