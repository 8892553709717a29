import type { KnownBlock, RadioButtons } from '@slack/types';
import { cutText } from '../../domain/text/cut-text.ts';
import { BLOCK_LIMITS } from '../blocks/limits.ts';
import { FILL_ACTION } from '../ids.ts';
import { paragraph, toOption, VALUE_ACTION } from './fields.ts';

/** Texts that a form can begin with; one tap puts them into its fields, to be changed there. */
export interface Filling {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly label: string;
  /** By field. */
  readonly texts: Readonly<Record<string, string>>;
  /** Who says so, above the fields. */
  readonly source: string;
}

/** More are not read on a phone; the whole playbook has them all. */
export const FILLINGS_MAX = 5;

export function chosenFilling(
  fillings: readonly Filling[],
  choice: string | null | undefined,
): Filling | null {
  return fillings.find(({ id }) => id === choice) ?? null;
}

/** All choices at once; nothing where there is nothing to choose. */
export function fillingBlocks(
  question: string,
  fillings: readonly Filling[],
  chosen: Filling | null,
): KnownBlock[] {
  const isChoice = fillings.length > 1 || (fillings.length === 1 && chosen === null);
  if (!isChoice) return [];
  const options = fillings.map(({ id, label }) =>
    toOption({ value: id, label: cutText(label, BLOCK_LIMITS.optionCharactersMax) }),
  );
  const initial = options.find(({ value }) => value === chosen?.id);
  const radio: RadioButtons = {
    type: 'radio_buttons',
    action_id: FILL_ACTION,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
  return [paragraph(question), { type: 'actions', block_id: FILL_ACTION, elements: [radio] }];
}

/**
 * Slack keeps what is in a field as long as its ids stay the same: a field that is filled anew
 * takes another one.
 */
export function filledActionId(chosen: Filling | null): string {
  return chosen === null ? VALUE_ACTION : `${VALUE_ACTION}:${chosen.id}`;
}
