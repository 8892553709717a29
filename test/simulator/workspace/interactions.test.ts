import { readFile } from 'node:fs/promises';
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/simulator/workspace/json.ts';
import type { PageMessage } from '../../../src/simulator/workspace/page-protocol.ts';
import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import {
  buttonBlocks,
  clickButton,
  clientFor,
  errorOf,
  eventually,
  messagesSeenBy,
  openWorkspace,
  say,
  startApp,
  testManifest,
} from './support.ts';

const recorded: Readonly<Record<string, Json>> = JSON.parse(
  await readFile(new URL('recorded-payloads.json', import.meta.url), 'utf8'),
);

function form(title: string, more: Partial<ModalView> = {}): ModalView {
  return {
    type: 'modal',
    callback_id: title,
    title: { type: 'plain_text', text: title },
    submit: { type: 'plain_text', text: 'Go' },
    blocks: [
      {
        type: 'input',
        block_id: 'field',
        optional: true,
        label: { type: 'plain_text', text: 'Field' },
        element: { type: 'plain_text_input', action_id: 'value', initial_value: 'as it was' },
      },
    ],
    ...more,
  };
}

/** A workspace whose app posted one message with a button. */
async function withButton(register: (app: App) => void) {
  const workspace = await openWorkspace();
  await startApp(workspace, register);
  const client = clientFor(workspace);
  const channel = workspace.channelId('incidents');
  await client.chat.postMessage({ channel, text: 'root', blocks: buttonBlocks('go') });
  const message = messagesSeenBy(workspace, 'ana', 'incidents').at(-1) as PageMessage;
  return { workspace, client, channel, message };
}

function lastInteraction(workspace: Workspace): Json {
  return workspace.journal.envelopes('interactive').at(-1)?.payload ?? {};
}

/** Opens a form by a click and returns its id. */
async function opened(workspace: Workspace, message: PageMessage) {
  await clickButton(workspace, 'ana', message);
  return eventually(() => workspace.view(workspace.personId('ana')).modal);
}

const submit = (workspace: Workspace, viewId: string, state = {}) =>
  workspace.perform(workspace.personId('ana'), { type: 'submit-view', viewId, state });

