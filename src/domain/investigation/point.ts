/** One reason, in words, with what it adds (nats). */
export interface Point {
  readonly weight: number;
  readonly words: string;
}

export function sumOf(points: readonly Point[]): number {
  return points.reduce((total, { weight }) => total + weight, 0);
}
