import type { ActionsBlock, InputBlock, KnownBlock, ModalView, RadioButtons } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Actor } from '../../../src/domain/incident/events.ts';
import type { HypothesisTemplate, Playbook } from '../../../src/domain/playbook/playbook.ts';
import { FORMS } from '../../../src/slack/forms/index.ts';
import type { FormId } from '../../../src/slack/ids.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import {
  ana,
  ben,
  bot,
  commands,
  eventsUpTo,
  openCommand,
  play,
  stateOf,
} from '../../support/incident-builders.ts';
import { aPlaybook } from '../../support/playbook-builders.ts';
import { aRanking } from '../../support/ranking-builders.ts';

const CAUSE_ID = 'cause-e1';
const RANK = [{ type: 'rank-causes', ranking: aRanking() }, bot] as const;
const CONFIRM = [{ ...commands.confirm, hypothesisId: CAUSE_ID }, ana] as const;
const OWN_STATEMENT = 'Our disk is full.';
const PROPOSE = [{ ...commands.propose, statement: OWN_STATEMENT }, ana] as const;

function build(
  form: FormId,
  steps: readonly (readonly [IncidentCommand, Actor])[],
  asked: { readonly itemId?: string; readonly choice?: string; readonly playbook?: Playbook } = {},
): ModalView {
  const state = stateOf(play(steps, eventsUpTo('isolate')));
  const target = { incidentId: state.incidentId, itemId: asked.itemId ?? null };
  const playbook = asked.playbook ?? aPlaybook();
  const context = { state, target, timeZone: 'UTC', nowMs: 0, playbook };
  return FORMS[form].build({ ...context, choice: asked.choice ?? null });
}

const isInput = (block: KnownBlock): block is InputBlock => block.type === 'input';

/** What stands in each field before anybody types. */
function prefilled({ blocks }: ModalView): Readonly<Record<string, string>> {
  const rows = (blocks as KnownBlock[]).filter(isInput).map(({ block_id: name = '', element }) => {
    const { initial_value: initial = '' } = element as { initial_value?: string };
    return [name, initial] as const;
  });
  return Object.fromEntries(rows);
}

/** What the fields can begin with, and which of it they do. */
function offered({ blocks }: ModalView) {
  const rows = blocks.filter((block): block is ActionsBlock => block.type === 'actions');
  const radio = rows
    .flatMap(({ elements }) => elements)
    .find((element): element is RadioButtons => element.type === 'radio_buttons');
  return {
    labels: radio?.options.map(({ text }) => text.text) ?? [],
    chosen: radio?.initial_option?.value ?? null,
  };
}

const fieldOf = (view: ModalView, name: string) =>
  (view.blocks as KnownBlock[]).filter(isInput).find(({ block_id }) => block_id === name);

describe('the form of a test', () => {
  it("offers the bot's suggestion and the playbook's tests of that cause, the first filled in", () => {
    const view = build('test', [RANK], { itemId: CAUSE_ID });

    expect(offered(view)).toEqual({
      labels: ['Look whether the rule is missing from sg-0abc.', 'Connect from outside.'],
      chosen: 'suggested',
    });
    expect(prefilled(view)['test']).toBe('Look whether the rule is missing from sg-0abc.');
  });

  it('is filled with the chosen test, which takes another id so that Slack shows it', () => {
    const before = build('test', [RANK], { itemId: CAUSE_ID });
    const after = build('test', [RANK], { itemId: CAUSE_ID, choice: 'playbook-0' });

    expect(prefilled(after)['test']).toBe('Connect from outside.');
    expect(JSON.stringify(after)).toContain('From the playbook “Downtime”.');
    expect(fieldOf(after, 'test')?.element).not.toMatchObject({
      action_id: fieldOf(before, 'test')?.element.action_id,
    });
  });

  it("fills in nothing for a cause of people's own, and offers what there is", () => {
    const view = build('test', [PROPOSE], { itemId: 'hypothesis-1' });

    expect(prefilled(view)['test']).toBe('');
    expect(offered(view)).toEqual({ labels: ['Connect from outside.'], chosen: null });
  });

  it('knows a cause that people took from the playbook', () => {
    const taken = [{ ...commands.propose, statement: 'A rule is missing.' }, ana] as const;

    expect(prefilled(build('test', [taken], { itemId: 'hypothesis-1' }))['test']).toBe(
      'Connect from outside.',
    );
  });
});