const modalOf = (workspace: Workspace) => workspace.view(workspace.personId('ana')).modal;

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
    });

    const reply = await clickButton(workspace, 'ana', message);

    expect(reply.problem).toBe('Operation timed out. Apps need to respond within 3 seconds.');
    expect(workspace.journal.envelopes('interactive')).toHaveLength(1);
  });

  test('a page cannot click what the message does not have', async () => {
    const { workspace, message } = await withButton(() => undefined);
    const forged = { ...message, blocks: buttonBlocks('delete_everything') };

    const reply = await clickButton(workspace, 'ana', forged);

    expect(reply.problem).not.toBeNull();
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

describe('response_url', () => {
  async function urlOfCommand(workspace: Workspace): Promise<string> {
    await say(workspace, 'ana', '/triage x', null, 'payments-team');
    return String(workspace.journal.envelopes('slash_commands')[0]?.payload['response_url']);
  }
  const post = async (url: string, body: Json) => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return [response.status, ((await response.json()) as { error?: string }).error];
  };

  test('works five times, also where the bot is not a member', async () => {
    const workspace = await openWorkspace();
    const url = await urlOfCommand(workspace);

    const answers = [];
    for (const text of ['1', '2', '3', '4', '5', '6']) answers.push(await post(url, { text }));

    expect(answers.map(([status]) => status)).toEqual([200, 200, 200, 200, 200, 404]);
    expect(answers.at(-1)?.[1]).toBe('used_url');
    expect(
      messagesSeenBy(workspace, 'ana', 'payments-team').filter((each) => each.ephemeral),
    ).toHaveLength(5);
  });

  test('posts for everybody when asked to, and refuses broken blocks', async () => {
    const workspace = await openWorkspace();
    const url = await urlOfCommand(workspace);

    await post(url, { text: 'for all', response_type: 'in_channel' });
    const broken = await post(url, { text: 'x', blocks: [{ type: 'nonsense' }] });

    expect(messagesSeenBy(workspace, 'ben', 'payments-team').at(-1)?.text).toBe('for all');
    expect(broken).toEqual([400, 'invalid_blocks']);
  });

  test('dies after its time', async () => {
    const workspace = await openWorkspace({ timings: { responseUrlTtlMs: -1 } });
    const url = await urlOfCommand(workspace);

    expect(await post(url, { text: 'late' })).toEqual([404, 'expired_url']);
  });
});

describe('triggers', () => {
  async function triggerOf(workspace: Workspace): Promise<string> {
    await say(workspace, 'ana', '/triage x');
    return String(workspace.journal.envelopes('slash_commands')[0]?.payload['trigger_id']);
  }

  test('a trigger opens one view, and only a real one does', async () => {
    const workspace = await openWorkspace();
    const client = clientFor(workspace);
    const trigger = await triggerOf(workspace);
    const open = (trigger_id: string) =>
      errorOf(client.views.open({ trigger_id, view: form('One') }));

    expect(await open(trigger)).toBe('ok');
    expect(await open(trigger)).toBe('exchanged_trigger_id');
    expect(await open('1.2.abc')).toBe('invalid_trigger_id');
  });

  test('a trigger dies after its time', async () => {
    const workspace = await openWorkspace({ timings: { triggerTtlMs: -1 } });
    const trigger_id = await triggerOf(workspace);

    const call = clientFor(workspace).views.open({ trigger_id, view: form('One') });

    expect(await errorOf(call)).toBe('expired_trigger_id');
  });

  test('a trigger from a message cannot push onto a form', async () => {
    const workspace = await openWorkspace();
    const trigger_id = await triggerOf(workspace);

    const call = clientFor(workspace).views.push({ trigger_id, view: form('One') });

    expect(await errorOf(call)).toBe('invalid_trigger_id');
  });

  test('a broken view is refused with a pointer', async () => {
    const workspace = await openWorkspace();
    const trigger_id = await triggerOf(workspace);
    const view = form('A title that is far too long', { private_metadata: 'x'.repeat(3_001) });

    const call = clientFor(workspace).views.open({ trigger_id, view });

    await expect(call).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: {
          messages: [
            expect.stringContaining('json-pointer:/view/title/text'),
            expect.stringContaining('json-pointer:/view/private_metadata'),
          ],
        },
      },
    });
  });
});

