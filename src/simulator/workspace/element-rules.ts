import { blockLimits as limit } from './block-limits.ts';
import {
  all,
  anyOf,
  anything,
  byType,
  type Check,
  choice,
  flag,
  integer,
  list,
  rule,
  type Shape,
  shape,
  string,
} from './check-kit.ts';

/** Composition objects and block elements: the fields Slack takes, with their limits. */

export function plainText(max: number): Check {
  const optional = { emoji: flag };
  return byType(() => ({
    plain_text: shape({ required: { text: string({ min: 1, max }) }, optional }),
  }));
}

export function mrkdwn(max: number): Check {
  const optional = { verbatim: flag };
  return byType(() => ({
    mrkdwn: shape({ required: { text: string({ min: 1, max }) }, optional }),
  }));
}

/** plain_text or mrkdwn. */
export function anyText(max: number): Check {
  const required = { text: string({ min: 1, max }) };
  return byType(() => ({
    plain_text: shape({ required, optional: { emoji: flag } }),
    mrkdwn: shape({ required, optional: { verbatim: flag } }),
  }));
}

const url = string({ min: 1, max: limit.urlMax });
const actionId = string({ min: 1, max: limit.idMax });

const confirm = shape({
  required: { title: plainText(limit.confirmTitleMax), text: anyText(limit.confirmTextMax) },
  optional: {
    confirm: plainText(limit.confirmButtonMax),
    deny: plainText(limit.confirmButtonMax),
    style: choice('primary', 'danger'),
  },
});

function option(text: Check): Check {
  return shape({
    required: { text, value: string({ min: 1, max: limit.optionValueMax }) },
    optional: { description: anyText(limit.optionTextMax), url },
  });
}

const plainOption = option(plainText(limit.optionTextMax));
const richOption = option(anyText(limit.optionTextMax));

const optionGroups = list(
  shape({
    required: {
      label: plainText(limit.optionTextMax),
      options: list(plainOption, { min: 1, max: limit.optionsMax }),
    },
  }),
  { min: 1, max: limit.optionGroupsMax },
);

const base = { action_id: actionId, focus_on_load: flag };
const withConfirm = { ...base, confirm };
const withPlaceholder = { ...base, placeholder: plainText(limit.placeholderMax) };
const menu = { ...withPlaceholder, confirm };

function typed(shapeOf: Shape): Check {
  return shape(shapeOf);
}

/** Slack refuses a select without options when it opens, so an empty list is refused at once. */
const staticOptions = {
  options: list(plainOption, { min: 1, max: limit.optionsMax }),
  option_groups: optionGroups,
};

function selectRules(prefix: '' | 'multi_'): Readonly<Record<string, Check>> {
  const isMulti = prefix === 'multi_';
  const many = isMulti ? { max_selected_items: integer({ min: 1, max: limit.optionsMax }) } : {};
  const response = isMulti ? {} : { response_url_enabled: flag };
  const initial = (name: string, item: Check) =>
    isMulti
      ? { [`initial_${name}s`]: list(item, { min: 1, max: limit.optionsMax }) }
      : { [`initial_${name}`]: item };
  const id = string({ min: 1, max: limit.idMax });
  return {
    [`${prefix}static_select`]: all(
      typed({
        optional: { ...menu, ...many, ...staticOptions, ...initial('option', plainOption) },
      }),
      anyOf('options', 'option_groups'),
    ),
    [`${prefix}external_select`]: typed({
      optional: {
        ...menu,
        ...many,
        min_query_length: integer({ max: 100 }),
        ...initial('option', plainOption),
      },
    }),
    [`${prefix}users_select`]: typed({ optional: { ...menu, ...many, ...initial('user', id) } }),
    [`${prefix}conversations_select`]: typed({
      optional: {
        ...menu,
        ...many,
        ...response,
        default_to_current_conversation: flag,
        filter: anything,
        ...initial('conversation', id),
      },
    }),
    [`${prefix}channels_select`]: typed({
      optional: { ...menu, ...many, ...response, ...initial('channel', id) },
    }),
  };
}

