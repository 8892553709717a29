import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { FORMS } from '../../../src/slack/forms/index.ts';
import { decodeTarget, type FormId } from '../../../src/slack/ids.ts';
import { eventsUpTo, stateOf } from '../../support/incident-builders.ts';
import { aPlaybook } from '../../support/playbook-builders.ts';

const isInput = (block: KnownBlock): block is InputBlock => block.type === 'input';

/** What stands in each field before anybody types. */
function prefilled({ blocks }: ModalView): Readonly<Record<string, string>> {
  const rows = (blocks as KnownBlock[]).filter(isInput).map(({ block_id: name = '', element }) => {
    const { initial_value: initial = '' } = element as { initial_value?: string };
    return [name, initial] as const;
  });
  return Object.fromEntries(rows);
}

const fieldOf = (view: ModalView, name: string) =>
  (view.blocks as KnownBlock[]).filter(isInput).find(({ block_id }) => block_id === name);

describe('a form that somebody else overtook', () => {
  const opened = { incidentId: 'RT-7K3F9', itemId: null, basis: '0-none' };
  const overtaken = (form: FormId, initial: Readonly<Record<string, string>>) => {
    const state = stateOf(eventsUpTo('approve'));
    const context = { state, target: opened, timeZone: 'UTC', nowMs: 0, playbook: aPlaybook() };
    return FORMS[form].build({ ...context, initial, isOutdated: true });
  };

  it('shows their plan, and keeps every word that was typed', () => {
    const typed = {
      ...{ solution: 'Restart it.', risk: 'Cold caches.', mitigation: '', rollback: 'None.' },
      ...{ resources: 'i-0abc', from: '1772966400', to: '' },
    };
    const view = overtaken('plan', typed);

    expect(JSON.stringify(view.blocks[0])).toMatch(/UANA.*Put the rule for 443 back\./);
    expect(prefilled(view)).toMatchObject({
      ...{ solution: 'Restart it.', risk: 'Cold caches.', mitigation: '', rollback: 'None.' },
      resources: 'i-0abc',
    });
    expect(fieldOf(view, 'from')?.element).toMatchObject({ initial_date_time: 1_772_966_400 });
    expect(decodeTarget(view.private_metadata ?? '')?.basis).toBe('1-approved');
  });

  it('shows their statement of the problem, and keeps every word that was typed', () => {
    const typed = { symptoms: 'It is slow.', affected: '', started: '', changes: 'None.' };
    const view = overtaken('problem', typed);

    expect(JSON.stringify(view.blocks[0])).toMatch(/UANA.*Checkout answers 503/);
    expect(prefilled(view)).toMatchObject({
      symptoms: 'It is slow.',
      affected: '',
      changes: 'None.',
    });
  });

  it('still knows what was seen after a choice has filled its fields', () => {
    const state = stateOf(eventsUpTo('approve'));
    const context = { state, target: opened, timeZone: 'UTC', nowMs: 0, playbook: aPlaybook() };
    const view = FORMS.plan.build({ ...context, choice: 'playbook-0' });

    expect(decodeTarget(view.private_metadata ?? '')?.basis).toBe('0-none');
  });
});
