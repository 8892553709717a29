const CHARACTERS_MAX = 300;

/** What an error says, in one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? 'it failed without a reason' : line.slice(0, CHARACTERS_MAX);
}
