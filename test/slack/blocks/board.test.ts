import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Actor, RecordedEvent } from '../../../src/domain/incident/events.ts';
import type { Ranking } from '../../../src/domain/incident/ranking.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { renderBoard } from '../../../src/slack/blocks/board.ts';
import type { MessageContent } from '../../../src/slack/blocks/message.ts';
import {
  ana,
  ben,
  bot,
  commands,
  eventsUpTo,
  play,
  stateOf,
} from '../../support/incident-builders.ts';
import {
  anAssessment,
  anObservedCause,
  aRankedCause,
  aRanking,
} from '../../support/ranking-builders.ts';
import { rows, words } from './seen.ts';

const _EVENT_ID = '61a5e29f-1180-46e1-b308-729fd62ac61c';
const _CONSOLE_URL = 'https://console.aws.amazon.com';

const FIRST = aRankedCause({ eventId: 'e1', statement: 'ana@example.com stopped i-0abc.' });
const SECOND = aRankedCause({ eventId: 'e2', statement: 'ci deployed shop.', probability: 0.15 });
const TWO = aRanking({ causes: [FIRST, SECOND], nothing: anAssessment(0.13) });

function afterRanking(
  ranking: Ranking,
  ...steps: readonly (readonly [IncidentCommand, Actor])[]
): readonly RecordedEvent[] {
  return play([[{ type: 'rank-causes', ranking }, bot], ...steps], eventsUpTo('isolate'));
}

function judge(
  hypothesisId: string,
  verdict: 'confirmed' | 'eliminated',
): readonly [IncidentCommand, Actor] {
  return [{ type: 'conclude-test', hypothesisId, verdict, finding: `It is ${verdict}.` }, ben];
}

function board(events: readonly RecordedEvent[]): MessageContent {
  return renderBoard(stateOf(events));
}

