import { describe, expect, it } from 'vitest';
import { renderIncident } from '../../../src/slack/blocks/render-incident.ts';
import { fullIncident } from '../../support/full-incident.ts';
import { ana, ben, OPENED_AT_MS, play, stateOf } from '../../support/incident-builders.ts';

const edited = play(
  [
    [{ type: 'edit-document', section: 'lessons', text: 'Ours.', basis: 0 }, ana],
    [{ type: 'edit-document', section: 'impact', text: 'Everybody.', basis: 0 }, ana],
    [{ type: 'edit-document', section: 'impact', text: '', basis: 1 }, ben],
  ],
  fullIncident(),
);

describe('the card of step 7', () => {
  it('says which sections were edited and by whom, and opens the forms after the closing, too', () => {
    const slots = renderIncident({ state: stateOf(edited), events: edited, nowMs: OPENED_AT_MS });
    const card = JSON.stringify(slots.find(({ slot }) => slot === 'step-7-1')?.blocks);
    expect(card).toContain('Edited: Lessons');
    expect(card).toContain('UANA');
    expect(card).not.toContain('Edited: Impact');
    expect(card).toContain('tap:edit-document');
    expect(card).toContain('open:evaluation');
  });
});
