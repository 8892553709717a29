import type { ModalView } from '@slack/types';
import type { IncidentCommand } from '../../domain/incident/commands.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { FormId, Target } from '../ids.ts';

/** `state.values` of a view submission, already checked: block_id → action_id → what was entered. */
export type FormValues = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

export interface FormContext {
  readonly state: IncidentState;
  readonly target: Target;
  /** IANA name of the person's time zone. */
  readonly timeZone: string;
  readonly nowMs: number;
  /** What was said already, by field. */
  readonly initial?: Readonly<Record<string, string>>;
}

export interface FormInput {
  readonly values: FormValues;
  readonly target: Target;
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
