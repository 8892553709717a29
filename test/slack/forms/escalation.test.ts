import type { InputBlock, KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { escalationForm } from '../../../src/slack/forms/escalation.ts';
import { decodeTarget } from '../../../src/slack/ids.ts';
import { ana, bot, commands, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';
import { aRanking } from '../../support/ranking-builders.ts';

const RANK = [{ type: 'rank-causes', ranking: aRanking() }, bot] as const;
const ELIMINATE = [
  { ...commands.confirm, hypothesisId: 'cause-e1', verdict: 'eliminated' },
  ana,
] as const;
const known = { timeZone: 'UTC', nowMs: 0, playbook: null } as const;
const ranked = stateOf(play([RANK], eventsUpTo('isolate')));

function build(state: typeof ranked) {
  const target = { incidentId: state.incidentId, itemId: null };
  return escalationForm.build({ ...known, state, target });
}

const isInput = (block: KnownBlock): block is InputBlock => block.type === 'input';

/** What goes on the record when somebody sends the form that was opened for a colleague. */
function sent(to: string, change: (facts: string) => string): string {
  const view = build(ranked);
  const field = (view.blocks as KnownBlock[])
    .filter(isInput)
    .find(({ block_id }) => block_id === 'facts');
  const { initial_value: facts = '' } = (field?.element ?? {}) as { initial_value?: string };
  const parsed = escalationForm.parse({
    ...known,
    values: {
      to: { value: to },
      reason: { value: 'Help us.' },
      facts: { value: change(facts) },
    },
    target: decodeTarget(view.private_metadata ?? '') ?? { incidentId: null, itemId: null },
    state: { ...ranked, resources: ['i-0new'] },
    newId: (prefix) => prefix,
  });
  return (parsed as { command: { reason: string } }).command.reason;
}

describe('the form of an escalation', () => {
  it('asks for a diagnosis first as long as nothing was tested, and holds nobody up', () => {
    const tested = stateOf(play([RANK, ELIMINATE], eventsUpTo('isolate')));
    const asksForATest = 'test the likeliest one first';

    expect(JSON.stringify(build(ranked))).toContain(asksForATest);
    expect(JSON.stringify(build(tested))).not.toContain(asksForATest);
  });

  it('sends AWS the text that names nobody, when the one for a colleague was left as it is', () => {
    expect(sent('Network team', (facts) => facts)).toContain('Most likely so far');
    expect(sent('AWS Support', (facts) => facts)).not.toContain('Most likely so far');
    expect(sent('AWS Support', (facts) => facts)).toMatch(/^Help us\.\n\nProblem: /);
    expect(sent('AWS Support', (facts) => `${facts} Mine.`)).toContain('Mine.');
  });
});
