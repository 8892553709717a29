/**
 * The candidate that `word` was probably meant to be, or null. One slip (a letter wrong, missing,
 * extra, or two swapped) is forgiven, two in words of eight letters and more.
 */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  const typed = word.toLowerCase();
  if (typed.length < 3) return null;
  const slipsMax = typed.length >= 8 ? 2 : 1;
  let best: { candidate: string; slips: number } | null = null;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - typed.length) > slipsMax) continue;
    const slips = countSlips(typed, candidate.toLowerCase());
    if (slips <= slipsMax && (best === null || slips < best.slips)) best = { candidate, slips };
  }
  return best?.candidate ?? null;
}

/** Optimal string alignment distance. */
export function countSlips(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