const button = shape({
  required: { text: plainText(limit.buttonTextMax) },
  optional: {
    action_id: actionId,
    url,
    value: string({ max: limit.buttonValueMax }),
    style: choice('primary', 'danger'),
    confirm,
    accessibility_label: string({ max: limit.accessibilityLabelMax }),
  },
});

const slackFile = all(
  shape({ optional: { id: string({ min: 1, max: limit.idMax }), url } }),
  anyOf('id', 'url'),
);

export const imageFields: Shape = {
  required: { alt_text: string({ min: 1, max: limit.imageAltMax }) },
  optional: { image_url: string({ min: 1, max: limit.imageUrlMax }), slack_file: slackFile },
};

const imageElement = all(shape(imageFields), anyOf('image_url', 'slack_file'));

export const elementRules: Readonly<Record<string, Check>> = {
  button,
  image: imageElement,
  overflow: typed({
    required: { options: list(plainOption, { min: 1, max: limit.overflowOptionsMax }) },
    optional: { action_id: actionId, confirm },
  }),
  checkboxes: typed({
    required: { options: list(richOption, { min: 1, max: limit.checkboxOptionsMax }) },
    optional: {
      ...withConfirm,
      initial_options: list(richOption, { min: 1, max: limit.checkboxOptionsMax }),
    },
  }),
  radio_buttons: typed({
    required: { options: list(richOption, { min: 1, max: limit.checkboxOptionsMax }) },
    optional: { ...withConfirm, initial_option: richOption },
  }),
  datepicker: typed({ optional: { ...menu, initial_date: string({ min: 10, max: 10 }) } }),
  timepicker: typed({
    optional: { ...menu, initial_time: string({ min: 5, max: 5 }), timezone: string({ max: 100 }) },
  }),
  datetimepicker: typed({
    optional: { ...withConfirm, initial_date_time: integer({ max: 9_999_999_999 }) },
  }),
  plain_text_input: typed({
    optional: {
      ...withPlaceholder,
      initial_value: string({ max: limit.plainTextInputMax }),
      multiline: flag,
      min_length: integer({ max: limit.plainTextInputMax }),
      max_length: integer({ min: 1, max: limit.plainTextInputMax }),
      dispatch_action_config: anything,
    },
  }),
  email_text_input: typed({
    optional: {
      ...withPlaceholder,
      initial_value: string({ max: limit.plainTextInputMax }),
      dispatch_action_config: anything,
    },
  }),
  url_text_input: typed({
    optional: {
      ...withPlaceholder,
      initial_value: string({ max: limit.plainTextInputMax }),
      dispatch_action_config: anything,
    },
  }),
  number_input: typed({
    required: { is_decimal_allowed: flag },
    optional: {
      ...withPlaceholder,
      initial_value: anything,
      min_value: anything,
      max_value: anything,
      dispatch_action_config: anything,
    },
  }),
  rich_text_input: typed({
    optional: { ...withPlaceholder, initial_value: anything, dispatch_action_config: anything },
  }),
  file_input: typed({
    optional: { action_id: actionId, filetypes: anything, max_files: integer({ min: 1, max: 10 }) },
  }),
  feedback_buttons: typed({
    required: { positive_button: anything, negative_button: anything },
    optional: { action_id: actionId },
  }),
  icon_button: typed({
    required: { icon: choice('trash'), text: plainText(limit.buttonTextMax) },
    optional: {
      action_id: actionId,
      value: string({ max: limit.buttonValueMax }),
      confirm,
      accessibility_label: string({ max: limit.accessibilityLabelMax }),
      visible_to_user_ids: anything,
    },
  }),
  workflow_button: typed({
    required: { text: plainText(limit.buttonTextMax), workflow: anything },
    optional: { action_id: actionId },
  }),
  ...selectRules(''),
  ...selectRules('multi_'),
};

/** An element of one of these types. */
export function element(...types: readonly string[]): Check {
  const allowed = Object.fromEntries(
    Object.entries(elementRules).filter(([type]) => types.includes(type)),
  );
  return all(
    byType(() => allowed),
    rule((object) =>
      object['options'] !== undefined && object['option_groups'] !== undefined
        ? 'must not provide both options and option_groups'
        : null,
    ),
  );
}
