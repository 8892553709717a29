/** Two noisy cores: the limit says when something is broken, not how fast it should be. */
const LIMIT_MS = 25_000;
const PAUSE_MS = 25;

/** Waits until `look` returns something other than null, undefined or false, and returns that. */
export async function until<T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  limitMs = LIMIT_MS,
): Promise<T> {
  const giveUpAtMs = Date.now() + limitMs;
  let lastError: unknown;
  while (Date.now() < giveUpAtMs) {
    try {
      const seen = await look();
      if (seen !== null && seen !== undefined && seen !== false) return seen;
    } catch (error) {
      lastError = error;
    }
    await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  }
  throw new Error(`Waited ${limitMs} ms in vain until ${what}`, { cause: lastError });
}
