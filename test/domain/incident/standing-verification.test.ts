import { describe, expect, test } from 'vitest';
import { missingForClose } from '../../../src/domain/incident/close-gate.ts';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { buildDocument } from '../../../src/domain/incident/document.ts';
import type { Actor } from '../../../src/domain/incident/events.ts';
import { renderMarkdown } from '../../../src/domain/incident/render-markdown.ts';
import { profileOf } from '../../../src/domain/knowledge/profile.ts';
import {
  ana,
  commands,
  eventsUpTo,
  OPENED_AT_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

type Story = readonly (readonly [IncidentCommand, Actor])[];

const REOPEN: Story = [[{ type: 'reopen-incident', reason: 'It is back.' }, ana]];
const ROLL_BACK: Story = [[{ type: 'roll-back', planId: 'plan-1', reason: 'Side effects.' }, ana]];
const VERIFY_AGAIN: Story = [
  [{ type: 'move-to-step', step: 'verify', reason: 'It was another thing.' }, ana],
  [{ ...commands.verify, finding: 'Quiet for an hour.' }, ana],
];

/** What each part of the product makes of the verification. */
function toldOf(story: Story, from: 'document' | 'close') {
  const events = play(story, eventsUpTo(from));
  const state = stateOf(events);
  const document = buildDocument({
    state,
    events,
    names: new Map(),
    generatedAtMs: OPENED_AT_MS,
    permalinks: new Map(),
  });
  return {
    outcome: /\*\*Outcome:\*\* ([a-z ]+)/.exec(renderMarkdown(document))?.[1],
    fix: profileOf(state).fix,
    facts: document.process.find(({ criterion }) => criterion === 'effectiveness')?.facts ?? [],
    isMissing: missingForClose(state).some(({ part }) => part === 'verification'),
  };
}

describe('a verification', () => {
  test('stands as long as nothing was changed after it', () => {
    expect(toldOf([], 'close')).toMatchObject({
      outcome: 'verified ',
      fix: 'Rule restored by pipeline.',
      facts: expect.arrayContaining(['The first solution that was verified worked.']),
      isMissing: false,
    });
  });

  test.each([
    ['a reopening', REOPEN, 'close'],
    ['a roll-back', ROLL_BACK, 'document'],
  ] as const)('does not stand after %s, wherever it is told', (_what, story, from) => {
    expect(toldOf(story, from)).toMatchObject({
      outcome: 'not verified any more',
      fix: null,
      facts: expect.arrayContaining(['No solution was verified to work at the end.']),
      isMissing: true,
    });
  });

  test('stands again after the next one, and the first was not enough', () => {
    const told = toldOf([...REOPEN, ...VERIFY_AGAIN], 'close');

    expect(told).toMatchObject({ outcome: 'verified ', isMissing: false });
    expect(told.facts).not.toContain('The first solution that was verified worked.');
  });
});
