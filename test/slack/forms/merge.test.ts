import { describe, expect, it } from 'vitest';
import { buildMergeForm, parseMergeForm } from '../../../src/slack/forms/merge.ts';
import { decodeTarget } from '../../../src/slack/ids.ts';
import { summarize } from '../../../src/store/summarize.ts';
import { checkView } from '../../support/slack/check-blocks.ts';
import { anIncidentState } from '../../support/store-builders.ts';

const others = (count: number, title: string) =>
  Array.from({ length: count }, (_, index) =>
    summarize(anIncidentState({ incidentId: `RT-${index}`, title })),
  );

describe('the form that merges', () => {
  it('is accepted by Slack with as many incidents as a menu holds, whatever they are called', () => {
    const hostile = `<!channel>\n${'🔥'.repeat(400)}`;
    const view = buildMergeForm(anIncidentState({ incidentId: 'RT-SELF' }), others(100, hostile));
    expect(checkView(view)).toEqual([]);
    expect(decodeTarget(view.private_metadata ?? '')?.incidentId).toBe('RT-SELF');
  });

  it('has the only other incident chosen already', () => {
    const one = JSON.stringify(buildMergeForm(anIncidentState(), others(1, 'Checkout')));
    const two = JSON.stringify(buildMergeForm(anIncidentState(), others(2, 'Checkout')));
    expect(one).toContain('initial_option');
    expect(two).not.toContain('initial_option');
  });

  it('asks for a choice that was not made', () => {
    expect(parseMergeForm({ into: { value: 'RT-1' } })).toEqual({ kind: 'into', intoId: 'RT-1' });
    expect(parseMergeForm({})).toEqual({
      kind: 'errors',
      errors: { into: 'Choose an incident.' },
    });
  });
});
