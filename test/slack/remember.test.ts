import { describe, expect, it } from 'vitest';
import { createRemembered } from '../../src/slack/remember.ts';

function remembered(answers: readonly (string | null)[]) {
  let nowMs = 0;
  const asked: string[] = [];
  const ask = async (key: string) => {
    asked.push(key);
    return answers[asked.length - 1] ?? null;
  };
  const { of } = createRemembered({
    ask,
    nowMs: () => nowMs,
    freshMs: 10,
    staleMs: 100,
    keysMax: 2,
  });
  return { of, asked, wait: (ms: number) => (nowMs += ms) };
}

describe('what Slack said lately', () => {
  it('is not asked for again as long as it is fresh', async () => {
    const { of, asked, wait } = remembered(['a', 'b']);
    expect(await of('k')).toBe('a');
    wait(10);
    expect(await of('k')).toBe('a');
    wait(1);
    expect(await of('k')).toBe('b');
    expect(asked).toEqual(['k', 'k']);
  });

  it('holds for a while where Slack does not answer, and no longer', async () => {
    const { of, wait } = remembered(['a']);
    expect(await of('k')).toBe('a');
    wait(100);
    expect(await of('k')).toBe('a');
    wait(1);
    expect(await of('k')).toBeNull();
  });

  it('is nothing where Slack never answered', async () => {
    const { of } = remembered([]);
    expect(await of('k')).toBeNull();
  });

  it('is asked for once by all who wait for it', async () => {
    const { of, asked } = remembered(['a']);
    expect(await Promise.all([of('k'), of('k'), of('k')])).toEqual(['a', 'a', 'a']);
    expect(asked).toEqual(['k']);
  });

  it('makes room for what is newer', async () => {
    const { of, asked } = remembered(['1', '2', '3', '4']);
    for (const key of ['a', 'b', 'c', 'b', 'c', 'a']) await of(key);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
