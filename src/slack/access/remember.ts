/** What Slack says about a key; null: it does not answer. */
type Ask<Answer> = (key: string) => Promise<Answer | null>;

export interface RememberOptions<Answer> {
  readonly ask: Ask<Answer>;
  readonly nowMs: () => number;
  /** An answer is not asked for again for this long. */
  readonly freshMs: number;
  /** Where Slack does not answer, an older one holds for this long. */
  readonly staleMs: number;
  readonly keysMax: number;
}

interface Kept<Answer> {
  readonly answer: Answer;
  readonly atMs: number;
}

/** Remembers answers for some minutes, and asks once for whoever waits at the same time. */
export function createRemembered<Answer>(options: RememberOptions<Answer>): Ask<Answer> {
  const { ask, nowMs, freshMs, staleMs, keysMax } = options;
  const kept = new Map<string, Kept<Answer>>();
  const asked = new Map<string, Promise<Answer | null>>();

  const keep = (key: string, answer: Answer): void => {
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= keysMax && oldest !== undefined) kept.delete(oldest);
    kept.set(key, { answer, atMs: nowMs() });
  };
  const fetchNow = async (key: string): Promise<Answer | null> => {
    const answer = await ask(key);
    if (answer !== null) {
      keep(key, answer);
      return answer;
    }
    const old = kept.get(key);
    return old !== undefined && nowMs() - old.atMs <= staleMs ? old.answer : null;
  };
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined && nowMs() - known.atMs <= freshMs)
      return Promise.resolve(known.answer);
    const running = asked.get(key) ?? fetchNow(key).finally(() => asked.delete(key));
    asked.set(key, running);
    return running;
  };
}
