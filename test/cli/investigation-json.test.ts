import { describe, expect, it } from 'vitest';
import { investigationJson } from '../../src/cli/investigation-json.ts';
import { investigationText } from '../../src/cli/investigation-text.ts';
import { investigate } from '../../src/domain/investigation/investigate.ts';
import { minutes } from '../domain/investigation/builders.ts';
import { failing, ordersFunction } from '../domain/investigation/observations/story.ts';

const records = failing(
  [0, 1, 2, 3],
  ['ssm', 'GetParametersByPath'],
  'AccessDeniedException',
  'not authorized to perform: ssm:GetParametersByPath with an explicit deny in a service control policy',
);
const atMs = minutes(40);
const result = {
  found: investigate({ records, alarms: [ordersFunction], transitions: [], nowMs: atMs }),
  reading: {
    records,
    fileCount: 1,
    readCount: records.length,
    skippedCount: 0,
    laterCount: 0,
    earliestMs: minutes(0),
    latestMs: minutes(3),
    places: [],
    hasDataEvents: false,
  },
  atMs,
  gaps: { unused: [], unseen: [] },
};

describe('what was seen but is no change', () => {
  it('is one way in which no change explains it, beside the general one', () => {
    const { hypotheses } = JSON.parse(investigationJson(result));

    expect(hypotheses).toHaveLength(2);
    expect(hypotheses).toEqual(
      hypotheses.map(() =>
        expect.objectContaining({ kind: 'no-change', eventIds: [], actor: null }),
      ),
    );
    expect(hypotheses[0].statement).toContain('was refused ssm:GetParametersByPath');
    expect(hypotheses[1].statement).toContain('Nothing in what was covered');
  });

  it('is told to people with how to test it and what to do', () => {
    const text = investigationText(result);

    expect(text).toMatch(
      /Test: Read one of the denied calls.*\n +If so: .*\n +Risk: .*\n +Back: /s,
    );
  });
});
