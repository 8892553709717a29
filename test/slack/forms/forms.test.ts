import type { InputBlock, ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/incident/decide.ts';
import type { FormContext, FormInput, FormValues } from '../../../src/slack/forms/form.ts';
import { FORMS } from '../../../src/slack/forms/index.ts';
import { decodeTarget, FORM_IDS, type FormId } from '../../../src/slack/ids.ts';
import { ana, eventsUpTo, OPENED_AT_MS, stateOf } from '../../support/incident-builders.ts';
import { aPlaybook, longestPlaybook } from '../../support/playbook-builders.ts';
import { checkView } from '../../support/slack/check-blocks.ts';
import { hostileLog } from '../blocks/hostile.ts';

const NOW_MS = OPENED_AT_MS + 3_600_000;

function aContext(changes: Partial<FormContext> = {}): FormContext {
  const state = stateOf(eventsUpTo('approve'));
  return {
    state,
    target: { incidentId: state.incidentId, itemId: null },
    timeZone: 'UTC',
    nowMs: NOW_MS,
    playbook: null,
    ...changes,
  };
}

function aSubmission(
  fields: Readonly<Record<string, string | null>>,
  itemId: string | null = null,
): FormInput {
  const values: FormValues = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, { value }]),
  );
  return {
    values,
    target: { incidentId: 'RT-7K3F9', itemId },
    playbook: null,
    timeZone: 'UTC',
    nowMs: NOW_MS,
    newId: (prefix) => `${prefix}-new`,
  };
}

const inputsOf = (view: ModalView): readonly InputBlock[] =>
  view.blocks.filter((block): block is InputBlock => block.type === 'input');

/** A plan has three more, which may stay empty: what it touches, and from when to when. */
const FIELDS_MAX: { readonly [F in FormId]?: number } = { plan: 7 };

