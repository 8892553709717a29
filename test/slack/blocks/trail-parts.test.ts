import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../../src/domain/trail/answer.ts';
import { parseQuery } from '../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import type { KeptAnswer } from '../../../src/flows/kept-answers.ts';
import { renderTrailAnswer } from '../../../src/slack/blocks/trail-answer.ts';
import { renderLateCalls } from '../../../src/slack/blocks/trail-late.ts';
import { renderTrailProgress } from '../../../src/slack/blocks/trail-progress.ts';
import { renderQuestionTrouble } from '../../../src/slack/blocks/trail-question.ts';
import {
  decodePage,
  decodeTarget,
  encodeChoice,
  encodePage,
  tapOf,
} from '../../../src/slack/ids.ts';
import { aRecord } from '../../support/trail-record.ts';
import { hostileText, trailRecord } from './hostile.ts';
import { refusals } from './refusals.ts';

const nowMs = Date.parse('2026-03-10T12:00:00Z');
const context = {
  timeZone: 'Europe/Berlin',
  nowMs,
  incidentId: 'RT-7K3F9',
  consoleUrl: 'https://console.aws.amazon.com',
  answerId: 'trail-1',
  page: 0,
  endedBy: 'itself' as const,
};
const kept: KeptAnswer = {
  question: 'who stopped i-0abc',
  userId: 'U1',
  channelId: 'C1',
  threadTs: null,
  incidentId: null,
  askedAtMs: nowMs - 300_000,
  about: 'question',
  suggestion: null,
  shown: { leadEventId: 'e0', eventIds: ['e0'], lateAfterMs: nowMs - 900_000 },
  over: null,
};

function answerTo(question: string, records: readonly TrailRecord[]) {
  const when = { timeZone: 'UTC', nowMs, meaning: 'past', lookbackMaxMs: null } as const;
  const { query } = parseQuery(question, when) as { query: TrailQuery };
  const target = {
    accountId: '111122223333',
    region: 'eu-west-1',
    outcome: 'found',
    count: records.length,
    truncated: false,
    explanation: null,
  } as const;
  const rest = { targets: [target], skippedCount: 0, deliveredUntilMs: nowMs - 600_000 };
  return answerQuestion({ question, query, records, ...rest });
}

/** Each is a burst of its own. */
const calls = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aRecord({
      eventId: `e${index}`,
      accessKeyId: `AKIA${index}`,
      atMs: nowMs - (index + 1) * 60_000,
    }),
  );

const textOf = (content: { readonly blocks: readonly unknown[] }): string =>
  [...JSON.stringify(content.blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text = '']) => text)
    .join('');

