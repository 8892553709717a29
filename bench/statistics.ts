/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  readonly what: string;
  readonly figures: string;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return sorted[Math.max(0, index)] ?? Number.NaN;
}

export function inMs(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

export function spread(values: readonly number[]): string {
  const [p50, p99, max] = [quantile(values, 0.5), quantile(values, 0.99), Math.max(...values)];
  return `p50 ${inMs(p50)}, p99 ${inMs(p99)}, max ${inMs(max)} (n ${values.length})`;
}
