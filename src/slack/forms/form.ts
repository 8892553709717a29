import type { ModalView } from '@slack/types';
import type { IncidentCommand } from '../../domain/incident/commands.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { FormId, Target } from '../ids.ts';

/** `state.values` of a view submission, already checked: block_id → action_id → what was entered. */
export type FormValues = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

export interface FormContext {
  readonly state: IncidentState;
  readonly target: Target;
  /** IANA name of the person's time zone. */
  readonly timeZone: string;
  readonly nowMs: number;
  /** The one that guides the incident; null: none does, or it was removed since. */
  readonly playbook: Playbook | null;
  /** What was said already, by field. */
  readonly initial?: Readonly<Record<string, string>>;
  /** Somebody changed it meanwhile: the form says so and keeps what was typed. */
  readonly isOutdated?: boolean;
  /** Which of the offered texts the fields are filled with; absent: nobody has chosen. */
  readonly choice?: string | null;
}

export interface FormInput {
  readonly values: FormValues;
  readonly target: Target;
  /** As it is now; null or absent: not known any more. */
  readonly state?: IncidentState | null;
  readonly playbook: Playbook | null;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly newId: (prefix: string) => string;
}

/** Errors are shown on the field: block_id → one sentence. */
export type FormResult =
  | { readonly kind: 'command'; readonly command: IncidentCommand }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

/** One modal: how it looks for a given state, and what its submission asks for. Pure. */
export interface Form {
  readonly id: FormId;
  build(context: FormContext): ModalView;
  parse(input: FormInput): FormResult;
}
