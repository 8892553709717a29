import type { Actor } from './events.ts';

/** Of the process itself, as the method asks for them at the end. */
export const CRITERIA = [
  'effectiveness',
  'efficiency',
  'time',
  'cost',
  'quality',
  'safety',
] as const;

export type Criterion = (typeof CRITERIA)[number];

/** People answer for efficiency and time together: where the time went is one question. */
export const REMARKS = ['effectiveness', 'efficiency', 'cost', 'quality', 'safety'] as const;

export type RemarkName = (typeof REMARKS)[number];

/** What people say about the process; an empty text: nothing about this. */
export type Remarks = Readonly<Record<RemarkName, string>>;

export interface Evaluation extends Remarks {
  /** 1 for the first one; what the next one must have seen. */
  readonly revision: number;
  readonly by: Actor;
  readonly atMs: number;
}
