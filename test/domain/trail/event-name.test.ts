import { describe, expect, it } from 'vitest';
import { looksReadOnly, normaliseEventName } from '../../../src/domain/trail/event-name.ts';

describe('the name of an event', () => {
  it.each([
    ['UpdateFunctionCode20150331v2', 'UpdateFunctionCode'],
    ['CreateFunction20150331', 'CreateFunction'],
    ['CreateDistribution2020_05_31', 'CreateDistribution'],
    ['StopInstances', 'StopInstances'],
    ['ListObjectsV2', 'ListObjectsV2'],
    ['20150331', '20150331'],
  ])('is read from %s as %s', (recorded, name) => {
    expect(normaliseEventName(recorded)).toBe(name);
  });

  it.each([
    ['DescribeInstances', true],
    ['GetObject', true],
    ['StopInstances', false],
    ['GenerateDataKey', false],
  ])('tells of %s whether it only reads', (name, reads) => {
    expect(looksReadOnly(name)).toBe(reads);
  });
});
