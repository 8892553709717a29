import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefOf } from '../../../src/domain/incident/brief.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { renderBrief } from '../../../src/slack/blocks/brief.ts';
import { renderMenu } from '../../../src/slack/blocks/menu.ts';
import type { SlotContent } from '../../../src/slack/blocks/message.ts';
import { renderIncident } from '../../../src/slack/blocks/render-incident.ts';
import { renderStatus } from '../../../src/slack/blocks/status.ts';
import { buildWhy } from '../../../src/slack/blocks/why-view.ts';
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
import { checkView } from '../../support/slack/check-blocks.ts';
import { hostileLog } from './hostile.ts';
import { refusals } from './refusals.ts';

const CONSOLE_URL = 'https://console.aws.amazon.com';

function render(events: readonly RecordedEvent[], nowMs = 0): readonly SlotContent[] {
  return renderIncident({ state: stateOf(events), events, nowMs, consoleUrl: CONSOLE_URL });
}

function slotOf(events: readonly RecordedEvent[], name: string): SlotContent {
  const found = render(events).find((content) => content.slot === name);
  expect(found, name).toBeDefined();
  return found as SlotContent;
}

function slotNames(events: readonly RecordedEvent[]): readonly string[] {
  return render(events).map((content) => content.slot);
}

/** All that can be read in a message, buttons too. */
function words(content: SlotContent): string {
  return JSON.stringify(content.conservative.blocks);
}

function buttonsOf(content: SlotContent): readonly string[] {
  const actions = content.blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements : [],
  );
  return actions.map((element) => element.action_id ?? '');
}

/** The same with the evidence that was asked for last. */
function gathered(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const gatheringId = stateOf(events).gatherings.at(-1)?.gatheringId ?? '';
  return play([[{ type: 'finish-gathering', gatheringId, summary: 'Found it.' }, bot]], events);
}

