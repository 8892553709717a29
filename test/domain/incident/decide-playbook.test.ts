import { describe, expect, test } from 'vitest';
import type { ChosenPlaybook } from '../../../src/domain/incident/commands.ts';
import { buildTimeline } from '../../../src/domain/incident/timeline.ts';
import {
  ana,
  answer,
  ben,
  bot,
  eventsUpTo,
  openCommand,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const chosen = (changes: Partial<ChosenPlaybook> = {}): ChosenPlaybook => ({
  playbookId: 'downtime',
  title: 'Downtime',
  reason: 'The title says “down”.',
  isByHand: false,
  ...changes,
});
const choose = (changes: Partial<ChosenPlaybook> = {}) =>
  ({ type: 'choose-playbook', ...chosen(changes) }) as const;
const byHand = choose({
  playbookId: 'cost',
  title: 'Cost overrun',
  reason: 'Chosen by hand.',
  isByHand: true,
});

describe('the playbook of an incident', () => {
  test('is chosen at the opening, before the first step', () => {
    const events = play([[openCommand({ playbook: chosen() }), ana]]);
    expect(events.map(({ event }) => event.type)).toEqual([
      'incident-opened',
      'playbook-chosen',
      'step-entered',
      'gathering-requested',
    ]);
    expect(stateOf(events).playbook).toEqual({ ...chosen(), by: ana });
  });

  test('may be missing', () => {
    expect(stateOf(eventsUpTo('open')).playbook).toBeNull();
    expect(stateOf(play([[openCommand({ playbook: null }), ana]])).playbook).toBeNull();
  });

  test('is chosen anew by the bot when it knows more, and told on the timeline', () => {
    const events = play([[choose(), bot]], eventsUpTo('open'));
    const later = play([[choose({ playbookId: 'cost', title: 'Cost overrun' }), bot]], events);
    expect(stateOf(later).playbook?.playbookId).toBe('cost');
    expect(buildTimeline(later)).toContainEqual(
      expect.objectContaining({
        sentence: 'Playbook chosen by Redthread',
        detail: 'Cost overrun. The title says “down”.',
      }),
    );
  });

  test('chosen by a person stays, whatever the bot thinks of it', () => {
    const events = play([[byHand, ana]], eventsUpTo('open'));
    expect(stateOf(events).playbook).toMatchObject({ playbookId: 'cost', isByHand: true, by: ana });
    expect(answer(events, choose(), bot)).toEqual({ kind: 'accepted', events: [] });
    expect(
      stateOf(play([[{ ...byHand, playbookId: 'security' }, ben]], events)).playbook,
    ).toMatchObject({ playbookId: 'security', by: ben });
  });

  test('can be confirmed by a person, once', () => {
    const automatic = play([[choose(), bot]], eventsUpTo('open'));
    const confirmed = play([[choose({ isByHand: true }), ana]], automatic);
    expect(stateOf(confirmed).playbook?.isByHand).toBe(true);
    expect(answer(confirmed, choose({ isByHand: true }), ben)).toMatchObject({
      code: 'already-done',
      sentence: 'The playbook is “Downtime” already.',
    });
  });

  test('is left alone by the bot once people test and fix', () => {
    const solving = eventsUpTo('confirm');
    expect(stateOf(solving).step).toBe('solve');
    expect(answer(solving, choose(), bot)).toEqual({ kind: 'accepted', events: [] });
    expect(answer(solving, byHand, ana)).toMatchObject({
      kind: 'accepted',
      events: [byHandEvent()],
    });
  });

  test('is the same again without an event', () => {
    const events = play([[choose(), bot]], eventsUpTo('open'));
    expect(answer(events, choose({ reason: 'Another reason.' }), bot)).toEqual({
      kind: 'accepted',
      events: [],
    });
  });
});

function byHandEvent() {
  const { type: _type, ...fields } = byHand;
  return { type: 'playbook-chosen', ...fields };
}
