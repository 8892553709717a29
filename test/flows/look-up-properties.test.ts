import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachOnce } from '../../src/domain/trail/newest-first.ts';
import { answerRank, isAnswer, matchesQuery } from '../../src/domain/trail/query/matches-query.ts';
import { completeLookups, selectiveLookups } from '../../src/domain/trail/query/plan-lookups.ts';
import type { TrailQuery } from '../../src/domain/trail/query/query.ts';
import type { TrailRecord } from '../../src/domain/trail/record.ts';
import { createMemoryActivity } from '../support/memory-activity.ts';
import {
  type IndexedCall,
  listedNames,
  randomCalls,
  randomQuestions,
} from '../support/random-calls.ts';
import { GLOBAL, IRELAND, nowMs, queryOf, type Setting, scan, search } from './look-up-support.ts';

const ARBITRARY_INDEXING = ['as recorded', 'last part', 'not at all'] as const;

function settingOf(calls: readonly IndexedCall[]): Setting {
  const names = new Map(calls.map((call) => [call.record.eventId, listedNames(call)]));
  return {
    records: calls.map(({ record }) => record),
    indexedNames: ({ eventId }) => names.get(eventId) ?? [],
    pageSize: 7,
    matchesEnough: 5,
    targets: [IRELAND, GLOBAL, { accountId: '111122223333', region: 'eu-north-1' }],
  };
}

describe('planned lookups on random calls and questions', () => {
  it('answer as a reading of everything does, however CloudTrail indexed the calls', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomQuestions,
        randomCalls(nowMs, ARBITRARY_INDEXING),
        async (question, calls) => {
          const setting = settingOf(calls);
          const expected = scan(question, setting.records);
          const { answer } = await search(question, setting);
          expect(answer.lead?.record).toEqual(expected.lead?.record);
          const all = expected.records.map(({ eventId }) => eventId);
          expect(all).toEqual(expect.arrayContaining(answer.records.map((row) => row.eventId)));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('bring every call that may be the answer once it is known who is behind it', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomQuestions,
        randomCalls(nowMs, ARBITRARY_INDEXING),
        async (question, calls) => {
          const setting = settingOf(calls);
          const query = queryOf(question);
          const { findings, answer } = await search(question, setting);
          const bestMs = answer.lead === null ? 0 : answer.lead.atMs;
          const openOf = (records: readonly TrailRecord[]) =>
            eachOnce(records.filter((record) => isOpen(query, record) && record.atMs >= bestMs));
          expect(openOf(findings.records)).toEqual(openOf(setting.records));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('list the newest matches, as far as these are newer than the answer or were looked for by name', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomQuestions,
        randomCalls(nowMs, ARBITRARY_INDEXING),
        async (question, calls) => {
          const setting = settingOf(calls);
          const expected = scan(question, setting.records);
          const leadMs = expected.lead?.atMs ?? 0;
          const selective = new Set(namesOf(queryOf(question)));
          const isListed = (record: TrailRecord) =>
            selective.size === 0 ||
            [...(setting.indexedNames?.(record) ?? []), record.principal.sessionName].some((name) =>
              selective.has(String(name)),
            );
          const newest = eachOnce(expected.records).slice(0, 5);
          const due = newest.filter((record) => record.atMs > leadMs || isListed(record));
          const { answer } = await search(question, setting);
          const found = answer.records.map(({ eventId }) => eventId);
          expect(found).toEqual(expect.arrayContaining(due.map(({ eventId }) => eventId)));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('never take more calls than reading everything and a page of each selective lookup', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomQuestions,
        randomCalls(nowMs, ARBITRARY_INDEXING),
        async (question, calls) => {
          const setting = settingOf(calls);
          const query = queryOf(question);
          const places = setting.targets ?? [];
          const everything = createMemoryActivity(setting);
          for (const target of places) {
            for (const attribute of completeLookups(query).attributes) {
              const request = { target, attribute, fromMs: query.fromMs, toMs: query.toMs };
              const asker = { userId: null, urgency: 'background' } as const;
              const pages = everything.readPages(
                { ...request, asker, recordsMax: 1_000 },
                new AbortController().signal,
              );
              for await (const _ of pages);
            }
          }
          const { calls: made, requests } = await search(question, setting);
          const isSelective = ({ attribute }: (typeof requests)[number]) =>
            attribute !== null &&
            ['ResourceName', 'Username', 'ResourceType'].includes(attribute.key);
          const complete = made.filter((request) => !isSelective(request));
          expect(complete.length).toBeLessThanOrEqual(
            everything.calls.length + (completeLookups(query).fanOut?.length ?? 0) * places.length,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** It answers when whoever is behind it turns out to be of the kind that was asked for. */
function isOpen(query: TrailQuery, record: TrailRecord): boolean {
  return (
    matchesQuery(query, record) && !isAnswer(query, record) && answerRank(query, record) === 'best'
  );
}

function namesOf(query: TrailQuery): readonly string[] {
  const place = { accountId: '111122223333', region: 'eu-west-1' };
  return selectiveLookups(query, place).map(({ value }) => value);
}
