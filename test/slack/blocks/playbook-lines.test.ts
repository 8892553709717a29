import type { KnownBlock, StaticSelect } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIdOf } from '../../../src/domain/incident/check-ticks.ts';
import type { IncidentState, Plan } from '../../../src/domain/incident/state.ts';
import { INCIDENT_STEPS, type StepId } from '../../../src/domain/incident/steps.ts';
import type { Playbook } from '../../../src/domain/playbook/playbook.ts';
import { loadPlaybooks } from '../../../src/playbooks/load-playbooks.ts';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import { fitMessage } from '../../../src/slack/blocks/fit-message.ts';
import { playbookLines, playbookMenu } from '../../../src/slack/blocks/playbook-lines.ts';
import { renderStep } from '../../../src/slack/blocks/step-card.ts';
import { richText } from '../../../src/slack/blocks/text.ts';
import { encodeTarget, tapOf } from '../../../src/slack/ids.ts';
import { textIn } from '../../support/e2e/person.ts';
import { eventsUpTo, stateOf } from '../../support/incident-builders.ts';
import { aPlaybook, longestPlaybook } from '../../support/playbook-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';
import { anIncidentState, OPENED_AT_MS } from '../../support/store-builders.ts';
import { hostileLog } from './hostile.ts';
import { refusals } from './refusals.ts';

const { playbooks: shipped } = loadPlaybooks({ teamFolder: null });

function at(step: StepId, changes: Partial<IncidentState> = {}): IncidentState {
  return anIncidentState({
    step,
    visits: [{ step, enteredAtMs: OPENED_AT_MS, leftAtMs: null, reason: null }],
    playbook: {
      playbookId: 'downtime',
      title: 'Downtime',
      reason: 'The title says “down”.',
      isByHand: false,
      by: { kind: 'bot' },
    },
    ...changes,
  });
}

function cardOf(state: IncidentState, playbooks: readonly Playbook[]) {
  const visit = state.visits.at(-1);
  return renderStep(state, visit as NonNullable<typeof visit>, playbooks);
}

const wordsOf = (state: IncidentState, playbooks: readonly Playbook[] = [aPlaybook()]) =>
  textIn(cardOf(state, playbooks).blocks);

function menuOf(blocks: readonly KnownBlock[]): StaticSelect | undefined {
  return blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .find((element) => element.type === 'static_select');
}

