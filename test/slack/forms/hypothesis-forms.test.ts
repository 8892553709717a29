import type { InputBlock, ModalView, PlainTextInput } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Actor } from '../../../src/domain/incident/events.ts';
import { testLookId } from '../../../src/domain/incident/hypotheses.ts';
import { FORMS } from '../../../src/slack/forms/index.ts';
import { decodeTarget, type FormId } from '../../../src/slack/ids.ts';
import { aCoverage } from '../../support/full-incident.ts';
import { ana, bot, commands, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';
import { aRanking } from '../../support/ranking-builders.ts';
import { aRecord } from '../../support/trail-record.ts';

const CAUSE_ID = 'cause-e1';
const CONFIRM: readonly [IncidentCommand, Actor] = [
  { ...commands.confirm, hypothesisId: CAUSE_ID },
  ana,
];

function build(
  form: FormId,
  itemId: string | null,
  ...steps: readonly (readonly [IncidentCommand, Actor])[]
) {
  const events = play(
    [[{ type: 'rank-causes', ranking: aRanking() }, bot], ...steps],
    eventsUpTo('isolate'),
  );
  const state = stateOf(events);
  const target = { incidentId: state.incidentId, itemId };
  return FORMS[form].build({ state, target, timeZone: 'UTC', nowMs: 0, playbook: null });
}

/** What stands in each field before anybody types. */
function prefilled({ blocks }: ModalView): Readonly<Record<string, string>> {
  const inputs = blocks.filter((block): block is InputBlock => block.type === 'input');
  const texts = inputs.map(({ block_id: name = '', element }) => {
    const { initial_value: initial = '' } = element as PlainTextInput;
    return [name, initial] as const;
  });
  return Object.fromEntries(texts);
}

describe('the form of a test', () => {
  it('begins with the test that the bot suggests, and says whose it is', () => {
    const view = build('test', CAUSE_ID);

    expect(prefilled(view)).toEqual({ test: 'Look whether the rule is missing from sg-0abc.' });
    expect(JSON.stringify(view)).toContain('Suggested by Redthread.');
  });
});

describe('the form of a verdict', () => {
  it('shows what the bot has read for the test that runs', () => {
    const test = { ...commands.startTest, hypothesisId: CAUSE_ID };
    const read = (testNumber: number) =>
      ({
        type: 'add-note',
        noteId: testLookId(CAUSE_ID, testNumber),
        text: `Read for test ${testNumber}: no call.`,
      }) as const;
    const inVain = {
      ...commands.confirm,
      hypothesisId: CAUSE_ID,
      verdict: 'inconclusive',
    } as const;
    const first = [[test, ana] as const, [read(1), bot] as const];

    expect(JSON.stringify(build('verdict', CAUSE_ID, ...first))).toContain('Read for test 1');
    const again = build('verdict', CAUSE_ID, ...first, [inVain, ana], [test, ana]);
    expect(JSON.stringify(again)).not.toContain('Read for test');
  });
});

describe('the form of a plan', () => {
  const SUGGESTED = {
    solution: 'Put the rule back.',
    risk: 'If it was removed for safety, it opens the door again.',
    mitigation: '',
    rollback: 'Remove the rule again.',
  };

  it.each([CAUSE_ID, null])('begins with the suggestion for what is confirmed (%s)', (itemId) => {
    const view = build('plan', itemId, CONFIRM);

    expect(prefilled(view)).toMatchObject(SUGGESTED);
    expect(JSON.stringify(view)).toContain('checked by nobody yet');
    expect(decodeTarget(view.private_metadata ?? '')?.itemId).toBe(CAUSE_ID);
  });

  it('suggests the resources of the calls behind the cause, where they are on record', () => {
    const records = [
      aRecord({ eventId: 'e1', named: ['sg-0abc', 'rule-443'] }),
      aRecord({ eventId: 'e2', named: ['i-0other'] }),
    ];
    const evidence = {
      kind: 'lookup',
      evidenceId: 'lookup-1',
      gatheringId: null,
      question: 'who changed sg-0abc',
      records,
      coverage: aCoverage(),
    } as const;
    const view = build('plan', CAUSE_ID, [{ type: 'record-evidence', evidence }, ana], CONFIRM);

    expect(prefilled(view)).toMatchObject({ resources: 'sg-0abc, rule-443' });
  });

  it('begins with the plan that is open, which people have written', () => {
    const own = { solution: 'Our own.', resources: ['sg-0abc', 'web'] };
    const plan = { ...commands.plan, hypothesisId: CAUSE_ID, ...own };

    expect(prefilled(build('plan', null, CONFIRM, [plan, ana]))).toMatchObject({
      solution: 'Our own.',
      resources: 'sg-0abc, web',
    });
  });

  it.each([CAUSE_ID, null])('is empty before any cause is confirmed (%s)', (itemId) => {
    const view = build('plan', itemId);

    expect(prefilled(view)).toMatchObject({ solution: '', rollback: '' });
    expect(decodeTarget(view.private_metadata ?? '')?.itemId).toBeNull();
  });
});

describe('the forms of a verdict without a test', () => {
  it.each([
    ['confirm', 'confirmed'],
    ['rule-out', 'eliminated'],
  ] as const)('%s asks for one finding', (form, verdict) => {
    expect(prefilled(build(form, CAUSE_ID))).toEqual({ text: '' });
    const submitted = {
      values: { text: { value: ' Seen in the console. ' } },
      target: { incidentId: 'RT-7K3F9', itemId: CAUSE_ID },
      playbook: null,
      timeZone: 'UTC',
      nowMs: 0,
      newId: (prefix: string) => prefix,
    };
    expect(FORMS[form].parse(submitted)).toEqual({
      kind: 'command',
      command: {
        type: 'conclude-test',
        hypothesisId: CAUSE_ID,
        verdict,
        finding: 'Seen in the console.',
      },
    });
  });
});
