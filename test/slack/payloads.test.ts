import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import {
  blockActionPayload,
  eventEnvelope,
  formValuesOf,
  memberJoinedEvent,
  mentionEvent,
  messageChangedEvent,
  messageDeletedEvent,
  messageShortcutPayload,
  reactionEvent,
  slashCommandPayload,
  viewSubmissionPayload,
} from '../../src/slack/payloads.ts';
import more from '../simulator/workspace/recorded-payloads.json' with { type: 'json' };
import { pathsIn, withPart } from '../support/json-parts.ts';
import recorded from './recorded-payloads.json' with { type: 'json' };

/*
 * What Slack itself sent (see NOTICE). Where no recording could be had (message shortcut,
 * message_changed, message_deleted, reaction_removed, a tap in a form, most input elements) the
 * examples below follow https://docs.slack.dev.
 */

const shortcut = {
  type: 'message_action',
  callback_id: 'add_to_timeline',
  trigger_id: '13345224609.8534564800.6f8ab1f53e13d0cd15f96106292d5536',
  response_url: 'https://hooks.slack.com/app/T00FAKE00AA/22974584001/qjaF1kO1TcrG',
  team: { id: 'T00FAKE00AA', domain: 'acme' },
  channel: { id: 'C00FAKECHAN1', name: 'incidents' },
  user: { id: 'U00FAKEUSER1', name: 'jane' },
  message: { type: 'message', user: 'U00FAKEUSER2', ts: '1700000000.000100', text: 'It is down' },
  message_ts: '1700000000.000100',
};

const changed = {
  type: 'message',
  subtype: 'message_changed',
  hidden: true,
  channel: 'C00FAKECHAN1',
  ts: '1700000060.000001',
  message: {
    type: 'message',
    user: 'U00FAKEUSER1',
    text: 'It is down since ten',
    ts: '1700000000.000100',
    edited: { user: 'U00FAKEUSER1', ts: '1700000060.000000' },
  },
};

const deleted = {
  type: 'message',
  subtype: 'message_deleted',
  channel: 'C00FAKECHAN1',
  ts: '1700000060.000001',
  deleted_ts: '1700000000.000100',
};

const tapInForm = {
  ...more.block_actions,
  container: { type: 'view', view_id: 'V0AB2P1M2HX' },
  channel: undefined,
  message: undefined,
  response_url: undefined,
  view: more.view_submission.view,
};

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

/** One row per input element: what its state looks like, and what a form reads. */
const INPUTS = [
  { type: 'plain_text_input', state: { value: 'words' }, read: 'words' },
  { type: 'plain_text_input', state: { value: null }, read: null },
  { type: 'number_input', state: { value: '12' }, read: '12' },
  { type: 'email_text_input', state: { value: 'ana@example.com' }, read: 'ana@example.com' },
  { type: 'url_text_input', state: { value: 'https://example.com' }, read: 'https://example.com' },
  { type: 'static_select', state: { selected_option: option('high') }, read: 'high' },
  { type: 'static_select', state: { selected_option: null }, read: null },
  { type: 'external_select', state: { selected_option: option('i-1') }, read: 'i-1' },
  { type: 'radio_buttons', state: { selected_option: option('low') }, read: 'low' },
  { type: 'checkboxes', state: { selected_options: [option('a'), option('b')] }, read: 'a,b' },
  { type: 'checkboxes', state: { selected_options: [] }, read: '' },
  { type: 'multi_static_select', state: { selected_options: [option('a')] }, read: 'a' },
  { type: 'users_select', state: { selected_user: 'U00FAKEUSER1' }, read: 'U00FAKEUSER1' },
  { type: 'users_select', state: { selected_user: null }, read: null },
  { type: 'channels_select', state: { selected_channel: 'C0001' }, read: 'C0001' },
  { type: 'conversations_select', state: { selected_conversation: 'G0001' }, read: 'G0001' },
  { type: 'datepicker', state: { selected_date: '2026-11-22' }, read: '2026-11-22' },
  { type: 'timepicker', state: { selected_time: '09:30' }, read: '09:30' },
  { type: 'datetimepicker', state: { selected_date_time: 1_763_800_000 }, read: '1763800000' },
  { type: 'datetimepicker', state: { selected_date_time: null }, read: null },
];

