import type { ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/simulator/workspace/json.ts';
import type { PageMessage } from '../../../src/simulator/workspace/page-protocol.ts';
import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import {
  clickButton,
  clientFor,
  errorOf,
  eventually,
  impatient,
  lastInteraction,
  openWorkspace,
  recorded,
  say,
  withButton,
} from './support.ts';

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

/** Opens a form by a click and returns its id. */
async function opened(workspace: Workspace, message: PageMessage) {
  await clickButton(workspace, 'ana', message);
  return eventually(() => workspace.view(workspace.personId('ana')).modal);
}

const submit = (workspace: Workspace, viewId: string, state = {}) =>
  workspace.perform(workspace.personId('ana'), { type: 'submit-view', viewId, state });

const modalOf = (workspace: Workspace) => workspace.view(workspace.personId('ana')).modal;

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
    }, impatient);
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
