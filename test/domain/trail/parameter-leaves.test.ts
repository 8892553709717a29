import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/domain/trail/json-value.ts';
import { parameterLeaves } from '../../../src/domain/trail/parameter-leaves.ts';

const pathsOf = (parameters: JsonValue | undefined) =>
  parameterLeaves('request', parameters).map(({ path, value }) => `${path.join('.')}=${value}`);

const deep = (levels: number) =>
  Array.from({ length: levels }).reduce<JsonValue>((inner) => ({ a: inner }), 'x');

describe('the values of parameters', () => {
  it('are found in their order, under keys in small letters', () => {
    expect(pathsOf({ A: 1, b: { C: true, d: 'x' }, e: false, f: 0 })).toEqual([
      'a=1',
      'b.c=true',
      'b.d=x',
      'e=false',
      'f=0',
    ]);
  });

  it('are found through lists and the wrappers of EC2', () => {
    expect(pathsOf({ Set: { items: [{ id: 'a' }, [{ id: 'b' }]] }, n: ['x', 'y'] })).toEqual([
      'set.id=a',
      'set.id=b',
      'n=x',
      'n=y',
    ]);
    expect(pathsOf({ StopTaskRequest: { Task: 't' } })).toEqual(['task=t']);
    expect(pathsOf({ StopTaskResponse: { Task: 't' } })).toEqual(['task=t']);
  });

  it('keep what only looks like a wrapper', () => {
    expect(pathsOf({ StopTaskRequest: 't' })).toEqual(['stoptaskrequest=t']);
    expect(pathsOf({ StopTaskRequest: { a: 1 }, b: 2 })).toEqual(['stoptaskrequest.a=1', 'b=2']);
    expect(pathsOf({ RequestId: { a: 1 } })).toEqual(['requestid.a=1']);
  });

  it.each([
    undefined,
    null,
    'text',
    7,
    [1],
    {},
    { a: null, b: '', c: [] },
  ])('are none in %j', (parameters) => {
    expect(pathsOf(parameters)).toEqual([]);
  });

  it('say on which side they stood', () => {
    expect(parameterLeaves('response', { a: 1 })).toEqual([
      { side: 'response', path: ['a'], value: 1 },
    ]);
  });

  it('are limited in depth and in number', () => {
    const wide = Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`k${index}`, 1]));

    expect(pathsOf(deep(20))).toHaveLength(1);
    expect(pathsOf(deep(21))).toEqual([]);
    expect(pathsOf(wide)).toHaveLength(5_000);
  });
});
