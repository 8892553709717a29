import { expect, test } from 'vitest';
import { eventually, openWorkspace, startApp } from './support.ts';

test('a slash command reaches a Bolt app in the shape Slack sends and its text answer is seen by the asker alone', async () => {
  const workspace = await openWorkspace();
  await startApp(workspace, (app) => {
    app.command('/triage', ({ ack, command }) => ack(`Opened: ${command.text}`));
  });
  const ana = workspace.personId('ana');
  const channelId = workspace.channelId('incidents');

  const reply = await workspace.perform(ana, {
    type: 'send',
    channelId,
    threadTs: null,
    text: '/triage checkout is slow',
  });

  expect(reply.problem).toBeNull();
  const shown = workspace
    .view(ana)
    .channels.find(({ id }) => id === channelId)
    ?.messages.at(-1);
  expect(shown).toMatchObject({ text: 'Opened: checkout is slow', ephemeral: true });
  const others = workspace
    .view(workspace.personId('ben'))
    .channels.flatMap(({ messages }) => messages);
  expect(others.some(({ ephemeral }) => ephemeral)).toBe(false);
  const payload = workspace.journal.envelopes('slash_commands')[0]?.payload;
  expect(payload).toMatchObject({
    command: '/triage',
    text: 'checkout is slow',
    user_id: ana,
    user_name: 'ana',
    channel_name: 'incidents',
    is_enterprise_install: 'false',
  });
  expect(payload).not.toHaveProperty('thread_ts');
});

test('a modal opened from a command shows field errors, then closes when they are mended', async () => {
  const workspace = await openWorkspace();
  await startApp(workspace, (app) => {
    app.command('/triage', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'form',
          title: { type: 'plain_text', text: 'Open' },
          submit: { type: 'plain_text', text: 'Go' },
          blocks: [
            {
              type: 'input',
              block_id: 'title',
              label: { type: 'plain_text', text: 'Title' },
              element: { type: 'plain_text_input', action_id: 'value' },
            },
          ],
        },
      });
    });
    app.view('form', async ({ ack, view, client }) => {
      const title = view.state.values['title']?.['value']?.value;
      if (title === 'bad') {
        await ack({ response_action: 'errors', errors: { title: 'Not this one.' } });
        return;
      }
      await ack();
      await client.chat.postMessage({ channel: '#incidents', text: `Made ${title}` });
    });
  });
  const ana = workspace.personId('ana');
  const channelId = workspace.channelId('incidents');
  await workspace.perform(ana, { type: 'send', channelId, threadTs: null, text: '/triage' });
  const modal = await eventually(() => workspace.view(ana).modal);
  const fill = (value: string) =>
    workspace.perform(ana, {
      type: 'submit-view',
      viewId: modal.id,
      state: { title: { value: { type: 'plain_text_input', value } } },
    });

  await fill('');
  expect(workspace.view(ana).modal?.errors).toEqual({
    title: 'Please complete this required field.',
  });
  await fill('bad');
  expect(workspace.view(ana).modal?.errors).toEqual({ title: 'Not this one.' });
  await fill('good');

  expect(workspace.view(ana).modal).toBeNull();
  await eventually(() =>
    workspace
      .view(ana)
      .channels.flatMap(({ messages }) => messages)
      .some(({ text }) => text === 'Made good'),
  );
  expect(workspace.journal.envelopes('interactive')).toHaveLength(2);
});
