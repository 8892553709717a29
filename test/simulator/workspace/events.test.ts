import { describe, expect, test } from 'vitest';
import type { EnvelopeRecord } from '../../../src/simulator/workspace/journal.ts';
import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import {
  clientFor,
  eventually,
  messagesSeenBy,
  openWorkspace,
  recorded,
  say,
  startApp,
  testManifest,
} from './support.ts';

type Event = Readonly<Record<string, unknown>>;

function events(workspace: Workspace): readonly Event[] {
  return workspace.journal.envelopes('events_api').map(({ payload }) => payload['event'] as Event);
}

function kinds(workspace: Workspace): readonly string[] {
  return events(workspace).map(({ type, subtype }) =>
    subtype === undefined ? String(type) : `${type}/${subtype}`,
  );
}

test('a mention arrives as a message and as a mention, with the typed name made into an id', async () => {
  const workspace = await openWorkspace();
  const heard: string[] = [];
  await startApp(workspace, (app) => {
    app.event('app_mention', async ({ event }) => {
      heard.push(event.text);
    });
  });

  await say(workspace, 'ana', '@tester look at #deploys & <tell> https://a.example/?x=1&y=2');

  await eventually(() => heard.length === 1);
  expect(heard[0]).toBe(
    `<@${workspace.botUserId}> look at <#${workspace.channelId('deploys')}|deploys> &amp; &lt;tell&gt; <https://a.example/?x=1&amp;y=2>`,
  );
  expect([...kinds(workspace)].sort()).toEqual(['app_mention', 'message']);
  expect(events(workspace)[0]).toMatchObject({
    user: workspace.personId('ana'),
    channel_type: 'channel',
    team: workspace.teamId,
    client_msg_id: expect.any(String),
    blocks: [{ type: 'rich_text' }],
  });
});

