import { blockLimits as limit } from './block-limits.ts';
import {
  all,
  anyOf,
  anything,
  byType,
  type Check,
  choice,
  flag,
  list,
  shape,
  string,
} from './check-kit.ts';
import { anyText, element, imageFields, mrkdwn, plainText } from './element-rules.ts';
import { isObject } from './json.ts';
import { block, dataTable, richText, richTextOnly, table, taskCard } from './rich-rules.ts';

/** The blocks Slack takes, by type. */

const menus = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_conversations_select',
  'multi_channels_select',
];
const choices = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker', ...menus];
const accessory = element('button', 'image', 'overflow', 'workflow_button', ...choices);
const actionElement = element(
  'button',
  'overflow',
  'workflow_button',
  'datetimepicker',
  'rich_text_input',
  ...choices,
);
const inputElement = element(
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
  'datetimepicker',
  ...choices,
);

const contextElement: Check = (value, pointer, report) => {
  const isImage = isObject(value) && value['type'] === 'image';
  const check = isImage ? element('image') : anyText(limit.textObjectMax);
  check(value, pointer, report);
};

const card = all(
  block({
    optional: {
      hero_image: element('image'),
      icon: element('image'),
      title: mrkdwn(limit.cardTitleMax),
      subtitle: mrkdwn(limit.cardTitleMax),
      body: mrkdwn(limit.cardBodyMax),
      actions: list(element('button'), { max: limit.cardButtonsMax }),
    },
  }),
  anyOf('hero_image', 'title', 'actions', 'body'),
);

const seriesList = list(anything, { min: 1, max: limit.chartSeriesMax });
const chartLabel = string({ min: 1, max: limit.chartLabelMax });
const chart = shape({
  optional: {
    segments: seriesList,
    series: list(
      shape({
        required: { name: chartLabel, data: list(anything, { min: 1, max: limit.chartPointsMax }) },
      }),
      { min: 1, max: limit.chartSeriesMax },
    ),
    axis_config: shape({
      optional: {
        categories: list(chartLabel, { min: 1, max: limit.chartPointsMax }),
        x_label: string({ max: limit.chartAxisLabelMax }),
        y_label: string({ max: limit.chartAxisLabelMax }),
      },
    }),
  },
});

/** What a container may hold. */
const containable = [
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];

export const blockRules: Readonly<Record<string, Check>> = {
  section: all(
    block({
      optional: {
        text: anyText(limit.sectionTextMax),
        fields: list(anyText(limit.fieldTextMax), { min: 1, max: limit.fieldsMax }),
        accessory,
        expand: flag,
      },
    }),
    anyOf('text', 'fields'),
  ),
  divider: block({}),
  header: block({ required: { text: plainText(limit.headerTextMax) } }),
  image: all(
    block({
      ...imageFields,
      optional: { ...imageFields.optional, title: plainText(limit.imageTitleMax) },
    }),
    anyOf('image_url', 'slack_file'),
  ),
  context: block({
    required: { elements: list(contextElement, { min: 1, max: limit.contextElementsMax }) },
  }),
  actions: block({
    required: { elements: list(actionElement, { min: 1, max: limit.actionsElementsMax }) },
  }),
  context_actions: block({
    required: {
      elements: list(element('feedback_buttons', 'icon_button'), {
        min: 1,
        max: limit.contextActionsElementsMax,
      }),
    },
  }),
  input: block({
    required: { label: plainText(limit.inputLabelMax), element: inputElement },
    optional: { hint: plainText(limit.inputHintMax), optional: flag, dispatch_action: flag },
  }),
  markdown: block({ required: { text: string({ min: 1, max: limit.markdownCharactersMax }) } }),
  rich_text: richText,
  table,
  data_table: dataTable,
  data_visualization: block({
    required: {
      title: string({ min: 1, max: limit.chartTitleMax }),
      chart: byType(() => ({ pie: chart, bar: chart, line: chart, area: chart })),
    },
  }),
  container: all(
    block({
      required: {
        child_blocks: list(
          byType(() =>
            Object.fromEntries(containable.map((type) => [type, blockRules[type] ?? anything])),
          ),
          { min: 1, max: limit.containerBlocksMax },
        ),
      },
      optional: {
        title: plainText(limit.containerTitleMax),
        rich_text_title: richTextOnly,
        subtitle: anyText(limit.containerTitleMax),
        width: choice('narrow', 'standard', 'wide', 'full'),
        icon: element('image'),
        is_collapsible: flag,
        default_collapsed: flag,
        has_header_divider: flag,
      },
    }),
    anyOf('title', 'rich_text_title'),
  ),
  card,
  carousel: block({
    required: {
      elements: list(
        byType(() => ({ card })),
        { min: 1, max: limit.carouselCardsMax },
      ),
    },
  }),
  plan: block({
    required: { title: string({ min: 1, max: limit.textObjectMax }) },
    optional: {
      tasks: list(
        byType(() => ({ task_card: taskCard })),
        { max: limit.planTasksMax },
      ),
    },
  }),
  task_card: taskCard,
  alert: block({
    required: { text: anyText(limit.alertTextMax) },
    optional: { level: choice('default', 'info', 'warning', 'error', 'success') },
  }),
  video: block({
    required: {
      video_url: string({ min: 1, max: limit.urlMax }),
      thumbnail_url: string({ min: 1, max: limit.urlMax }),
      alt_text: string({ min: 1, max: limit.imageAltMax }),
      title: plainText(limit.videoTitleMax),
    },
    optional: {
      title_url: string({ max: limit.urlMax }),
      author_name: string({ max: limit.videoAuthorMax }),
      provider_name: string({ max: 75 }),
      provider_icon_url: string({ max: limit.urlMax }),
      description: plainText(limit.videoTitleMax),
    },
  }),
  file: block({
    required: { source: choice('remote'), external_id: string({ min: 1, max: limit.idMax }) },
  }),
};
