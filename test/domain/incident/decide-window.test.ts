import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/domain/incident/decide.ts';
import { windowWords } from '../../../src/domain/incident/plan-scope.ts';
import { buildTimeline } from '../../../src/domain/incident/timeline.ts';
import { workAfter } from '../../../src/flows/work-after.ts';
import { renderIncident } from '../../../src/slack/blocks/render-incident.ts';
import {
  ana,
  ben,
  bot,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  play,
  stateOf,
} from '../../support/incident-builders.ts';

const FROM_MS = OPENED_AT_MS + 60 * MINUTE_MS;
const window = { fromMs: FROM_MS, toMs: FROM_MS + 30 * MINUTE_MS };
const begin = { type: 'begin-window', planId: 'plan-1' } as const;
const planned = play([[{ ...commands.plan, window }, ana]], eventsUpTo('confirm'));
const approved = play([[commands.approve, ben]], planned);
const told = play([[begin, bot]], approved, FROM_MS);

describe('the window of a plan', () => {
  test('is told when it begins, while the plan waits for it, once', () => {
    expect(stateOf(told).plans[0]?.windowBeganAtMs).toBe(FROM_MS);
    expect(decide(stateOf(told), begin, bot, FROM_MS + MINUTE_MS)).toEqual({
      kind: 'accepted',
      events: [],
    });
    expect(buildTimeline(told).at(-1)?.sentence).toBe('The window of plan 1 begins');
  });

  test.each([
    ['it is in already', play([[commands.implement, ana]], approved), FROM_MS],
    ['it is over', approved, window.toMs],
    ['it is still to come', approved, FROM_MS - 2 * MINUTE_MS],
    ['there is none', eventsUpTo('approve'), FROM_MS],
  ])('is not told when %s', (_when, events, atMs) => {
    expect(decide(stateOf(events), begin, bot, atMs).kind).toBe('rejected');
  });

  test.each([
    [0, 'The window of plan 1 begins now'],
    [20 * MINUTE_MS, 'The window of plan 1 began '],
  ])('is told to the owner in one line (%i ms late)', (lateMs, words) => {
    const events = play([[begin, bot]], approved, FROM_MS + lateMs);
    const later = play([[{ type: 'assign-owner', ownerId: 'UBEN' }, ana]], events);
    const [line] = renderIncident({ state: stateOf(later), events: later, nowMs: FROM_MS }).filter(
      ({ slot }) => slot === `line-${events.length}`,
    );
    expect(JSON.stringify(line?.blocks)).toContain(words);
    expect(JSON.stringify(line?.blocks)).toContain('UANA');
  });

  test('says that the approval is still missing, with the buttons for it while it is', () => {
    const begun = play([[begin, bot]], planned, FROM_MS);
    const lineOf = (events: typeof begun) =>
      JSON.stringify(
        renderIncident({ state: stateOf(events), events, nowMs: FROM_MS }).find(
          ({ slot }) => slot === `line-${begun.length}`,
        )?.blocks,
      );

    expect(buildTimeline(begun).at(-1)?.sentence).toBe(
      'The window of plan 1 begins, and it still waits for approval',
    );
    expect(lineOf(begun)).toContain('still waits for approval by ');
    expect(lineOf(begun)).toContain('may not go in yet');
    expect(lineOf(begun)).toMatch(/tap:approve-plan.*open:waiver/);
    expect(lineOf(play([[commands.approve, ben]], begun))).not.toContain('tap:approve-plan');
  });

  test('is waited for by work that is due when it begins, unless it is open already', () => {
    const made = planned
      .map(({ event }) => event)
      .filter(({ type }) => type === 'solution-planned');
    const workAt = (nowMs: number) =>
      workAfter(made, {
        incidentId: 'RT-7K3F9',
        nowMs,
        by: 'person',
        status: 'open',
        replyUrl: null,
      }).filter(({ work }) => work.kind === 'begin-window');
    expect(workAt(OPENED_AT_MS)).toMatchObject([{ dueAtMs: FROM_MS, workId: 'window-plan-1' }]);
    expect(workAt(FROM_MS)).toEqual([]);
  });

  test('stands on the timeline with the plan', () => {
    const sentences = buildTimeline(planned).map(({ sentence }) => sentence);
    expect(sentences).toContain(
      `Solution planned for hypothesis 1 (plan 1, to go in ${windowWords(window)})`,
    );
  });
});