test('the wrapper around an event has what Slack puts there', async () => {
  const workspace = await openWorkspace();
  await startApp(workspace, () => undefined);

  await say(workspace, 'ana', 'hello');

  expect(workspace.journal.envelopes('events_api')[0]?.payload).toMatchObject({
    type: 'event_callback',
    team_id: workspace.teamId,
    event_id: expect.stringMatching(/^Ev/),
    event_time: expect.any(Number),
    authorizations: [{ user_id: workspace.botUserId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
  });
});

test('replies, edits, deletions, reactions and the bot’s own messages are announced', async () => {
  const workspace = await openWorkspace();
  await startApp(workspace, () => undefined);
  const ana = workspace.personId('ana');
  const channelId = workspace.channelId('incidents');
  const { ts = '' } = await clientFor(workspace).chat.postMessage({
    channel: channelId,
    text: 'root',
  });

  await say(workspace, 'ana', 'a reply', ts);
  const reply = messagesSeenBy(workspace, 'ana', 'incidents').at(-1)?.ts ?? '';
  await workspace.perform(ana, { type: 'edit', channelId, ts: reply, text: 'a better reply' });
  await workspace.perform(ana, { type: 'react', channelId, ts, name: 'pushpin', add: true });
  await workspace.perform(ana, { type: 'react', channelId, ts, name: 'pushpin', add: false });
  await workspace.perform(ana, { type: 'delete', channelId, ts: reply });

  expect(kinds(workspace)).toEqual([
    'message',
    'message',
    'message/message_changed',
    'reaction_added',
    'reaction_removed',
    'message/message_deleted',
  ]);
  const [own, threaded, changed, reacted, , deleted] = events(workspace);
  expect(own).toMatchObject({ user: workspace.botUserId, bot_id: expect.any(String) });
  expect(threaded).toMatchObject({ thread_ts: ts, parent_user_id: workspace.botUserId });
  expect(changed).toMatchObject({
    message: { text: 'a better reply', edited: { user: ana } },
    previous_message: { text: 'a reply' },
  });
  expect(reacted).toMatchObject({
    reaction: 'pushpin',
    item: { ts },
    item_user: workspace.botUserId,
  });
  expect(deleted).toMatchObject({ deleted_ts: reply });
});

test('people change only their own messages', async () => {
  const workspace = await openWorkspace();
  const channelId = workspace.channelId('incidents');
  await say(workspace, 'ana', 'mine');
  const ts = messagesSeenBy(workspace, 'ana', 'incidents').at(-1)?.ts ?? '';
  const ben = workspace.personId('ben');

  const edit = await workspace.perform(ben, { type: 'edit', channelId, ts, text: 'his' });
  const remove = await workspace.perform(ben, { type: 'delete', channelId, ts });

  expect([edit.problem, remove.problem]).not.toContain(null);
  expect(messagesSeenBy(workspace, 'ana', 'incidents').at(-1)?.text).toBe('mine');
});

test('inviting the bot tells it that it joined; before, the channel is silent', async () => {
  const workspace = await openWorkspace();
  await startApp(workspace, () => undefined);
  const channelId = workspace.channelId('payments-team');
  await say(workspace, 'ana', '@tester are you here?', null, 'payments-team');
  expect(events(workspace)).toEqual([]);

  await workspace.perform(workspace.personId('ana'), {
    type: 'invite-bot',
    channelId,
    invite: true,
  });

  expect(kinds(workspace)).toEqual(['member_joined_channel', 'message/channel_join']);
  expect(events(workspace)[0]).toMatchObject({
    user: workspace.botUserId,
    channel: channelId,
    channel_type: 'C',
    inviter: workspace.personId('ana'),
  });
});

test('opening the Home tab is announced and shows what the app publishes', async () => {
  const workspace = await openWorkspace();
  await startApp(workspace, (app) => {
    app.event('app_home_opened', async ({ client, event }) => {
      const view = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
      await client.views.publish({ user_id: event.user, view });
    });
  });
  const ana = workspace.personId('ana');

  await workspace.perform(ana, { type: 'open-home' });

  const home = await eventually(() => workspace.view(ana).home);
  expect(home).toMatchObject({ type: 'home', blocks: [{ type: 'divider' }] });
  expect(workspace.view(workspace.personId('ben')).home).toBeNull();
  expect(events(workspace)[0]).toMatchObject({ tab: 'home', user: ana });
});

test('events that the manifest does not name are not sent', async () => {
  const settings = {
    socket_mode_enabled: true,
    event_subscriptions: { bot_events: ['app_mention'] },
  };
  const workspace = await openWorkspace({ manifest: { ...testManifest, settings } });
  await startApp(workspace, () => undefined);

  await say(workspace, 'ana', 'hello @tester');

  expect(kinds(workspace)).toEqual(['app_mention']);
});

test('an event that nobody acknowledges is sent three times more, with the reason', async () => {
  const workspace = await openWorkspace({ timings: { ackMs: 30 } });
  await say(workspace, 'ana', 'hello');

  const attempts = await eventually(() => {
    const found = workspace.journal.envelopes('events_api');
    return found.length === 4 && found.every(({ outcome }) => outcome !== 'pending') && found;
  });

  expect(attempts.map(({ retryAttempt }: EnvelopeRecord) => retryAttempt)).toEqual([0, 1, 2, 3]);
  expect(new Set(attempts.map(({ payload }) => payload['event_id'])).size).toBe(1);
});

describe('the payloads have every field of the recorded real ones', () => {
  /** The fields that the recorded one has and this one has not, at the top and in the event. */
  function missing(kind: string, payload: Event): readonly string[] {
    const real = recorded[kind] ?? {};
    const inner = (value: Event) => Object.keys((value['event'] ?? {}) as Event);
    const has = new Set([...Object.keys(payload), ...inner(payload)]);
    return [...Object.keys(real), ...inner(real)].filter((field) => !has.has(field));
  }
  const sent = (workspace: Workspace, type: string) =>
    workspace.journal
      .envelopes()
      .map(({ payload }) => payload)
      .find((payload) => ((payload['event'] ?? payload) as Event)['type'] === type) ?? {};

  test('a mention and a slash command', async () => {
    const workspace = await openWorkspace();
    await say(workspace, 'ana', '@tester hello');
    await say(workspace, 'ana', '/triage x');

    const command = workspace.journal.envelopes('slash_commands')[0]?.payload ?? {};
    expect(missing('app_mention', sent(workspace, 'app_mention'))).toEqual([]);
    expect(missing('slash_command', command)).toEqual([]);
    expect(Object.keys(command).sort()).toEqual(Object.keys(recorded['slash_command']!).sort());
  });

  test('a direct message and the bot joining', async () => {
    const workspace = await openWorkspace();
    const ana = workspace.personId('ana');
    const direct = workspace.view(ana).channels.find(({ isDirect }) => isDirect);
    const channelId = workspace.channelId('payments-team');

    await workspace.perform(ana, {
      type: 'send',
      channelId: direct?.id ?? '',
      threadTs: null,
      text: 'hello',
    });
    const message = sent(workspace, 'message');
    await workspace.perform(ana, { type: 'invite-bot', channelId, invite: true });

    expect(missing('direct_message', message)).toEqual([]);
    expect(message['event']).toMatchObject({ channel_type: 'im', channel: direct?.id });
    expect(missing('member_joined_channel', sent(workspace, 'member_joined_channel'))).toEqual([]);
  });
});