describe('what did not help', () => {
  const test = (words: string) =>
    [{ ...commands.startTest, hypothesisId: CAUSE_ID, test: words }, ana] as const;
  const inconclusive = [
    { ...commands.confirm, hypothesisId: CAUSE_ID, verdict: 'inconclusive' },
    ana,
  ] as const;

  it('is not put forward again as a test', () => {
    const first = [RANK, test('Look whether the rule is missing from sg-0abc.'), inconclusive];
    const view = build('test', first, { itemId: CAUSE_ID });
    const both = [...first, test('Connect from outside.'), inconclusive];

    expect(prefilled(view)['test']).toBe('Connect from outside.');
    expect(prefilled(build('test', both, { itemId: CAUSE_ID }))['test']).toBe('');
  });

  it('is not put forward again as a solution', () => {
    const plan = { ...commands.plan, hypothesisId: CAUSE_ID, solution: 'Put the rule back.' };
    const view = build('plan', [
      [RANK[0], bot],
      [CONFIRM[0], ana],
      [plan, ana],
      [commands.approve, ben],
      [commands.implement, ana],
      [{ type: 'roll-back', planId: 'plan-1', reason: 'It got worse.' }, ana],
    ]);

    expect(prefilled(view)['solution']).toBe('');
    expect(offered(view).labels).not.toContain('Put the rule back.');
  });
});

describe('the form of a plan', () => {
  it("offers the change's own way back first, then the playbook's solution of that cause", () => {
    const view = build('plan', [RANK, CONFIRM]);

    expect(offered(view)).toEqual({
      labels: ['Put the rule back.', 'Put the rule back.'],
      chosen: 'suggested',
    });
  });

  it("is filled with the playbook's solution, risk, mitigation and way back in one tap", () => {
    const view = build('plan', [RANK, CONFIRM], { choice: 'playbook-0' });

    expect(prefilled(view)).toMatchObject({
      solution: 'Put the rule back.',
      risk: 'It was removed on purpose.',
      mitigation: 'Ask who did it.',
      rollback: 'Remove it again.',
    });
    expect(JSON.stringify(view)).toContain('does not know your system');
  });

  it('offers all solutions and warns of restarts before any cause is confirmed', () => {
    const view = build('plan', [RANK]);

    expect(offered(view).labels).toHaveLength(2);
    expect(prefilled(view)).toMatchObject({ solution: '', risk: '' });
    expect(JSON.stringify(view)).toContain('Look before you restart or replace anything');
    expect(JSON.stringify(build('plan', [RANK, CONFIRM]))).not.toContain('Look before you restart');
  });
});

describe('the form of a hypothesis', () => {
  it("offers the playbook's causes that are not on the board, those hinted at first", () => {
    const { labels } = offered(build('hypothesis', [PROPOSE]));

    expect(labels).toEqual(['A rule is missing.', 'A deployment broke it.']);
    expect(offered(build('hypothesis', [RANK])).labels).toEqual(['A deployment broke it.']);
  });

  it('goes on offering causes that only share their kind of change with what is on the board', () => {
    const [network, deploy] = aPlaybook().hypotheses as [HypothesisTemplate, HypothesisTemplate];
    const peer = { ...network, id: 'peer', cause: 'The peering is gone.' };
    const playbook = aPlaybook({ hypotheses: [network, peer, deploy] });
    const taken = [{ ...commands.propose, statement: peer.cause }, ana] as const;

    expect(offered(build('hypothesis', [RANK], { playbook })).labels).toEqual(
      ['A rule is missing.', 'The peering is gone.', 'A deployment broke it.'].map((label) =>
        expect.stringContaining(label),
      ),
    );
    expect(offered(build('hypothesis', [RANK, taken], { playbook })).labels).toHaveLength(2);
  });

  it('is filled with the chosen cause, and says what speaks for and against it', () => {
    const view = build('hypothesis', [], { choice: 'network' });

    expect(prefilled(view)['statement']).toBe('A rule is missing.');
    expect(JSON.stringify(view)).toContain('For it: It times out. Against it: It is refused.');
  });
});