describe('forms', () => {
  it.each(FORM_IDS)('%s has few fields and is accepted by Slack', (form) => {
    const view = FORMS[form].build(aContext());

    expect(checkView(view)).toEqual([]);
    expect(inputsOf(view).length).toBeLessThanOrEqual(FIELDS_MAX[form] ?? 5);
    expect(view.callback_id).toBe(`form:${form}`);
    expect(decodeTarget(view.private_metadata ?? '')?.incidentId).toBe('RT-7K3F9');
  });

  it.each(FORM_IDS)('%s says who will see what is typed', (form) => {
    expect(JSON.stringify(FORMS[form].build(aContext()))).toContain('Everybody in the thread');
  });

  it('are accepted by Slack whatever the record holds', () => {
    const anyForm = fc.constantFrom(...FORM_IDS);
    const anyItem = fc.constantFrom(null, 'hypothesis-1', 'hypothesis-2', 'evidence-1', 'plan-1');
    const anyPlaybook = fc.constantFrom(null, aPlaybook(), longestPlaybook());
    const anyChoice = fc.constantFrom(null, 'suggested', 'playbook-0', 'network', 'gone');
    const any = [hostileLog, anyForm, anyItem, anyPlaybook, anyChoice] as const;
    fc.assert(
      fc.property(...any, (events, form, itemId, playbook, choice) => {
        const state = stateOf(events);
        const target = { incidentId: state.incidentId, itemId };
        const context = aContext({ state, target, playbook, choice });
        expect(checkView(FORMS[form].build(context))).toEqual([]);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('begin with what is known already', () => {
    const view = JSON.stringify(FORMS.problem.build(aContext()));

    expect(view).toContain('Checkout answers 503 for one request in three.');
  });

  it('turn a submission into the command', () => {
    const result = FORMS.verdict.parse(
      aSubmission({ verdict: 'eliminated', finding: ' The rule is there. ' }, 'hypothesis-1'),
    );

    expect(result).toEqual({
      kind: 'command',
      command: {
        type: 'conclude-test',
        hypothesisId: 'hypothesis-1',
        verdict: 'eliminated',
        finding: 'The rule is there.',
      },
    });
  });

  it('say on the field what is missing', () => {
    const result = FORMS.plan.parse(
      aSubmission({ solution: 'Put it back.', risk: null, rollback: ' \u200b ' }),
    );

    expect(result).toEqual({
      kind: 'errors',
      errors: { risk: 'The risk is missing.', rollback: 'The way back is missing.' },
    });
  });

  it('read what a plan touches and when it goes in', () => {
    const texts = { solution: 'Put it back.', risk: 'None.', rollback: 'Take it out.' };
    const touched = { resources: 'sg-0abc, web', from: '1772967600', to: '1772971200' };

    expect(FORMS.plan.parse(aSubmission({ ...texts, ...touched }))).toMatchObject({
      command: {
        resources: ['sg-0abc', 'web'],
        window: { fromMs: 1_772_967_600_000, toMs: 1_772_971_200_000 },
      },
    });
    expect(FORMS.plan.parse(aSubmission(texts))).toMatchObject({
      command: { resources: [], window: null },
    });
  });

  it.each([
    [{ to: '1772971200' }, { from: 'A window also needs a beginning.' }],
    [{ from: '1772971200', to: '1772971200' }, { to: 'The window ends before it begins.' }],
    [{ from: 'soon' }, { from: 'This is not a time. Choose a day and a time.' }],
  ])('say what is wrong with the window %j', (window, errors) => {
    const texts = { solution: 'Put it back.', risk: 'None.', rollback: 'Take it out.' };

    expect(FORMS.plan.parse(aSubmission({ ...texts, ...window }))).toEqual({
      kind: 'errors',
      errors,
    });
  });

  it('say on the field what is too long', () => {
    const result = FORMS.note.parse(aSubmission({ text: 'a'.repeat(3_001) }));

    expect(result).toMatchObject({ kind: 'errors', errors: { text: /at most 3000/ } });
  });

  it('refuse a start that has not come yet', () => {
    const tomorrow = String(Math.floor(NOW_MS / 1_000) + 86_400);
    const result = FORMS.problem.parse(aSubmission({ symptoms: 'Slow.', started: tomorrow }));

    expect(result).toMatchObject({ kind: 'errors', errors: { started: /has not come yet/ } });
  });

  it('read the start as the time that was picked', () => {
    const picked = String(OPENED_AT_MS / 1_000);
    const result = FORMS.problem.parse(aSubmission({ symptoms: 'Slow.', started: picked }));

    expect(result).toMatchObject({ command: { startedAtMs: OPENED_AT_MS } });
  });

  it('read one preventive measure a line, with the owner of them all', () => {
    const measures = '- Add a dry run\n\n2. Alarm on removal\n';
    const result = FORMS.findings.parse(
      aSubmission({ cause: 'A job.', lessons: '', measures, owner: 'UBEN' }),
    );

    expect(result).toMatchObject({
      command: {
        preventiveMeasures: [
          { text: 'Add a dry run', ownerId: 'UBEN' },
          { text: 'Alarm on removal', ownerId: 'UBEN' },
        ],
      },
    });
  });

  it('ask for a reason to close only when something is missing, and say what', () => {
    const early = FORMS.close.build(aContext());
    const complete = FORMS.close.build(aContext({ state: stateOf(eventsUpTo('document')) }));

    expect(JSON.stringify(early)).toContain('No solution has been reported as implemented');
    expect(inputsOf(early)).toHaveLength(1);
    expect(inputsOf(complete)).toHaveLength(0);
  });

  it('link a plan to the confirmed hypothesis', () => {
    const view = FORMS.plan.build(aContext({ state: stateOf(eventsUpTo('confirm')) }));

    expect(decodeTarget(view.private_metadata ?? '')?.itemId).toBe('hypothesis-1');
  });

  it('never make `decide` throw, whatever was submitted', () => {
    const state = stateOf(eventsUpTo('approve'));
    const values = fc.dictionary(
      fc.constantFrom('text', 'symptoms', 'verdict', 'step', 'owner', 'started', 'evidence'),
      fc.record({ value: fc.option(fc.string(), { nil: null }) }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FORM_IDS), values, (form: FormId, submitted) => {
        const parsed = FORMS[form].parse({ ...aSubmission({}), values: submitted });
        const decided = [parsed].flatMap((result) =>
          result.kind === 'command' ? [decide(state, result.command, ana, NOW_MS)] : [],
        );
        expect(decided.every(({ kind }) => kind === 'accepted' || kind === 'rejected')).toBe(true);
      }),
      { endOnFailure: true },
    );
  });
});