describe('the playbook on the card of a step', () => {
  it('says which one and why, with its questions', () => {
    const words = wordsOf(at('identify'));
    expect(words).toContain('Playbook: Downtime . The title says “down”.');
    expect(words).toContain('Who is affected?');
  });

  it('says who chose it', () => {
    const playbook = at('identify').playbook as NonNullable<IncidentState['playbook']>;
    const by = { kind: 'person', userId: 'UANA' } as const;
    const words = wordsOf(at('identify', { playbook: { ...playbook, isByHand: true, by } }));
    expect(words).toMatch(/Downtime , chosen by @UANA/);
  });

  it('shows each check with its result', () => {
    const checks: Playbook['checks'] = [
      { text: 'Look at the status page.', kind: 'people' },
      { text: 'Was a rule changed?', kind: 'changes', classes: ['network-closed'] },
    ];
    const ranking = aRanking({ causes: [aRankedCause({ statement: 'Ana revoked a rule.' })] });
    const words = wordsOf(at('isolate', { ranking }), [aPlaybook({ checks })]);
    expect(words).toContain('👤 Look at the status page.');
    expect(words).toContain('🔶 Was a rule changed? → Ana revoked a rule.');
  });

  it('puts the causes first that something hints at, and their solutions', () => {
    const ranking = aRanking({ causes: [aRankedCause()] });
    expect(wordsOf(at('hypothesize', { ranking }))).toMatch(
      /🔶 A rule is missing\. A deployment broke it\./,
    );
    expect(wordsOf(at('solve', { ranking }))).toMatch(
      /Put the rule back\. Risk: It was removed on purpose\. Way back: Remove it again\. Roll back\./,
    );
  });

  it('has tests, what to verify, and what may prevent the next one', () => {
    expect(wordsOf(at('test'))).toContain('Connect from outside.');
    expect(wordsOf(at('verify'))).toContain('Open the page.');
    expect(wordsOf(at('document'))).toContain('Alarm on it.');
  });

  it('shows the first three, says how many more there are, and has all of them one tap away', () => {
    const questions = ['One?', 'Two?', 'Three?', 'Four?', 'Five?'];
    const { blocks } = cardOf(at('identify'), [aPlaybook({ questions })]);
    expect(textIn(blocks)).toMatch(/One\? Two\? Three\? and 2 more in the whole playbook/);
    expect(textIn(blocks)).not.toContain('Four?');
    expect(JSON.stringify(blocks)).toContain('"tap:show-playbook"');
    expect(wordsOf(at('identify'))).not.toContain('more in the whole playbook');
  });

  it.each([
    'approved',
    'implemented',
  ] as const)('lists no other solution beside a plan that is %s', (status) => {
    const [plan] = stateOf(eventsUpTo('plan')).plans as [Plan];
    const words = wordsOf(at('solve', { plans: [{ ...plan, status }] }));
    expect(words).toMatch(/Put the rule for 443 back\..*Playbook: Downtime/);
    expect(words).not.toContain('Roll back.');
    expect(wordsOf(at('solve', { plans: [{ ...plan, status: 'rolled-back' }] }))).toContain(
      'Roll back.',
    );
  });

  it('has a button for each check that is still to be asked, and says what it waits for', () => {
    const asks = (text: string, question: string) => ({ text, kind: 'trail', question }) as const;
    const checks = [asks('Who touched it?', 'touched {resource}'), asks('Root?', 'root since 7d')];
    const asked = () => {
      const { blocks } = cardOf(at('isolate'), [aPlaybook({ checks })]);
      return blocks.flatMap((block) => (block.type === 'section' ? [block] : []));
    };
    expect(asked().map(({ text }) => text?.text)).toEqual([
      '⏳ Who touched it?\nName the component first: one name, id or ARN.',
      '⏳ Root?\nNot asked yet: /trail root since 7d.',
    ]);
    expect(asked().map(({ accessory }) => accessory)).toEqual([
      undefined,
      expect.objectContaining({
        action_id: 'tap:ask-check',
        value: encodeTarget({ incidentId: 'RT-1', itemId: checkIdOf('Root?') }),
      }),
    ]);
    expect(JSON.stringify(cardOf(at('hypothesize'), [aPlaybook({ checks })]))).not.toContain(
      'ask-',
    );
  });

  it('links runbooks', () => {
    const url = 'https://wiki.example/x';
    const link = { title: 'Runbook', url, alarms: [], resources: [], tags: [] };
    const { blocks } = cardOf(at('isolate'), [aPlaybook({ links: [link] })]);
    expect(JSON.stringify(blocks)).toContain('"url":"https://wiki.example/x"');
  });

  it('is left out where there is none, and once the step is over', () => {
    expect(wordsOf(at('identify', { playbook: null }))).not.toContain('Playbook:');
    const over = at('identify', {
      visits: [{ step: 'identify', enteredAtMs: 1, leftAtMs: 2, reason: null }],
    });
    expect(wordsOf(over)).not.toContain('Playbook:');
  });

  it('that the team removed since is named all the same', () => {
    expect(wordsOf(at('identify'), [aPlaybook({ id: 'other' })])).toContain(
      'it is not among the playbooks any more',
    );
  });

  it('is changed by one choice from a menu of the others', () => {
    const others = [aPlaybook(), aPlaybook({ id: 'cost', title: 'Cost' })];
    const menu = menuOf(cardOf(at('identify'), others).blocks);
    expect(menu?.options?.map(({ text }) => text.text)).toEqual(['Cost']);
    const [option] = menu?.options ?? [];
    const selected = {
      action_id: menu?.action_id ?? '',
      selected_option: { value: option?.value ?? '' },
    };
    expect(tapOf(selected)).toEqual({
      tap: 'choose-playbook',
      target: encodeTarget({ incidentId: 'RT-1', itemId: 'cost' }),
    });
    expect(menuOf(cardOf(at('identify'), [aPlaybook()]).blocks)).toBeUndefined();
  });

  it('offers as many others as a menu of Slack takes', () => {
    const many = Array.from({ length: 120 }, (_, index) => aPlaybook({ id: `p${index}` }));
    expect(menuOf(cardOf(at('identify'), many).blocks)?.options).toHaveLength(100);
  });
});

describe('an incident with playbooks', () => {
  it('is never refused by Slack and never does harm, whatever the record holds', () => {
    fc.assert(
      fc.property(hostileLog, fc.constantFrom(...INCIDENT_STEPS), (events, { id }) => {
        const told = { ...stateOf(events), status: 'open' as const, step: id };
        const state = { ...told, playbook: told.playbook ?? at(id).playbook };
        const lines = richText(...playbookLines(state, id, shipped));
        const card = { text: 'A step', blocks: [lines, ...playbookMenu(state, shipped)] };
        expect(refusals(fitMessage(card))).toEqual([]);
        expect(refusals(toConservative(card))).toEqual([]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });
});

describe.each(INCIDENT_STEPS.map(({ id }) => id))('the card of the step %s', (step) => {
  it.each([
    [
      'with the longest playbook among a hundred',
      [
        longestPlaybook(),
        ...Array.from({ length: 105 }, (_, index) =>
          aPlaybook({ id: `p${index}`, title: 'W'.repeat(60) }),
        ),
      ],
    ],
    ['with the shipped ones', shipped],
  ])('is taken by Slack %s', (_, playbooks) => {
    const card = cardOf(at(step), playbooks);
    expect(refusals(fitMessage(card))).toEqual([]);
    expect(refusals(toConservative(card))).toEqual([]);
  });

  it.each(
    shipped.map((playbook) => [playbook.id, playbook] as const),
  )('holds all of the shipped playbook %s without a cut', (playbookId, playbook) => {
    const base = at(step).playbook as NonNullable<IncidentState['playbook']>;
    const card = cardOf(at(step, { playbook: { ...base, playbookId } }), shipped);
    expect(playbook.id).toBe(playbookId);
    expect(textIn(fitMessage(card).blocks)).toBe(textIn(card.blocks));
  });
});
