/** What Slack says about a key; null: it does not answer. */
type Ask<Answer> = (key: string) => Promise<Answer | null>;

export interface RememberOptions<Answer> {
  readonly ask: Ask<Answer>;
  readonly nowMs: () => number;
  /** An answer is not asked for again for this long. */
  readonly freshMs: number;
  /** Where Slack does not answer, an older one holds for this long; 0: it does not. */
  readonly staleMs: number;
  readonly keysMax: number;
}

export interface Remembered<Answer> {
  /** As remembered, or asked for; once for whoever waits at the same time. */
  readonly of: Ask<Answer>;
  /** As it is now; null when Slack does not answer now. */
  readonly now: Ask<Answer>;
}

interface Kept<Answer> {
  readonly answer: Answer;
  readonly atMs: number;
}

/** Remembers answers for some minutes. */
export function createRemembered<Answer>(options: RememberOptions<Answer>): Remembered<Answer> {
  const { ask, nowMs, freshMs, staleMs, keysMax } = options;
  const kept = new Map<string, Kept<Answer>>();
  const asked = new Map<string, Promise<Answer | null>>();

  const keep = (key: string, answer: Answer): void => {
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= keysMax && oldest !== undefined) kept.delete(oldest);
    kept.set(key, { answer, atMs: nowMs() });
  };
  const now: Ask<Answer> = async (key) => {
    const answer = await ask(key);
    if (answer !== null) keep(key, answer);
    return answer;
  };
  const nowOrStale: Ask<Answer> = async (key) => {
    const answer = await now(key);
    const old = kept.get(key);
    return answer === null && old !== undefined && nowMs() - old.atMs <= staleMs
      ? old.answer
      : answer;
  };
  return {
    now,
    of: (key) => {
      const known = kept.get(key);
      const isFresh = known !== undefined && nowMs() - known.atMs <= freshMs;
      if (isFresh) return Promise.resolve(known.answer);
      const running = asked.get(key) ?? nowOrStale(key).finally(() => asked.delete(key));
      asked.set(key, running);
      return running;
    },
  };
}
