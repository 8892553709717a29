import { describe, expect, test } from 'vitest';
import { createPageBrowser } from './page-browser.ts';
import { aChannel, aMessage, ana, aWorkspace, ben, bot, withMessages } from './page-builders.ts';

const browser = createPageBrowser();

describe('what can be done with a message', () => {
  test('a reaction is added from the toolbar and taken off by its counter', async () => {
    const reactions = [{ name: 'eyes', userIds: [ana.id, ben.id] }];
    const page = await browser.open(withMessages(aMessage({ text: 'hi', reactions })));

    await page.getByRole('article').hover();
    await page.getByRole('button', { name: 'React with pushpin' }).click();
    await page.getByRole('button', { name: 'eyes, 2' }).click();

    await expect
      .poll(() => browser.harness.actions)
      .toMatchObject([
        { type: 'react', ts: '1795000000.000100', name: 'pushpin', add: true },
        { type: 'react', name: 'eyes', add: false },
      ]);
  });

  test('the toolbar is reached with the keyboard', async () => {
    const page = await browser.open(withMessages(aMessage({ text: 'hi' })));

    await page.getByRole('article').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    expect(await browser.sent(page, 'react')).toMatchObject({ name: 'pushpin', add: true });
  });

  test('a message shortcut is offered by name', async () => {
    const page = await browser.open(withMessages(aMessage({ text: 'hi', userId: ben.id })));

    await page.getByRole('article').hover();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Start triage from this message' }).click();

    expect(await browser.sent(page, 'message-shortcut')).toMatchObject({
      callbackId: 'start_triage',
      channelId: 'C1',
      ts: '1795000000.000100',
    });
  });

  test("one's own message can be edited, with the names of people in it", async () => {
    const page = await browser.open(withMessages(aMessage({ text: 'ask <@U2>', userId: ana.id })));

    await page.getByRole('article').hover();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Edit message' }).click();
    const editor = page.getByLabel('Edit message');
    expect(await editor.inputValue()).toBe('ask @Ben Okafor');
    await editor.fill('ask @Redthread');
    await editor.press('Enter');

    expect(await browser.sent(page, 'edit')).toMatchObject({ text: `ask <@${bot.id}>` });
  });

  test("one's own message is deleted only after a question, others' never", async () => {
    const own = aMessage({ text: 'mine', userId: ana.id, ts: '1795000000.000100' });
    const other = aMessage({ text: 'theirs', userId: ben.id, ts: '1795000001.000100' });
    const page = await browser.open(withMessages(own, other));

    await page.getByRole('article').last().hover();
    await page.getByRole('button', { name: 'More actions' }).last().click();
    expect(await page.getByRole('menuitem', { name: /Delete/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('article').first().hover();
    await page.getByRole('button', { name: 'More actions' }).first().click();
    await page.getByRole('menuitem', { name: /Delete/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();

    expect(await browser.sent(page, 'delete')).toMatchObject({ ts: own.ts });
  });

  test('a message for one person says so and offers nothing', async () => {
    const page = await browser.open(withMessages(aMessage({ text: 'psst', ephemeral: true })));

    await page.getByText('Only visible to you').waitFor();

    expect(await page.getByRole('toolbar', { includeHidden: true }).count()).toBe(0);
  });

  test('files are cards: a picture is shown, a text begins, a link opens the whole', async () => {
    const file = {
      id: 'F1',
      title: 'Record',
      sizeBytes: 2048,
      name: 'r.md',
      mimetype: 'text/markdown',
    };
    const document = { ...file, url: '/files/F1', preview: '# What happened' };
    const picture = { ...file, id: 'F2', name: 'p.png', title: 'Alarm', mimetype: 'image/png' };
    const files = [document, { ...picture, url: '/files/F2', preview: null }];
    const page = await browser.open(
      aWorkspace({ channels: [aChannel({ messages: [aMessage({ files })] })] }),
    );

    await page.getByRole('heading', { name: 'What happened' }).waitFor();

    expect(await page.getByRole('link', { name: 'Open' }).first().getAttribute('href')).toBe(
      '/files/F1',
    );
    expect(await page.getByRole('img', { name: 'Alarm' }).getAttribute('src')).toBe('/files/F2');
  });
});