const PARSERS = [
  { name: 'slash command', schema: slashCommandPayload, example: more.slash_command },
  { name: 'tap in a message', schema: blockActionPayload, example: more.block_actions },
  { name: 'tap in a form', schema: blockActionPayload, example: tapInForm },
  { name: 'submitted form', schema: viewSubmissionPayload, example: more.view_submission },
  { name: 'message shortcut', schema: messageShortcutPayload, example: shortcut },
  { name: 'event envelope', schema: eventEnvelope, example: more.app_mention },
  { name: 'mention', schema: mentionEvent, example: more.app_mention.event },
  { name: 'reaction', schema: reactionEvent, example: recorded.reaction_added.event },
  { name: 'changed message', schema: messageChangedEvent, example: changed },
  { name: 'deleted message', schema: messageDeletedEvent, example: deleted },
  { name: 'member', schema: memberJoinedEvent, example: more.member_joined_channel.event },
] as const;

describe('what Slack sends', () => {
  it('is read from a slash command, whose fields are a flat form', () => {
    expect(slashCommandPayload.parse(more.slash_command)).toEqual({
      team_id: 'T00FAKE00BB',
      channel_id: 'C00FAKECHAN3',
      user_id: 'U00FAKEUSER2',
      text: 'some arguments here',
      trigger_id: '10520020890661.10229338706656.2e2188a074adf3bf9f8456b30180f405',
      response_url:
        'https://hooks.slack.com/commands/T00FAKE00BB/10521386623270/6U66ryd5RNMenHgPzeTf3u7K',
    });
  });

  it('is read from a tap on a button, with and without a value', () => {
    const withValue = blockActionPayload.parse(recorded.block_actions_with_value);
    const without = blockActionPayload.parse(more.block_actions);

    expect(withValue.actions[0]).toMatchObject({ action_id: 'report', value: 'bug' });
    expect(withValue.container).toEqual({
      type: 'message',
      message_ts: '1771116682.586579',
      thread_ts: '1771116676.529969',
      is_ephemeral: false,
    });
    expect(without.actions[0]?.value).toBeUndefined();
    expect(without.channel?.id).toBe('C00FAKECHAN2');
  });

  it('says where an ephemeral message is in its container alone', () => {
    const payload = blockActionPayload.parse(more.ephemeral_block_actions);

    expect(more.ephemeral_block_actions).not.toHaveProperty('message');
    expect(payload.container).toEqual({
      type: 'message',
      message_ts: '1771126609.000200',
      thread_ts: '1771126602.612659',
      is_ephemeral: true,
    });
    expect(payload.channel?.id).toBe('C00FAKECHAN3');
  });

  it('is read from a tap in a form, which has neither a channel nor a reply address', () => {
    const payload = blockActionPayload.parse(tapInForm);

    expect(payload.container.type).toBe('view');
    expect(payload.channel).toBeUndefined();
    expect(payload.response_url).toBeUndefined();
  });

  it('is read from a submitted form, select included', () => {
    const payload = viewSubmissionPayload.parse(recorded.view_submission_with_select);

    expect(payload.view).toMatchObject({ callback_id: 'report_form', hash: '1771116686.WlRuF27e' });
    expect(formValuesOf(payload)).toEqual({
      title: { title: 'tes' },
      steps: { steps: 'test' },
      severity: { severity: 'high' },
    });
  });

  it.each(INPUTS)('reads $type with $state as $read', ({ type, state, read }) => {
    const { view } = more.view_submission;
    const values = { field: { value: { type, ...state } } };
    const payload = viewSubmissionPayload.parse({
      ...more.view_submission,
      view: { ...view, state: { values } },
    });

    expect(formValuesOf(payload)).toEqual({ field: { value: read } });
  });

  it('is read from a message shortcut, also on a message without text or author', () => {
    expect(messageShortcutPayload.parse(shortcut)).toMatchObject({
      callback_id: 'add_to_timeline',
      channel: { id: 'C00FAKECHAN1' },
      message: { ts: '1700000000.000100', text: 'It is down', user: 'U00FAKEUSER2' },
    });
    const bare = { ...shortcut, message: { ts: '1700000000.000100', thread_ts: null } };
    expect(messageShortcutPayload.parse(bare).message.text).toBe('');
  });

  it('is read from events about words, marks and members', () => {
    expect(eventEnvelope.parse(more.app_mention)).toEqual({
      team_id: 'T00FAKE00BB',
      event_id: 'Ev0AATDEL38U',
      event: {
        type: 'app_mention',
        user: 'U00FAKEUSER2',
        channel: 'C00FAKECHAN2',
        ts: '1769220155.940449',
        event_ts: '1769220155.940449',
      },
    });
    expect(mentionEvent.parse(more.app_mention.event)).toMatchObject({
      user: 'U00FAKEUSER2',
      text: '<@U00FAKEBOT02> Hello',
      channel: 'C00FAKECHAN2',
    });
    expect(messageChangedEvent.parse(changed)).toEqual({
      channel: 'C00FAKECHAN1',
      message: {
        ts: '1700000000.000100',
        user: 'U00FAKEUSER1',
        text: 'It is down since ten',
      },
    });
    expect(messageDeletedEvent.parse(deleted).deleted_ts).toBe('1700000000.000100');
    expect(memberJoinedEvent.parse(more.member_joined_channel.event)).toEqual({
      user: 'U00FAKEBOT01',
      channel: 'C00FAKECHAN1',
    });
  });

  it('is read from reactions alike, added or removed, on a message or on a file', () => {
    const { event } = recorded.reaction_added;
    const removed = { ...event, type: 'reaction_removed' };
    const onFile = { ...event, item: { type: 'file', file: 'F1', file_comment: null } };

    expect(reactionEvent.parse(event).item.ts).toBe('1767326126.896109');
    expect(reactionEvent.parse(removed)).toEqual(reactionEvent.parse(event));
    expect(reactionEvent.parse(onFile).item).toEqual({ type: 'file' });
  });
});