describe('the form of the findings', () => {
  const submit = (values: Readonly<Record<string, string>>) =>
    FORMS.findings.parse({
      values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
      target: { incidentId: 'RT-7K3F9', itemId: null },
      playbook: aPlaybook(),
      timeZone: 'UTC',
      nowMs: 0,
      newId: (prefix) => prefix,
    });

  it("offers the playbook's measures, and adds those that are ticked", () => {
    const field = fieldOf(build('findings', []), 'offered');
    const [option] = (field?.element as { options: { value: string }[] }).options;

    expect(
      submit({ cause: 'A job.', measures: 'Review the job', offered: option?.value ?? '' }),
    ).toMatchObject({
      command: {
        preventiveMeasures: [{ text: 'Review the job' }, { text: 'Alarm on it.' }],
      },
    });
  });

  it('no longer offers a measure that is among those taken', () => {
    const taken = { text: 'Alarm on it.', ownerId: null };
    const document = { ...commands.document, preventiveMeasures: [taken] };

    const move = { type: 'move-to-step', step: 'document', reason: 'All is known.' } as const;
    const view = build('findings', [
      [move, ana],
      [document, ana],
    ]);

    expect(fieldOf(view, 'offered')).toBeUndefined();
  });
});

describe('the form of the problem', () => {
  const opened = stateOf(play([[openCommand({ alarm: anAlarmChange(), startedAtMs: null }), bot]]));
  const context = { state: opened, timeZone: 'UTC', nowMs: 0, playbook: aPlaybook() };
  const view = FORMS.problem.build({ ...context, target: { incidentId: 'RT-1', itemId: null } });
  const marks = view.private_metadata?.split('|')[1] ?? '';
  const submit = (symptoms: string) =>
    FORMS.problem.parse({
      ...context,
      values: { symptoms: { value: symptoms } },
      target: { incidentId: 'RT-1', itemId: marks },
      newId: (prefix) => prefix,
    });

  it('begins with what the alarm says, and what the playbook asks', () => {
    expect(prefilled(view)).toMatchObject({
      symptoms: expect.stringContaining('Alarm “checkout-5xx” fired'),
      affected: expect.stringContaining('LoadBalancer app/checkout'),
    });
    expect(JSON.stringify(view)).toContain('The playbook “Downtime” asks:\\n• Who is affected?');
    expect(JSON.stringify(view)).toContain('As the alarms tell: Sun 8 Mar');
  });

  it('begins with the title where a person gave it', () => {
    const state = stateOf(play([[openCommand(), ana]]));
    const said = FORMS.problem.build({
      ...context,
      state,
      target: { incidentId: 'RT-1', itemId: null },
    });

    expect(prefilled(said)['symptoms']).toBe('Checkout returns 5xx');
  });

  it('tells the lines that stayed as they were from those of people', () => {
    const drafted = prefilled(view)['symptoms']?.split('\n') ?? [];
    const typed = `${drafted[0]}\nThe page is white.`;

    expect(submit(typed)).toMatchObject({ command: { symptoms: typed, drafted: [drafted[0]] } });
    expect(submit('The page is white.')).toMatchObject({ command: { drafted: [] } });
  });
});
