import { anInput, anOption, mrkdwn, plain } from './page-builders.ts';

const options = [anOption('a'), anOption('b'), anOption('c')];

function button(actionId: string, text: string, part = {}) {
  return { type: 'button', action_id: actionId, text: plain(text), value: actionId, ...part };
}

function richText(text: string) {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}

/** Blocks as a root card has them. */
export const rootCard = [
  { type: 'header', text: plain('Checkout returns 5xx :rotating_light:') },
  {
    type: 'section',
    text: mrkdwn(
      '*SEV2* · owner <@U1> · open for 12 min\nStep 3 of 7: *Onset* · <#C2> · <!date^1795000000^{date_short} {time}|at 10:06>',
    ),
    accessory: { type: 'overflow', action_id: 'more', options },
  },
  {
    type: 'section',
    fields: [mrkdwn('*Service*\ncheckout'), mrkdwn('*Region*\neu-west-1')],
  },
  {
    type: 'plan',
    title: 'Triage',
    tasks: [
      {
        type: 'task_card',
        task_id: '1',
        title: 'Frame',
        status: 'complete',
        output: richText('5xx since 10:42'),
      },
      { type: 'task_card', task_id: '2', title: 'Onset', status: 'in_progress' },
      { type: 'task_card', task_id: '3', title: 'Hypotheses', status: 'pending' },
    ],
  },
  {
    type: 'actions',
    elements: [
      button('next', 'Next step', { style: 'primary' }),
      button('close', 'Close', {
        style: 'danger',
        confirm: {
          title: plain('Close it?'),
          text: mrkdwn('*Nothing* is lost.'),
          confirm: plain('Close it'),
          deny: plain('Keep'),
        },
      }),
      button('docs', 'Open the document', { url: 'https://example.com/doc' }),
      { type: 'users_select', action_id: 'owner', placeholder: plain('Hand off to') },
    ],
  },
  {
    type: 'context',
    elements: [mrkdwn('Waiting for *CloudTrail* until 10:57'), mrkdwn(':eyes: 2 watching')],
  },
];

export const hypothesisCards = [
  {
    type: 'container',
    title: plain('1 · Security group sg-0a1 lost port 5432'),
    subtitle: plain('Likely (0.72) · testing'),
    is_collapsible: true,
    child_blocks: [
      {
        type: 'section',
        text: mrkdwn('• for: change 4 min before onset\n• against: one of three zones is fine'),
      },
      { type: 'divider' },
      {
        type: 'actions',
        elements: [button('confirm_h', 'Confirm'), button('eliminate_h', 'Eliminate')],
      },
    ],
  },
  {
    type: 'card',
    title: mrkdwn('*Ask the actor*'),
    subtitle: mrkdwn('deploy-role by Ben'),
    body: mrkdwn('Was this you, and was it expected?'),
    actions: [button('yes', 'Yes, expected'), button('no', 'No')],
  },
];

export const tables = [
  {
    type: 'data_table',
    block_id: 'changes',
    caption: 'Changes before the onset',
    page_size: 3,
    rows: [
      [
        { type: 'raw_text', text: 'Event' },
        { type: 'raw_text', text: 'Who' },
        { type: 'raw_text', text: 'Minutes' },
      ],
      ...[12, 4, 31, 7, 2].map((minutes) => [
        { type: 'raw_text', text: `RevokeSecurityGroupIngress ${minutes}` },
        richText('deploy-role'),
        { type: 'raw_number', value: minutes, text: `${minutes} min` },
      ]),
    ],
  },
  {
    type: 'table',
    rows: [
      [
        { type: 'raw_text', text: 'Region' },
        { type: 'raw_text', text: 'Events' },
      ],
      [
        { type: 'raw_text', text: 'eu-west-1' },
        { type: 'raw_number', value: 42, text: '42' },
      ],
    ],
  },
];

export const texts = [
  {
    type: 'section',
    text: mrkdwn(
      '*bold* _italic_ ~gone~ `code` <https://example.com/x?a=1&amp;b=2|a link> &lt;tag&gt; &amp; :white_check_mark:\n> quoted\n```\npre  formatted\n  text\n```\n1. first\n2. second\n# not a heading\n<@U2> did <!here> it, <@UNKNOWN>; a_b_c d*e*f 2*3*4',
    ),
  },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Rich ', style: { bold: true } },
          { type: 'user', user_id: 'U2' },
          { type: 'text', text: ' in ' },
          { type: 'channel', channel_id: 'C2' },
          { type: 'link', url: 'https://example.com', text: 'link' },
          { type: 'emoji', name: 'tada' },
          { type: 'date', timestamp: 1795000000, format: '{date_short} {time}', fallback: 'then' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        elements: ['one', 'two'].map((text) => ({
          type: 'rich_text_section',
          elements: [{ type: 'text', text }],
        })),
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'quoted' }] },
      {
        type: 'rich_text_preformatted',
        elements: [{ type: 'text', text: 'aws cloudtrail lookup-events' }],
      },
    ],
  },
  {
    type: 'markdown',
    text: '## Findings\n\n- **one**\n- `two`\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  },
  { type: 'alert', level: 'warning', text: plain('Two Regions were not checked') },
  { type: 'divider' },
  { type: 'file', external_id: 'ext-1', source: 'remote' },
  { type: 'holograph', text: plain('?') },
];

/** One input block of every type, all empty. */
export const everyInput = [
  anInput(
    'Title',
    { type: 'plain_text_input', action_id: 'a', placeholder: plain('What is wrong?') },
    { hint: plain('One line') },
  ),
  anInput(
    'Details',
    { type: 'plain_text_input', action_id: 'a', multiline: true },
    { optional: true },
  ),
  anInput('Count', {
    type: 'number_input',
    action_id: 'a',
    is_decimal_allowed: false,
    min_value: '1',
    max_value: '10',
  }),
  anInput('Mail', { type: 'email_text_input', action_id: 'a' }),
  anInput('Runbook', { type: 'url_text_input', action_id: 'a' }),
  anInput('Severity', {
    type: 'static_select',
    action_id: 'a',
    options,
    placeholder: plain('Choose'),
  }),
  anInput('Owner', { type: 'users_select', action_id: 'a' }),
  anInput('Where', { type: 'conversations_select', action_id: 'a' }),
  anInput('Channel', { type: 'channels_select', action_id: 'a' }),
  anInput('Regions', { type: 'multi_static_select', action_id: 'a', options }),
  anInput('People', { type: 'multi_users_select', action_id: 'a' }),
  anInput('Kind', { type: 'radio_buttons', action_id: 'a', options }),
  anInput('Flags', { type: 'checkboxes', action_id: 'a', options }),
  anInput('Day', { type: 'datepicker', action_id: 'a' }),
  anInput('Time', { type: 'timepicker', action_id: 'a' }),
  anInput('Moment', { type: 'datetimepicker', action_id: 'a' }),
  anInput('Note', { type: 'rich_text_input', action_id: 'a' }, { optional: true }),
];