describe('forms', () => {
  test('a submission carries all values, also those nobody touched, in the recorded shape', async () => {
    const { workspace, message } = await withButton((app) => {
      app.action('go', async ({ ack, client, body }) => {
        await ack();
        const trigger_id = (body as { trigger_id: string }).trigger_id;
        await client.views.open({ trigger_id, view: form('One', { private_metadata: 'key' }) });
      });
      app.view('One', ({ ack }) => ack());
    });
    const modal = await opened(workspace, message);

    await submit(workspace, modal.id);

    const payload = lastInteraction(workspace);
    const view = payload['view'] as Json;
    expect(Object.keys(payload)).toEqual(
      expect.arrayContaining(Object.keys(recorded['view_submission']!)),
    );
    expect(Object.keys(view)).toEqual(
      expect.arrayContaining(Object.keys(recorded['view_submission']!['view'] as Json)),
    );
    expect(view).toMatchObject({
      private_metadata: 'key',
      state: { values: { field: { value: { type: 'plain_text_input', value: 'as it was' } } } },
    });
    expect(modalOf(workspace)).toBeNull();
  });

  test('update, push and clear do what Slack does, and three views are the most', async () => {
    const { workspace, message } = await withButton((app) => {
      app.action('go', async ({ ack, client, body }) => {
        await ack();
        const trigger_id = (body as { trigger_id: string }).trigger_id;
        await client.views.open({ trigger_id, view: form('One') });
      });
      app.view('One', ({ ack }) => ack({ response_action: 'update', view: form('Two') }));
      app.view('Two', ({ ack }) => ack({ response_action: 'push', view: form('Three') }));
      app.view('Three', ({ ack }) => ack({ response_action: 'push', view: form('Four') }));
      app.view('Four', ({ ack }) => ack({ response_action: 'push', view: form('Five') }));
    });
    const titleNow = () => modalOf(workspace)?.view['callback_id'];
    const one = await opened(workspace, message);

    await submit(workspace, one.id);
    expect([titleNow(), modalOf(workspace)?.id]).toEqual(['Two', one.id]);
    await submit(workspace, one.id);
    expect(titleNow()).toBe('Three');
    await submit(workspace, modalOf(workspace)?.id ?? '');
    expect(titleNow()).toBe('Four');
    await submit(workspace, modalOf(workspace)?.id ?? '');

    expect(titleNow()).toBe('Four');
    expect(modalOf(workspace)?.problem).toBe('We had some trouble connecting. Try again?');
    await workspace.perform(workspace.personId('ana'), {
      type: 'close-view',
      viewId: modalOf(workspace)?.id ?? '',
    });
    expect(titleNow()).toBe('Three');
  });

  test('a form that the app does not answer stays, with Slack’s sentence', async () => {
    const { workspace, message } = await withButton((app) => {
      app.action('go', async ({ ack, client, body }) => {
        await ack();
        const trigger_id = (body as { trigger_id: string }).trigger_id;
        await client.views.open({ trigger_id, view: form('One') });
      });
      app.view('One', async () => undefined);
    });
    const modal = await opened(workspace, message);

    const waiting = submit(workspace, modal.id);
    expect(modalOf(workspace)?.submitting).toBe(true);
    await submit(workspace, modal.id);
    await waiting;

    expect(modalOf(workspace)).toMatchObject({
      submitting: false,
      problem: 'We had some trouble connecting. Try again?',
    });
    const sent = workspace.journal.envelopes('interactive').map(({ payload }) => payload['type']);
    expect(sent).toEqual(['block_actions', 'view_submission']);
  });

  test('errors for a field that the form does not have are trouble', async () => {
    const { workspace, message } = await withButton((app) => {
      app.action('go', async ({ ack, client, body }) => {
        await ack();
        const trigger_id = (body as { trigger_id: string }).trigger_id;
        await client.views.open({ trigger_id, view: form('One') });
      });
      app.view('One', ({ ack }) => ack({ response_action: 'errors', errors: { other: 'x' } }));
    });
    const modal = await opened(workspace, message);

    await submit(workspace, modal.id);

    expect(modalOf(workspace)?.problem).toBe('We had some trouble connecting. Try again?');
  });

  test('an update against an old hash is a conflict, and a closed view is not found', async () => {
    const { workspace, message, client } = await withButton((app) => {
      app.action('go', async ({ ack, client: own, body }) => {
        await ack();
        const trigger_id = (body as { trigger_id: string }).trigger_id;
        await own.views.open({ trigger_id, view: form('One', { notify_on_close: true }) });
      });
    });
    const { id: view_id, hash } = await opened(workspace, message);

    await client.views.update({ view_id, hash, view: form('Two', { notify_on_close: true }) });
    expect(await errorOf(client.views.update({ view_id, hash, view: form('Three') }))).toBe(
      'hash_conflict',
    );
    await workspace.perform(workspace.personId('ana'), { type: 'close-view', viewId: view_id });

    expect(lastInteraction(workspace)).toMatchObject({ type: 'view_closed', is_cleared: false });
    expect(await errorOf(client.views.update({ view_id, view: form('Four') }))).toBe('not_found');
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
