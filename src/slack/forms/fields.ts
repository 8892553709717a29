import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { TextRule } from '../../domain/incident/command-texts.ts';
import { BLOCK_LIMITS } from '../blocks/limits.ts';
import { plain } from '../blocks/text.ts';

/** Every input is alone in its block: errors and values are found by the block's id. */
export const VALUE_ACTION = 'value';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

interface FieldText {
  /** Block id, and the name under which `parse` reads it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

/** A modal. `input` is a promise that something is shown to everybody, so every form says so. */
export function modal(options: {
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly title: string;
  readonly submit: string;
  readonly blocks: readonly KnownBlock[];
}): ModalView {
  return {
    type: 'modal',
    callback_id: options.callbackId,
    private_metadata: options.privateMetadata,
    title: plain(options.title, BLOCK_LIMITS.viewTitleCharactersMax),
    submit: plain(options.submit, BLOCK_LIMITS.viewTitleCharactersMax),
    close: plain('Cancel', BLOCK_LIMITS.viewTitleCharactersMax),
    blocks: [...options.blocks],
  };
}

/** Grey small print that tells who will see what is typed. */
export function notice(text: string): KnownBlock {
  return { type: 'context', elements: [plain(text, BLOCK_LIMITS.contextCharactersMax)] };
}

export function paragraph(text: string): KnownBlock {
  return { type: 'section', text: plain(text, BLOCK_LIMITS.sectionCharactersMax) };
}

export function textField(
  field: FieldText & {
    readonly rule: Pick<TextRule, 'charactersMax' | 'required'>;
    readonly initial?: string | null;
    readonly lines: 'one' | 'many';
    readonly placeholder?: string;
    /** Another one each time the field is filled anew. */
    readonly actionId?: string;
  },
): InputBlock {
  const max = Math.min(field.rule.charactersMax, BLOCK_LIMITS.inputCharactersMax);
  const initial = (field.initial ?? '').toWellFormed().slice(0, max).toWellFormed();
  return inputBlock(field, !field.rule.required, {
    type: 'plain_text_input',
    action_id: field.actionId ?? VALUE_ACTION,
    multiline: field.lines === 'many',
    max_length: max,
    ...(initial === '' ? {} : { initial_value: initial }),
    ...(field.placeholder === undefined
      ? {}
      : { placeholder: plain(field.placeholder, BLOCK_LIMITS.placeholderCharactersMax) }),
  });
}

/** All choices visible at once: one tap on a phone. Ten at most. */
export function radioField(
  field: FieldText & { readonly choices: readonly Choice[]; readonly initial?: string | null },
): InputBlock {
  const options = field.choices.slice(0, BLOCK_LIMITS.radioOptionsMax).map(toOption);
  const initial = options.find((option) => option.value === field.initial);
  return inputBlock(field, false, {
    type: 'radio_buttons',
    action_id: VALUE_ACTION,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
}

export function selectField(
  field: FieldText & { readonly choices: readonly Choice[]; readonly initial?: string | null },
): InputBlock {
  const options = field.choices.slice(0, BLOCK_LIMITS.optionsMax).map(toOption);
  const initial = options.find((option) => option.value === field.initial);
  return inputBlock(field, false, {
    type: 'static_select',
    action_id: VALUE_ACTION,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
}

/** Read as the values joined by commas. At least one choice: Slack refuses an empty menu. */
export function multiSelectField(
  field: FieldText & { readonly choices: readonly Choice[]; readonly initial: readonly string[] },
): InputBlock {
  const options = field.choices.slice(0, BLOCK_LIMITS.optionsMax).map(toOption);
  const initial = options.filter((option) => field.initial.includes(option.value ?? ''));
  return inputBlock(field, true, {
    type: 'multi_static_select',
    action_id: VALUE_ACTION,
    options,
    ...(initial.length === 0 ? {} : { initial_options: initial }),
  });
}

/** All of them visible, several to be ticked. Read as the values joined by commas. Ten at most. */
export function checkboxField(
  field: FieldText & { readonly choices: readonly Choice[] },
): InputBlock {
  const options = field.choices.slice(0, BLOCK_LIMITS.radioOptionsMax).map(toOption);
  return inputBlock(field, true, { type: 'checkboxes', action_id: VALUE_ACTION, options });
}

export function personField(field: FieldText & { readonly initial: string | null }): InputBlock {
  const isKnown = field.initial !== null && /^[UW][A-Z0-9]+$/.test(field.initial);
  return inputBlock(field, true, {
    type: 'users_select',
    action_id: VALUE_ACTION,
    ...(isKnown ? { initial_user: field.initial ?? '' } : {}),
  });
}

/** Public and private ones of this organisation. */
export function channelField(field: FieldText): InputBlock {
  return inputBlock(field, false, {
    type: 'conversations_select',
    action_id: VALUE_ACTION,
    filter: { include: ['public', 'private'], exclude_external_shared_channels: true },
  });
}

/** Read as seconds since 1970. Slack shows it in the person's own time zone. */
export function timeField(field: FieldText & { readonly initialMs: number | null }): InputBlock {
  const seconds = Math.floor((field.initialMs ?? 0) / 1_000);
  const hasTenDigits = seconds >= 1_000_000_000 && seconds <= 9_999_999_999;
  return inputBlock(field, true, {
    type: 'datetimepicker',
    action_id: VALUE_ACTION,
    ...(hasTenDigits ? { initial_date_time: seconds } : {}),
  });
}

/** A time as it was submitted; null where none was chosen. */
export function msOf(seconds: string | undefined): number | null {
  return seconds === undefined || seconds === '' ? null : Number(seconds) * 1_000;
}

/** A choice has room for two short lines: what does not fit into the first goes on in the second. */
export function splitLabel(text: string): Pick<Choice, 'label' | 'description'> {
  const max = BLOCK_LIMITS.optionCharactersMax;
  const end = text.length <= max ? -1 : text.lastIndexOf(' ', max);
  return end <= 0
    ? { label: text }
    : { label: text.slice(0, end), description: text.slice(end + 1) };
}

export function toOption(choice: Choice): PlainTextOption {
  return {
    text: plain(choice.label.replaceAll(/\s+/g, ' '), BLOCK_LIMITS.optionCharactersMax),
    value: choice.value,
    ...(choice.description === undefined
      ? {}
      : { description: plain(choice.description, BLOCK_LIMITS.optionCharactersMax) }),
  };
}

function inputBlock(
  field: FieldText,
  isOptional: boolean,
  element: InputBlock['element'],
): InputBlock {
  return {
    type: 'input',
    block_id: field.name,
    label: plain(field.label, BLOCK_LIMITS.labelCharactersMax),
    optional: isOptional,
    element,
    ...(field.hint === undefined
      ? {}
      : { hint: plain(field.hint, BLOCK_LIMITS.labelCharactersMax) }),
  };
}
