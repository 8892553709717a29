import { expect, onTestFinished, test } from 'vitest';
import { createPageAssets } from '../../../src/simulator/workspace/page-assets.ts';
import { openWorkspace, startApp } from '../workspace/support.ts';
import { plain } from './page-builders.ts';
import { launchBrowser } from './page-harness.ts';

const form = {
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('Next step'),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'note',
      label: plain('Note'),
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    },
  ],
};

test('a person opens a card by command, clicks in it and fills in a form, all through the page', async () => {
  const workspace = await openWorkspace({
    pageAssets: await createPageAssets(),
    timings: { ackMs: 3_000 },
  });
  const notes: unknown[] = [];
  await startApp(workspace, (app) => {
    app.command('/triage', async ({ ack, command, client }) => {
      await ack();
      const button = { type: 'button' as const, action_id: 'next', text: plain('Next step') };
      await client.chat.postMessage({
        channel: command.channel_id,
        text: command.text,
        blocks: [
          { type: 'header', text: plain(command.text) },
          { type: 'actions', elements: [button] },
        ],
      });
    });
    app.action('next', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({
        trigger_id: 'trigger_id' in body ? body.trigger_id : '',
        view: form,
      });
    });
    app.view('form', async ({ ack, view }) => {
      const text = view.state.values['note']?.['text']?.value;
      notes.push(text);
      await ack(
        text === 'bad' ? { response_action: 'errors', errors: { note: 'Not that.' } } : undefined,
      );
    });
  });
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();

  await page.goto(workspace.pageUrl);
  await page.getByLabel('Message #incidents').fill('/triage checkout returns 5xx');
  await page.getByLabel('Message #incidents').press('Enter');
  const card = page.getByRole('article').filter({ hasText: 'checkout returns 5xx' });
  await card.getByRole('button', { name: 'Next step' }).click();
  await page.getByLabel('Note').fill('bad');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Not that.').waitFor();
  await page.getByLabel('Note').fill('good');
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(notes).toEqual(['bad', 'good']);
});
