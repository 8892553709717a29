import { describe, expect, it } from 'vitest';
import { type ClosePart, missingForClose } from '../../../src/domain/incident/close-gate.ts';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Actor, RecordedEvent } from '../../../src/domain/incident/events.ts';
import { FORMS } from '../../../src/slack/forms/index.ts';
import { decodeTarget, formOf, tapOf } from '../../../src/slack/ids.ts';
import {
  ana,
  commands,
  eventsUpTo,
  OPENED_AT_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

type Story = readonly (readonly [IncidentCommand, Actor])[];

const move = (step: 'solve' | 'verify') =>
  ({ type: 'move-to-step', step, reason: 'To get on.' }) as const;
const vague = play([
  [{ ...commands.open, startedAtMs: null }, ana],
  [{ ...commands.state, affected: '', startedAtMs: null }, ana],
] as Story);
const rolledBack = play(
  [[{ type: 'roll-back', planId: 'plan-1', reason: 'Side effects.' }, ana]],
  eventsUpTo('document'),
);

/** Each part of the gate, when it is missing, with what its one button opens. */
const MISSING: Readonly<
  Record<ClosePart, readonly (readonly [events: readonly RecordedEvent[], opens: string])[]>
> = {
  problem: [[eventsUpTo('open'), 'problem']],
  scope: [[vague, 'problem']],
  'start-time': [[vague, 'problem']],
  component: [
    [eventsUpTo('state'), 'isolation'],
    [eventsUpTo('open'), 'move isolate'],
  ],
  verdict: [
    [eventsUpTo('isolate'), 'hypothesis'],
    [eventsUpTo('propose'), 'test hypothesis-1'],
    [eventsUpTo('startTest'), 'verdict hypothesis-1'],
    [play([[move('verify'), ana]], eventsUpTo('propose')), 'move test'],
  ],
  plan: [
    [eventsUpTo('confirm'), 'plan'],
    [eventsUpTo('open'), 'plan'],
  ],
  implementation: [
    [eventsUpTo('confirm'), 'plan'],
    [eventsUpTo('plan'), 'tap approve-plan plan-1'],
    [eventsUpTo('approve'), 'implemented plan-1'],
    [rolledBack, 'plan'],
  ],
  verification: [
    [eventsUpTo('implement'), 'verified'],
    [eventsUpTo('plan'), 'move verify'],
  ],
  'root-cause': [
    [eventsUpTo('verify'), 'findings'],
    [eventsUpTo('open'), 'move document'],
  ],
  'preventive-measures': [
    [eventsUpTo('verify'), 'findings'],
    [
      play([[{ ...commands.document, preventiveMeasures: [] }, ana]], eventsUpTo('verify')),
      'findings',
    ],
  ],
};

const CASES = Object.entries(MISSING).flatMap(([part, rows]) =>
  rows.map(([events, opens]) => ({ part: part as ClosePart, events, opens })),
);

interface Row {
  readonly text: string;
  readonly button: { readonly action_id: string; readonly value: string };
}

function rowsOf(events: readonly RecordedEvent[]): readonly Row[] {
  const target = { incidentId: 'RT-7K3F9', itemId: null };
  const known = { state: stateOf(events), target, timeZone: 'UTC', nowMs: OPENED_AT_MS };
  const { blocks } = FORMS.close.build({ ...known, playbook: null });
  return blocks.flatMap((block) =>
    'accessory' in block && block.accessory !== undefined
      ? [{ text: block.text?.text ?? '', button: block.accessory as Row['button'] }]
      : [],
  );
}

function opensWhat({ button }: Row): string {
  const form = formOf(button)?.form ?? null;
  const itemId = decodeTarget(button.value)?.itemId ?? null;
  return [form ?? `tap ${tapOf(button)?.tap}`, itemId].filter((word) => word !== null).join(' ');
}

describe('the form to close an incident', () => {
  it.each(CASES)('offers “$opens” for a missing $part', ({ part, events, opens }) => {
    const missing = missingForClose(stateOf(events));
    const sentence = missing.find((row) => row.part === part)?.sentence;
    const rows = rowsOf(events).filter(({ text }) => text === sentence);
    expect(rows.map(opensWhat)).toEqual([opens]);
  });

  it('has one row for each part, and no other', () => {
    const sentences = missingForClose(stateOf(eventsUpTo('open'))).map((row) => row.sentence);
    expect(rowsOf(eventsUpTo('open')).map(({ text }) => text)).toEqual(sentences);
    expect(rowsOf(eventsUpTo('document'))).toEqual([]);
  });

  it('asks for no approval where none is needed', () => {
    const none = { rule: 'none', entitledIds: [] } as const;
    const events = eventsUpTo('plan').map((recorded) =>
      recorded.event.type === 'solution-planned'
        ? { ...recorded, event: { ...recorded.event, need: none } }
        : recorded,
    );
    expect(rowsOf(events).map(opensWhat)).toContain('implemented plan-1');
  });

  it('moves to the step in which it can be mended', () => {
    const target = { incidentId: 'RT-7K3F9', itemId: 'verify' };
    const known = { state: stateOf(eventsUpTo('plan')), target, timeZone: 'UTC', nowMs: 0 };
    const view = FORMS.move.build({ ...known, playbook: null });
    expect(JSON.stringify(view)).toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"6.',
    );
  });
});