describe('the pages of an answer', () => {
  it('show every other match once, in order, and say which of how many', () => {
    const answer = answerTo('StopInstances', calls(21));
    const pages = [0, 1, 2].map((page) => renderTrailAnswer(answer, { ...context, page }));
    expect(pages.map(textOf).map((text) => /\d+–\d+ of \d+/.exec(text)?.[0])).toEqual([
      '1–8 of 20',
      '9–16 of 20',
      '17–20 of 20',
    ]);
    const minutes = pages.flatMap((page) => [...textOf(page).matchAll(/(\d+) min ago/g)]);
    expect(minutes.map(([, count]) => Number(count))).toEqual(
      Array.from({ length: 21 }, (_, index) => index + 1),
    );
  });

  it('lead on to the next one as long as there is one, and back', () => {
    const answer = answerTo('StopInstances', calls(12));
    const [first, last] = [0, 1].map((page) =>
      JSON.stringify(renderTrailAnswer(answer, { ...context, page }).blocks),
    );
    expect(first).toContain('"value":"RT-7K3F9|trail-1-p1"');
    expect(last).toContain('"value":"RT-7K3F9|trail-1-p0"');
    expect(last).not.toContain('older-matches');
  });

  it('show the last page when there are fewer than thought', () => {
    const content = renderTrailAnswer(answerTo('StopInstances', calls(12)), {
      ...context,
      page: 7,
    });
    expect(textOf(content)).toContain('9–11 of 11');
  });

  it('hold nothing that Slack refuses, whatever the records hold and whichever page it is', () => {
    fc.assert(
      fc.property(
        fc.array(trailRecord, { maxLength: 30 }),
        fc.integer({ min: 0, max: 5 }),
        fc.constantFrom('person', 'time-limit', 'itself'),
        (records, page, endedBy) => {
          const answer = answerTo('is:write', records as TrailRecord[]);
          expect(refusals(renderTrailAnswer(answer, { ...context, page, endedBy }))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('what is said about a question', () => {
  it('marks where the mistake is and offers what was probably meant', () => {
    const question = 'who stopped i-0abc sicne 3h';
    const trouble = { sentence: "Don't know `sicne`.", start: 19, end: 24, suggestion: 'who did' };
    const content = renderQuestionTrouble(trouble, { question, answerId: 'a', incidentId: null });
    expect(JSON.stringify(content.blocks)).toContain(
      '{"type":"text","text":"sicne","style":{"bold":true,"code":true}}',
    );
    expect(textOf(content)).toContain("Don't know sicne.");
    expect(JSON.stringify(content.blocks)).toMatch(/ask-suggested.*edit-question/);
  });

  it('is never refused by Slack, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.record({ sentence: hostileText, question: hostileText, meant: fc.option(hostileText) }),
        fc.nat(700),
        fc.nat(700),
        ({ sentence, question, meant }, start, end) => {
          const asked = { question, answerId: 'trail-1', incidentId: null };
          const trouble = { sentence, start, end, suggestion: meant };
          expect(refusals(renderQuestionTrouble(trouble, asked))).toEqual([]);
          expect(refusals(renderTrailProgress({ ...asked, progress: meant }))).toEqual([]);
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('what arrived late', () => {
  it('is one line each, when the answer stays as it was', () => {
    const records = [...calls(1), aRecord({ eventId: 'late', atMs: nowMs - 500_000 })];
    const answer = answerTo('StopInstances', records);
    const content = renderLateCalls({ answer, late: records.slice(1), kept }, context);
    expect(textOf(content)).toMatch(/Since you asked on .*one more call arrived/);
    expect(textOf(content)).not.toContain('Sure who?');
  });

  it('comes with the answer when it changes it', () => {
    const answer = answerTo('StopInstances', [aRecord({ eventId: 'late' })]);
    const late = answer.records;
    const changed = renderLateCalls({ answer, late, kept }, context);
    expect(textOf(changed)).toContain('the answer has changed');
    const nothing = { ...kept, shown: { leadEventId: null, eventIds: [], lateAfterMs: 0 } };
    const first = renderLateCalls({ answer, late, kept: nothing }, context);
    expect(textOf(first)).toMatch(/there is an answer now.*Sure who\?/);
  });

  it('is never refused by Slack', () => {
    fc.assert(
      fc.property(
        fc.array(trailRecord, { minLength: 1, maxLength: 30 }),
        hostileText,
        (rows, question) => {
          const answer = answerTo('is:write', rows as TrailRecord[]);
          const input = { answer, late: answer.records, kept: { ...kept, question } };
          expect(refusals(renderLateCalls(input, context))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('what a button carries', () => {
  it('is an id, a page of it, or a choice from a menu, and fits', () => {
    expect(decodePage(encodePage('trail-1-p2', 3))).toEqual({ answerId: 'trail-1-p2', page: 3 });
    expect(decodePage('trail-1')).toBeNull();
    const target = { incidentId: 'RT-7K3F9', itemId: 'x'.repeat(80) };
    const value = encodeChoice('who-assumed', target);
    expect(value.length).toBeLessThanOrEqual(150);
    const tapped = tapOf({ action_id: 'menu', selected_option: { value } });
    expect(tapped?.tap).toBe('who-assumed');
    expect(decodeTarget(tapped?.target ?? '')).toEqual(target);
    expect(tapOf({ action_id: 'menu', selected_option: { value: 'link' } })).toBeNull();
    expect(tapOf({ action_id: 'tap:cancel-lookup', value: '|a' })?.target).toBe('|a');
  });
});
