/** The most frequent Region, the first of several as frequent; null for an empty list. */
export function mainRegion(rows: readonly { readonly region: string }[]): string | null {
  const byRegion = [...Map.groupBy(rows, ({ region }) => region)];
  return byRegion.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}
