import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/simulator/workspace/json.ts';
import { clientFor, errorOf, openWorkspace } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (length: number) => ({ type: 'section', text: mrkdwn('x'.repeat(length)) });
const button = (fields: Json = {}) => ({ type: 'button', text: plain('Do'), ...fields });
const actions = (...elements: readonly Json[]) => ({ type: 'actions', elements });
const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
const cell = (text: string) => ({ type: 'raw_text', text });
const rows = (count: number, width: number) =>
  Array.from({ length: count }, () => Array.from({ length: width }, () => cell('c')));
const task = { type: 'task_card', task_id: 't', title: 'T', status: 'complete' };

const accepted: Readonly<Record<string, readonly Json[]>> = {
  'a section at its limit': [section(3_000)],
  'fifty blocks': Array.from({ length: 50 }, () => ({ type: 'divider' })),
  'a header at its limit': [{ type: 'header', text: plain('x'.repeat(150)) }],
  'a button at its limits': [
    actions(button({ text: plain('x'.repeat(75)), value: 'v'.repeat(2_000), style: 'danger' })),
  ],
  'a context of text and picture': [
    {
      type: 'context',
      elements: [
        mrkdwn('x'),
        { type: 'image', image_url: 'https://a.example/i.png', alt_text: 'i' },
      ],
    },
  ],
  'rich text lists': [
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
        },
      ],
    },
  ],
  'a data table with a number': [
    {
      type: 'data_table',
      caption: 'Events',
      page_size: 10,
      rows: [
        [cell('When'), cell('Count')],
        [rich('x'), { type: 'raw_number', value: 2, text: '2' }],
      ],
    },
  ],
  'a plan of tasks': [{ type: 'plan', title: 'Steps', tasks: [{ ...task, details: rich('d') }] }],
  'a container with buttons': [
    {
      type: 'container',
      title: plain('H1'),
      is_collapsible: true,
      child_blocks: [section(9), actions(button())],
    },
  ],
  'a menu with a confirmation': [
    actions({
      type: 'static_select',
      placeholder: plain('Choose'),
      options: [{ text: plain('One'), value: '1' }],
      confirm: {
        title: plain('Sure?'),
        text: mrkdwn('Really'),
        confirm: plain('Yes'),
        deny: plain('No'),
      },
    }),
  ],
};

const refused: Readonly<
  Record<string, readonly [blocks: readonly Json[], pointer: string, words: string]>
> = {
  'an unknown block': [[{ type: 'nonsense' }], '/blocks/0/type', 'unsupported type: nonsense'],
  'a section that is too long': [
    [section(3_001)],
    '/blocks/0/text/text',
    'must be less than 3001 characters',
  ],
  'empty text': [[section(0)], '/blocks/0/text/text', 'must be more than 0 characters'],
  'too many blocks': [
    Array.from({ length: 51 }, () => ({ type: 'divider' })),
    '/blocks',
    'no more than 50 items allowed',
  ],
  'a section with neither text nor fields': [
    [{ type: 'section' }],
    '/blocks/0',
    'must provide one of',
  ],
  'a header in mrkdwn': [
    [{ type: 'header', text: mrkdwn('x') }],
    '/blocks/0/text/type',
    'unsupported type',
  ],
  'a header without text': [[{ type: 'header' }], '/blocks/0', 'missing required field: text'],
  'a field Slack does not know': [
    [{ type: 'divider', colour: 'red' }],
    '/blocks/0',
    'invalid additional property: colour',
  ],
  'two blocks of one id': [
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '/blocks/1/block_id',
    'already exists',
  ],
  'a block id used again inside a container': [
    [
      { type: 'divider', block_id: 'a' },
      { type: 'container', title: plain('x'), child_blocks: [{ type: 'divider', block_id: 'a' }] },
    ],
    '/blocks/1/child_blocks/0/block_id',
    'already exists',
  ],
  'two buttons of one id': [
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    '/blocks/0/elements/1/action_id',
    'already exists',
  ],
  'a button value that is too long': [
    [actions(button({ value: 'v'.repeat(2_001) }))],
    '/blocks/0/elements/0/value',
    'must be less than 2001 characters',
  ],
  'too many buttons': [
    [actions(...Array.from({ length: 26 }, () => button()))],
    '/blocks/0/elements',
    'no more than 25 items allowed',
  ],
  'a select without options': [
    [actions({ type: 'static_select', placeholder: plain('x'), options: [] })],
    '/blocks/0/elements/0/options',
    'no fewer than 1 items allowed',
  ],
  'an overflow of six': [
    [
      actions({
        type: 'overflow',
        options: Array.from({ length: 6 }, (_, place) => ({
          text: plain('x'),
          value: String(place),
        })),
      }),
    ],
    '/blocks/0/elements/0/options',
    'no more than 5 items allowed',
  ],
  'uneven table rows': [
    [{ type: 'table', rows: [[cell('a')], [cell('b'), cell('c')]] }],
    '/blocks/0',
    'same number of cells',
  ],
  'a data table without caption': [
    [{ type: 'data_table', rows: rows(2, 2) }],
    '/blocks/0',
    'missing required field: caption',
  ],
  'a data table with too many rows': [
    [{ type: 'data_table', caption: 'c', rows: rows(102, 1) }],
    '/blocks/0/rows',
    'no more than 101 items allowed',
  ],
  'two tables': [
    [
      { type: 'table', rows: rows(1, 1) },
      { type: 'table', rows: rows(1, 1) },
    ],
    '/blocks/1',
    'no more than 1 table',
  ],
  'an alert in a message': [
    [{ type: 'alert', text: plain('x') }],
    '/blocks/0/type',
    'unsupported type: alert',
  ],
  'a plan beside a task': [[{ type: 'plan', title: 'P' }, task], '/blocks', 'plan and task_card'],
  'a task in an unknown state': [
    [{ ...task, status: 'completed' }],
    '/blocks/0/status',
    'must be a valid enum value',
  ],
  'an image without alternative text': [
    [{ type: 'image', image_url: 'https://a.example/x.png' }],
    '/blocks/0',
    'missing required field: alt_text',
  ],
};

