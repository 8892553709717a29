import { describe, expect, test } from 'vitest';
import type { PageMessage } from '../../../src/simulator/workspace/page-protocol.ts';
import {
  buttonBlocks,
  clickButton,
  clientFor,
  errorOf,
  eventually,
  impatient,
  lastInteraction,
  messagesSeenBy,
  openWorkspace,
  recorded,
  startApp,
  testManifest,
  withButton,
} from './support.ts';

describe('clicks', () => {
  test('a click carries the message, the app’s own value and everything Slack’s recorded one has', async () => {
    const { workspace, message } = await withButton((app) => {
      app.action('go', ({ ack }) => ack());
    });

    const reply = await clickButton(workspace, 'ana', message);

    expect(reply.problem).toBeNull();
    const payload = lastInteraction(workspace);
    expect(Object.keys(payload)).toEqual(
      expect.arrayContaining(Object.keys(recorded['block_actions']!)),
    );
    expect(payload).toMatchObject({
      container: { type: 'message', message_ts: message.ts, is_ephemeral: false },
      message: { ts: message.ts, user: workspace.botUserId, blocks: [{ block_id: 'choices' }] },
      actions: [{ type: 'button', action_id: 'go', block_id: 'choices', value: 'value of go' }],
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
    });
  });

  test('a click that is not acknowledged warns the person and is not sent again', async () => {
    const { workspace, message } = await withButton((app) => {
      app.action('go', async () => undefined);
    }, impatient);

    const reply = await clickButton(workspace, 'ana', message);

    expect(reply.problem).toBe('Operation timed out. Apps need to respond within 3 seconds.');
    expect(workspace.journal.envelopes('interactive')).toHaveLength(1);
  });

  test('a page cannot click what the message does not have', async () => {
    const { workspace, message } = await withButton(() => undefined);
    const forged = { ...message, blocks: buttonBlocks('delete_everything') };

    const reply = await clickButton(workspace, 'ana', forged);

    expect(reply.problem).toBe('This message has just changed. Look again, then tap.');
    expect(workspace.journal.envelopes('interactive')).toEqual([]);
  });

  test('an ephemeral message is replaced and deleted through its response_url alone', async () => {
    const workspace = await openWorkspace();
    const urls: string[] = [];
    await startApp(workspace, (app) => {
      app.action('go', async ({ ack, respond, body }) => {
        await ack();
        urls.push((body as { response_url: string }).response_url);
        await respond({ replace_original: true, text: 'replaced' });
      });
    });
    await clientFor(workspace).chat.postEphemeral({
      channel: workspace.channelId('incidents'),
      user: workspace.personId('ana'),
      text: 'only you',
      blocks: buttonBlocks('go'),
    });
    const last = () => messagesSeenBy(workspace, 'ana', 'incidents').at(-1);

    await clickButton(workspace, 'ana', last() as PageMessage);
    await eventually(() => last()?.text === 'replaced');
    expect(lastInteraction(workspace)).not.toHaveProperty('message');
    expect(Object.keys(lastInteraction(workspace))).toEqual(
      expect.arrayContaining(Object.keys(recorded['ephemeral_block_actions']!)),
    );
    await fetch(urls[0]!, { method: 'POST', body: JSON.stringify({ delete_original: true }) });

    expect(last()?.ephemeral).toBe(false);
  });
});

test('a message shortcut carries the message, wherever it is', async () => {
  const workspace = await openWorkspace();
  await startApp(workspace, (app) => {
    app.shortcut('start', ({ ack }) => ack());
  });
  const channelId = workspace.channelId('payments-team');
  const message = messagesSeenBy(workspace, 'ana', 'payments-team')[0];
  const ana = workspace.personId('ana');
  const run = (callbackId: string) =>
    workspace.perform(ana, {
      type: 'message-shortcut',
      callbackId,
      channelId,
      ts: message?.ts ?? '',
    });

  const known = await run('start');
  const unknown = await run('nothing');

  expect(known.problem).toBeNull();
  expect(unknown.problem).not.toBeNull();
  expect(lastInteraction(workspace)).toMatchObject({
    type: 'message_action',
    callback_id: 'start',
    message_ts: message?.ts,
    message: { text: message?.text, user: message?.userId },
    response_url: expect.stringContaining('/response/actions/'),
    trigger_id: expect.any(String),
  });
});

describe('what the manifest does not switch on', () => {
  test('without interactivity clicks are refused in Slack’s words', async () => {
    const settings = { ...testManifest.settings, interactivity: { is_enabled: false } };
    const workspace = await openWorkspace({ manifest: { ...testManifest, settings } });
    await clientFor(workspace).chat.postMessage({
      channel: workspace.channelId('incidents'),
      text: 'x',
      blocks: buttonBlocks('go'),
    });

    const message = messagesSeenBy(workspace, 'ana', 'incidents').at(-1) as PageMessage;
    const reply = await clickButton(workspace, 'ana', message);

    expect(reply.problem).toContain('not configured to handle interactive responses');
    expect(workspace.journal.envelopes('interactive')).toEqual([]);
  });

  test('without a Home tab and a writable messages tab there is neither', async () => {
    const app_home = {
      home_tab_enabled: false,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: true,
    };
    const features = { ...testManifest.features, app_home };
    const workspace = await openWorkspace({ manifest: { ...testManifest, features } });
    const ana = workspace.personId('ana');
    const direct = workspace.view(ana).channels.find(({ isDirect }) => isDirect);

    const publish = clientFor(workspace).views.publish({
      user_id: ana,
      view: { type: 'home', blocks: [] },
    });
    const written = await workspace.perform(ana, {
      type: 'send',
      channelId: direct?.id ?? '',
      threadTs: null,
      text: 'hello',
    });

    expect(await errorOf(publish)).toBe('not_enabled');
    expect(written.problem).toBe('Sending messages to this app has been turned off.');
  });
});
