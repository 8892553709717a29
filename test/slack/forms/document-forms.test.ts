import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { EDITABLE_SECTIONS } from '../../../src/domain/incident/document-edits.ts';
import { REMARKS } from '../../../src/domain/incident/evaluation.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { buildEditList } from '../../../src/slack/blocks/edit-list.ts';
import { FORMS } from '../../../src/slack/forms/index.ts';
import { decodeTarget, type FormId } from '../../../src/slack/ids.ts';
import { fullIncident } from '../../support/full-incident.ts';
import { ana, ben, OPENED_AT_MS, play, stateOf } from '../../support/incident-builders.ts';
import { checkView } from '../../support/slack/check-blocks.ts';

const LONG = `${'\u202E<!channel> *'.repeat(300)}`.slice(0, LIMITS.textCharactersMax);
const closed = fullIncident();

function formOf(form: FormId, events: readonly RecordedEvent[], more: object = {}): ModalView {
  const target = { incidentId: 'RT-7K3F9', itemId: null, ...more };
  const known = { state: stateOf(events), target, timeZone: 'UTC', nowMs: OPENED_AT_MS };
  return FORMS[form].build({ ...known, playbook: null, ...more });
}

const worst = play(
  EDITABLE_SECTIONS.map(
    (section) =>
      [
        { type: 'edit-document', section, text: `${section}${LONG}`.slice(0, 3_000), basis: 0 },
        ana,
      ] as const,
  ),
  closed,
);
const remarks = Object.fromEntries(REMARKS.map((name) => [name, LONG])) as Record<
  (typeof REMARKS)[number],
  string
>;
const evaluated = play([[{ type: 'evaluate-process', ...remarks, basis: 0 }, ben]], worst);

describe('the list of what can be edited', () => {
  it('has each section once, with its button, and fits Slack whatever people wrote', () => {
    const list = buildEditList(stateOf(evaluated));
    const buttons = JSON.stringify(list).match(/"action_id":"[^"]+"/g);
    expect(buttons).toHaveLength(EDITABLE_SECTIONS.length + 1);
    expect(checkView(list)).toEqual([]);
  });
});

describe('the form of a section', () => {
  it.each(
    EDITABLE_SECTIONS,
  )('%s begins with what the document says and carries what was seen', (section) => {
    const target = { incidentId: 'RT-7K3F9', itemId: section };
    const first = formOf('edit-section', closed, { target });
    const again = formOf('edit-section', worst, { target });
    expect(decodeTarget(first.private_metadata ?? '')?.itemId).toBe(`${section}-0`);
    expect(decodeTarget(again.private_metadata ?? '')?.itemId).toBe(`${section}-1`);
    expect(checkView(again)).toEqual([]);
    const target2 = { incidentId: 'RT-7K3F9', itemId: `${section}-1` };
    const values = { text: { value: ' Ours. ' } };
    const input = { values, target: target2, timeZone: 'UTC', nowMs: 0, newId: () => 'x' };
    expect(FORMS['edit-section'].parse({ ...input, playbook: null })).toEqual({
      kind: 'command',
      command: { type: 'edit-document', section, text: 'Ours.', basis: 1 },
    });
  });

  it('shows what somebody changed meanwhile above what was typed, and fits', () => {
    const target = { incidentId: 'RT-7K3F9', itemId: 'lessons-0' };
    const initial = { text: `mine${LONG}`.slice(0, 3_000) };
    const view = formOf('edit-section', worst, { target, initial, isOutdated: true });
    expect(JSON.stringify(view.blocks[0])).toContain('UANA');
    expect(JSON.stringify(view)).toContain('"initial_value":"mine');
    expect(checkView(view)).toEqual([]);
  });
});

describe('the form of the evaluation', () => {
  it('has five questions at most, and fits with another one above it', () => {
    const view = formOf('evaluation', evaluated, { initial: remarks, isOutdated: true });
    expect(view.blocks.filter(({ type }) => type === 'input')).toHaveLength(5);
    expect(JSON.stringify(view.blocks[0])).toContain('UBEN');
    expect(checkView(view)).toEqual([]);
  });
});