describe('blocks of a message', () => {
  test.each(Object.keys(accepted))('Slack takes %s', async (name) => {
    const workspace = await openWorkspace();
    const channel = workspace.channelId('incidents');

    const call = clientFor(workspace).apiCall('chat.postMessage', {
      channel,
      text: 'x',
      blocks: accepted[name],
    });

    await expect(call).resolves.toMatchObject({ ok: true });
  });

  test.each(Object.keys(refused))('Slack refuses %s and points at it', async (name) => {
    const workspace = await openWorkspace();
    const channel = workspace.channelId('incidents');
    const [blocks, pointer, words] = refused[name]!;

    const call = clientFor(workspace).apiCall('chat.postMessage', { channel, text: 'x', blocks });

    const line = expect.stringContaining(`[json-pointer:${pointer}]`);
    const sentence = expect.stringContaining(words);
    await expect(call).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        errors: expect.arrayContaining([line]),
        response_metadata: { messages: expect.arrayContaining([sentence]) },
      },
    });
  });

  test('all blocks together have a limit of their own', async () => {
    const workspace = await openWorkspace();
    const channel = workspace.channelId('incidents');
    const blocks = Array.from({ length: 5 }, () => section(2_700));

    const call = clientFor(workspace).apiCall('chat.postMessage', { channel, text: 'x', blocks });

    expect(await errorOf(call)).toBe('msg_blocks_too_long');
  });

  test('what a message lacks is filled in as Slack does', async () => {
    const workspace = await openWorkspace();
    const channel = workspace.channelId('incidents');

    const answer = await clientFor(workspace).apiCall('chat.postMessage', {
      channel,
      text: 'x',
      blocks: [section(3), actions(button())],
    });

    expect(answer).toMatchObject({
      message: {
        blocks: [
          { block_id: expect.any(String), text: { verbatim: false } },
          { elements: [{ action_id: expect.any(String), text: { emoji: true } }] },
        ],
      },
    });
  });
});

test('blocks can be checked without a token and without posting', async () => {
  const workspace = await openWorkspace();
  const validate = async (blocks: readonly Json[]) => {
    const response = await fetch(`${workspace.apiUrl}blocks.validate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ blocks }),
    });
    return response.json();
  };

  expect(await validate([section(10)])).toMatchObject({ ok: true });
  expect(await validate([section(0)])).toMatchObject({
    ok: false,
    errors: [{ pointer: '/blocks/0/text/text' }],
  });
});