describe('the board', () => {
  it('says of each how likely it is, what it is, and why in three lines', () => {
    const text = words(board(afterRanking(TWO)));

    expect(text).toContain(
      '*1. likely, 72 %*\\nana@example.com stopped i-0abc.\\n+ 3 minutes before the trouble began\\n+ it names sg-0abc, which the alarm hangs on\\n− such changes are made here every day',
    );
    expect(text.indexOf('*1. likely')).toBeLessThan(text.indexOf('*2. possible, 15 %*'));
  });

  it('does not say twice what the sentence says already', () => {
    const text = words(board(afterRanking(aRanking())));

    expect(text.match(/3 minutes before the trouble began/g)).toHaveLength(1);
  });

  it('says when it began, by which alarms, and which were left aside', () => {
    const onset = {
      earliestMs: Date.UTC(2026, 2, 8, 10, 42),
      latestMs: Date.UTC(2026, 2, 8, 10, 43),
      spreadToMs: Date.UTC(2026, 2, 8, 10, 47),
      alarms: ['checkout-5xx', 'hosts', 'latency'].map((name) => ({
        name: untrusted(name),
        breachedFromMs: Date.UTC(2026, 2, 8, 10, 42),
      })),
      flapping: [untrusted('cpu')],
      stale: [untrusted('disk'), untrusted('cost'), untrusted('old')],
    };

    const text = words(board(afterRanking(aRanking({ onset }))));

    expect(text).toContain(
      '*Began:* 2026-03-08 10:42:00 UTC–10:43:00 UTC, told by `checkout-5xx` (+2 more); it spread until 10:47:00 UTC',
    );
    expect(text).toContain(
      'Left aside: `cpu`, going on and off; `disk`, `cost` (+1 more), in alarm since long before',
    );
  });

  it('says that no alarm tells when it began, and what people say instead', () => {
    const text = words(board(afterRanking(aRanking({ onset: null }))));

    expect(text).toContain('10:42:00 UTC, as people say; no alarm tells it');
  });

  it('says how far the reading has come while it goes on, and nothing of it afterwards', () => {
    const progress = 'Still reading: 212 records so far. This may still change.';

    expect(words(board(afterRanking(aRanking({ isPartial: true }))))).toContain(progress);
    expect(words(board(afterRanking(aRanking())))).not.toContain('Still reading');
  });

  it('ends with hypothesis 0, what it rests on, and no verdict for it', () => {
    const content = board(afterRanking(TWO));
    const text = words(content);

    expect(text).toContain('*0. No AWS change in coverage explains this: possible, 13 %*');
    expect(text).toContain(
      'Rests on 212 records and 3 alarms, 2026-01-15 06:00:00 UTC to 2026-01-15 09:00:00 UTC. Not visible: changes inside a cluster, an instance or an application',
    );
    expect(text.indexOf('*0. No AWS')).toBeGreaterThan(text.indexOf('*2. possible'));
    expect(rows(content).at(-1)).toBe('Why? | Add a hypothesis');
  });

  it('says at the top when nothing on record explains it well', () => {
    const ranking = aRanking({
      causes: [aRankedCause({ probability: 0.2 })],
      nothing: anAssessment(0.7),
    });

    expect(words(board(afterRanking(ranking)))).toContain(
      'Nothing on record explains it well so far: see 0 below.',
    );
    expect(words(board(afterRanking(TWO)))).not.toContain('see 0 below');
  });

  it('offers to test or confirm the likeliest, to rule out the others, the rest behind dots', () => {
    expect(rows(board(afterRanking(TWO)))).toEqual([
      'Why? | Test this | Confirm | overflow: Rule out, Rate it, Ask the actor',
      'Why? | Rule out | Test this | overflow: Confirm, Rate it, Ask the actor',
      'Why? | Add a hypothesis',
    ]);
  });

  it('asks nobody about what no person did', () => {
    const observed = aRanking({ causes: [anObservedCause(0.4)], nothing: anAssessment(0.1) });

    expect(rows(board(afterRanking(observed)))[0]).not.toContain('Ask');
  });

  it('offers the fix of what is confirmed, and what is ruled out lifts the others', () => {
    const out = board(afterRanking(TWO, judge('cause-e1', 'eliminated')));
    const confirmed = board(afterRanking(TWO, judge('cause-e1', 'confirmed')));

    expect(words(out)).toContain('*2. possible, 54 %*');
    expect(words(out)).toContain(
      '❌ 1. *eliminated:* ana@example.com stopped i-0abc. → It is eliminated.',
    );
    expect(rows(out).at(-1)).toBe('static_select: 1. ana@example.com stopped i-0abc.');
    expect(rows(confirmed)[0]).toBe('Why? | Plan this fix | overflow: Revive it, Ask the actor');
    expect(words(confirmed)).toContain('Judged without a test → ✅ confirmed: It is confirmed.');
  });

  it('shows a rating of a person as theirs, beside what the bot computes', () => {
    const rate = { type: 'rate-hypothesis', likelihood: 'high', impact: 'high' } as const;
    const events = afterRanking(
      TWO,
      [{ ...rate, hypothesisId: 'cause-e2' }, ana],
      [commands.propose, ben],
    );
    const text = words(board(events));

    expect(text).toContain('*2. rated high by a person; the bot: 15 %*');
    expect(text).toContain('3. rated high by <@UBEN>');
    expect(text).toContain('(proposed by <@UBEN>, high impact)');
  });

  it('gives what is unlikely one line each, with its reasons in one menu', () => {
    const unlikely = [3, 4].map((n) =>
      aRankedCause({ eventId: `e${n}`, statement: `Cause ${n}.`, probability: 0.06 }),
    );
    const content = board(afterRanking(aRanking({ causes: [FIRST, ...unlikely] })));

    expect(words(content)).toContain('• 💡 2. *unlikely, 6 %:* Cause 3.');
    expect(rows(content)[1]).toBe('static_select: 2. Cause 3., 3. Cause 4.');
    expect(JSON.stringify(content.blocks)).toContain('"show-why|RT-7K3F9|cause-e3"');
  });

  it('can still be read, and not acted upon, once the incident is closed', () => {
    const events = afterRanking(TWO, judge('cause-e2', 'eliminated'), [
      { type: 'close-incident', reason: 'It was nothing.' },
      ana,
    ]);

    expect(rows(board(events))).toEqual(['Why?', 'Why?']);
  });

  it('has no button that could not work, where an id from AWS is no id', () => {
    const odd = { ...FIRST, causeId: 'cause-<!channel>|x' };

    expect(rows(board(afterRanking(aRanking({ causes: [odd] }))))).toEqual([
      'Why? | Add a hypothesis',
    ]);
  });
});
