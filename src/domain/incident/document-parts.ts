import type { ClosePart } from './close-gate.ts';
import type { Actor } from './events.ts';
import type { Plan } from './state.ts';
import type { StepId } from './steps.ts';

/** How the plan came to be cleared for implementation; null: it never was. */
export type PlanApproval =
  | { readonly kind: 'approved'; readonly by: Actor; readonly atMs: number }
  | {
      readonly kind: 'waived';
      readonly by: Actor;
      readonly atMs: number;
      readonly reason: string;
    };

export interface DocumentPlan extends Plan {
  readonly number: number;
  readonly approval: PlanApproval | null;
}

/** A step entered again, or entered by going back or over another one. */
export interface StepDetour {
  readonly from: StepId;
  readonly to: StepId;
  readonly direction: 'back' | 'ahead';
  readonly atMs: number;
  readonly by: Actor;
  readonly reason: string | null;
}

export type MissingDocumentPart = ClosePart | 'owner' | 'isolation-finding' | 'lessons';

export interface MissingFromDocument {
  readonly part: MissingDocumentPart;
  /** "the start time" */
  readonly name: string;
  readonly sentence: string;
}