describe.each(PARSERS)('the schema of a $name', ({ schema, example }) => {
  it('takes fields that Slack may add tomorrow', () => {
    const withMore = { ...example, added_next_year: { deep: ['x'] } };

    expect(schema.parse(withMore)).toEqual(schema.parse(example));
  });

  it('answers any JSON with a value or a ZodError', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isHandled(schema, value)).toBe(true);
      }),
    );
  });

  it('answers an example with one broken part with a value or a ZodError', () => {
    const paths = fc.constantFrom(...pathsIn(example));
    fc.assert(
      fc.property(paths, fc.jsonValue(), (path, value) => {
        expect(isHandled(schema, withPart(example, path, value))).toBe(true);
      }),
    );
  });
});

it.each([
  { what: 'a command without a user', schema: slashCommandPayload, broken: { team_id: 'T1' } },
  {
    what: 'a tap on nothing',
    schema: blockActionPayload,
    broken: { ...more.block_actions, actions: [] },
  },
  {
    what: 'an id of megabytes',
    schema: memberJoinedEvent,
    broken: { user: 'U'.repeat(1_000_000), channel: 'C1' },
  },
  {
    what: 'a text beyond all limits',
    schema: mentionEvent,
    broken: { ...more.app_mention.event, text: 'x'.repeat(100_001) },
  },
  { what: 'a form without state', schema: viewSubmissionPayload, broken: { view: {} } },
])('$what is refused', ({ schema, broken }) => {
  expect(schema.safeParse(broken).success).toBe(false);
});

function isHandled(schema: { parse(value: unknown): unknown }, value: unknown): boolean {
  try {
    schema.parse(value);
    return true;
  } catch (error) {
    return error instanceof ZodError;
  }
}
