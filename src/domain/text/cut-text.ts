/** Cuts to at most `charactersMax` UTF-16 units, ends in "…" when cut, never halves a character. */
export function cutText(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  const kept = text.slice(0, Math.max(0, charactersMax - 1));
  const whole = /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
  return `${whole}…`;
}

/** As above, and before the word that would be halved, unless it is very long. */
export function cutAtWord(text: string, charactersMax: number): string {
  const cut = cutText(text, charactersMax);
  return cut === text ? text : cut.replace(/\s+\S{0,60}…$/u, '…');
}

/** False for text of nothing but spaces and invisible characters. */
export function hasVisibleText(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

/** For naming a text inside one of our sentences: one line, short, in quotation marks. */
export function quoteShortly(text: string): string {
  return `“${cutAtWord(text.replace(/\s+/gu, ' ').trim(), 80)}”`;
}