describe('an incident in Slack', () => {
  it('begins with the root card and the card of the first step', () => {
    expect(slotNames(eventsUpTo('open'))).toEqual(['root', 'step-1-1']);
  });

  it('posts its messages in the order in which things happened', () => {
    const names = slotNames(eventsUpTo('plan'));

    expect(names.filter((name) => !name.startsWith('line'))).toEqual([
      'root',
      'step-1-1',
      'step-2-1',
      'step-3-1',
      'board',
      'step-4-1',
      'step-5-1',
      'plan-plan-1',
    ]);
  });

  it('keeps the slots it had when more happens', () => {
    const before = slotNames(eventsUpTo('confirm'));
    const after = slotNames(eventsUpTo('close'));

    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('says the same whatever the time is', () => {
    const events = eventsUpTo('implement');

    expect(render(events, 1)).toEqual(render(events, 9_999_999_999));
  });

  it('leaves out events that are newer than the state', () => {
    const later = eventsUpTo('confirm');
    const state = stateOf(eventsUpTo('isolate'));

    const slots = renderIncident({ state, events: later, nowMs: 0 });

    expect(slots.map((content) => content.slot)).not.toContain('board');
  });

  it('asks for an owner first of all when there is none', () => {
    const root = slotOf(eventsUpTo('open'), 'root');

    expect(words(root)).toContain('nobody yet');
    expect(buttonsOf(root)).toContain('tap:take-ownership');
  });

  it('has one primary button on the root card', () => {
    const root = JSON.stringify(slotOf(eventsUpTo('plan'), 'root').blocks);

    expect(root.match(/"style":"primary"/g)).toHaveLength(1);
  });

  it.each([
    ['open', 'evidence from AWS, asked for 2026-03-08 10:45:00 UTC'],
    ['startTest', 'the result of the test “'],
    ['plan', 'approval of the plan by somebody other than <@U'],
    ['approve', 'the plan to be implemented (approved)'],
    ['implement', 'somebody to verify that it works now'],
  ] as const)('says on the root card what is awaited after "%s"', (last, awaited) => {
    expect(words(slotOf(eventsUpTo(last), 'root'))).toContain(`*Waiting for:* ${awaited}`);
  });

  it('asks people the question of the step when nothing else is awaited', () => {
    const root = slotOf(gathered(eventsUpTo('isolate')), 'root');

    expect(words(root)).toContain('*Waiting for:* people: What could explain it?');
  });

  it('suggests no way back: reviving a confirmed hypothesis is behind the dots', () => {
    const board = slotOf(eventsUpTo('confirm'), 'board');

    expect(buttonsOf(board)).toEqual(['tap:show-why', 'open:plan', 'menu', 'open:hypothesis']);
    expect(JSON.stringify(board.blocks)).toMatch(/open:revive\|[^"]*hypothesis-1"/);
  });

  it('has a menu in rows: what the step asks for, the record, people, and closing last', () => {
    const menu = renderMenu({ state: stateOf(gathered(eventsUpTo('own'))), permalink: null });
    const rows = menu.blocks.flatMap((block) =>
      block.type === 'actions' ? [block.elements.map((element) => element.action_id)] : [],
    );

    expect(rows.slice(1)).toEqual([
      ['open:note', 'tap:gather-again'],
      ['open:owner', 'open:escalation', 'open:severity', 'tap:move-channel'],
      ['tap:show-status', 'tap:open-start-form', 'open:escalation'],
      ['open:move', 'open:close'],
    ]);
    expect(rows[0]?.[0]).toBe('open:problem');
  });

  it('shows buttons only on the card of the current step', () => {
    const events = eventsUpTo('isolate');

    expect(buttonsOf(slotOf(events, 'step-1-1'))).toEqual([]);
    expect(buttonsOf(slotOf(events, 'step-3-1'))).toContain('open:hypothesis');
  });

  it('offers to gather again on the card of a search that begins anew, with what was found', () => {
    const failed = { type: 'fail-verification', finding: 'Still 503.' } as const;
    const first = gathered(eventsUpTo('isolate'));
    const again = gathered(play([[failed, ana]], gathered(eventsUpTo('implement'))));

    expect(buttonsOf(slotOf(first, 'step-3-1'))).not.toContain('tap:gather-again');
    const card = slotOf(again, 'step-3-2');
    expect(buttonsOf(card)).toContain('tap:gather-again');
    expect(words(card)).toContain('Found it.');
  });

  it('makes a new card when a step is visited again', () => {
    const back = {
      type: 'move-to-step',
      step: 'isolate',
      reason: 'It was the other one.',
    } as const;
    const events = play([[back, ana]], eventsUpTo('startTest'));

    expect(slotNames(events)).toContain('step-2-2');
    expect(words(slotOf(events, `line-${events.length}`))).toContain('It was the other one.');
  });

  it('tells a verdict in one line with the number of the hypothesis', () => {
    const events = eventsUpTo('confirm');
    const lines = render(events).filter((content) => content.slot.startsWith('line-'));

    expect(lines.map(words).join()).toContain('Hypothesis 1 confirmed');
  });

  it('keeps an eliminated hypothesis on the board and lets it be revived', () => {
    const eliminated = { ...commands.confirm, verdict: 'eliminated' } as const;
    const board = slotOf(play([[eliminated, ana]], eventsUpTo('startTest')), 'board');

    expect(words(board)).toContain('The security group no longer lets port 443 in.');
    expect(buttonsOf(board)).toContain('open:revive');
  });

  it('shows on the plan who approved it', () => {
    const plan = slotOf(eventsUpTo('approve'), 'plan-plan-1');

    expect(words(plan)).toContain('Approved by <@UBEN>');
    expect(buttonsOf(plan)).toEqual(['open:implemented']);
  });

  it('shows the durations and only what can still be done once it is closed', () => {
    const root = slotOf(eventsUpTo('close'), 'root');

    expect(words(root)).toContain('detected after 3 min');
    expect(buttonsOf(root)).toEqual([
      'open:reopen',
      'tap:edit-document',
      'open:evaluation',
      'tap:publish-again',
    ]);
  });

  it('tells a reopening once', () => {
    const reopen = { type: 'reopen-incident', reason: 'It is back.' } as const;
    const events = play([[reopen, ben]], eventsUpTo('close'));
    const told = render(events).filter((content) => words(content).includes('It is back.'));

    expect(told.map((content) => content.slot.split('-')[0])).toEqual(['line']);
  });

  it('marks every card of a drill, in either form, and says it on the lock screen', () => {
    const drill = play([
      [openCommand({ isDrill: true }), ana],
      [commands.state, ana],
      [commands.isolate, ana],
      [commands.propose, ana],
    ]);
    const cards = render(drill).filter(({ slot }) => !slot.startsWith('line-'));

    expect(cards.length).toBeGreaterThan(3);
    expect(cards.filter((card) => !words(card).includes('DRILL: practice'))).toEqual([]);
    expect(cards.filter(({ text }) => !text.includes('DRILL'))).toEqual([]);
    expect(render(eventsUpTo('plan')).map(words).join()).not.toContain('DRILL');
  });

  it('writes neither the title nor other typed text on the lock screen', () => {
    const events = play([[openCommand({ title: '<!channel> secret' }), ana]]);

    expect(
      render(events)
        .map((content) => content.text)
        .join(),
    ).not.toContain('secret');
  });

  it('is never refused by Slack and never does harm, whatever the record holds', () => {
    fc.assert(
      fc.property(hostileLog, (events) => {
        const slots = render(events);
        const state = stateOf(events);
        expect(new Set(slots.map((content) => content.slot)).size).toBe(slots.length);
        const contents = [
          ...slots.flatMap((content) => [content, content.conservative]),
          renderStatus(briefOf(state, events), 0),
          renderBrief({
            brief: briefOf(state, events),
            handedOverBy: state.ownerId,
            permalink: state.sourcePermalink,
          }),
          renderMenu({ state, permalink: state.sourcePermalink }),
        ];
        expect(contents.flatMap(refusals)).toEqual([]);
        const asked = [null, 'gone', ...state.hypotheses.map((row) => row.hypothesisId)];
        const views = asked.map((id) => buildWhy(state, id, CONSOLE_URL));
        expect(views.flatMap(checkView)).toEqual([]);
        expect(
          views.flatMap(({ blocks }) => refusals({ text: 'x', blocks: blocks as KnownBlock[] })),
        ).toEqual([]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('uses sections, context and actions only in the conservative form', () => {
    fc.assert(
      fc.property(hostileLog, (events) => {
        const blocks = render(events).flatMap((content) => content.conservative.blocks);
        const types = new Set(blocks.map((block) => block.type));
        expect(
          [...types].filter((type) => !['section', 'context', 'actions'].includes(type)),
        ).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
