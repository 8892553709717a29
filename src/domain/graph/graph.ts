export interface MetricPoint {
  /** Start of the period. */
  readonly atMs: number;
  readonly value: number;
}

/** A moment worth a vertical line. A change's label is its hypothesis's number on the board. */
export interface GraphMark {
  readonly kind: 'onset' | 'alarm' | 'change' | 'solution';
  readonly atMs: number;
  readonly label: string;
}

/** One metric over time, ready to be drawn. All texts are ours or CloudWatch's plain names. */
export interface Graph {
  readonly title: string;
  /** Oldest first. */
  readonly points: readonly MetricPoint[];
  readonly periodMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly threshold: { readonly value: number; readonly label: string } | null;
  readonly marks: readonly GraphMark[];
}
