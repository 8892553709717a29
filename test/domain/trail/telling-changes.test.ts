import { describe, expect, it } from 'vitest';
import type { TrailRecord } from '../../../src/domain/trail/record.ts';
import { reduceRecord } from '../../../src/domain/trail/reduce-record.ts';
import { isRoutineWrite, mostTellingChanges } from '../../../src/domain/trail/telling-changes.ts';

const aChange = (eventId: string, atMs: number, eventName = 'StopInstances'): TrailRecord =>
  reduceRecord({
    eventId,
    category: 'management',
    insight: null,
    sharedEventId: null,
    eventName,
    eventSource: 'ec2.amazonaws.com',
    atMs,
    region: 'eu-west-1',
    eventType: null,
    recipientAccountId: null,
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    sourceAddress: null,
    userAgent: null,
    fromConsole: false,
    userIdentity: undefined,
    requestParameters: undefined,
    responseElements: undefined,
    additionalEventData: undefined,
    serviceEventDetails: undefined,
    resources: [],
  });

const ids = (records: readonly TrailRecord[]) => records.map(({ eventId }) => eventId);

describe('choosing the changes to keep', () => {
  const newestFirst = [
    aChange('after', 900),
    aChange('tags', 500, 'CreateTags'),
    aChange('near', 400),
    aChange('far', 100),
  ];

  it('keeps all when there is room', () => {
    const kept = mostTellingChanges(newestFirst, { startedAtMs: null, recordsMax: 4 });

    expect(ids(kept)).toEqual(['after', 'tags', 'near', 'far']);
  });

  it('leaves routine writes out first, then what came after the problem began', () => {
    const keep = (recordsMax: number) =>
      ids(mostTellingChanges(newestFirst, { startedAtMs: 450, recordsMax }));

    expect(keep(3)).toEqual(['after', 'near', 'far']);
    expect(keep(2)).toEqual(['near', 'far']);
    expect(keep(1)).toEqual(['near']);
  });

  it('goes by the newest when nobody said when it began', () => {
    const kept = mostTellingChanges(newestFirst, { startedAtMs: null, recordsMax: 2 });

    expect(ids(kept)).toEqual(['after', 'near']);
  });

  it.each([
    ['TagResource', true],
    ['UntagResource', true],
    ['DeleteTags', true],
    ['StopInstances', false],
    ['CreateNetworkInterface', false],
  ])('takes %s for routine or not', (eventName, routine) => {
    expect(isRoutineWrite(aChange('e', 1, eventName))).toBe(routine);
  });

  it('takes no source for a routine one because of how its name reads in a program', () => {
    const change = { ...aChange('e', 1), eventSource: 'constructor' };

    expect(isRoutineWrite(change)).toBe(false);
  });
});
