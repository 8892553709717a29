import { describe, expect, test } from 'vitest';
import { createPageBrowser } from './page-browser.ts';
import {
  aMessage,
  anInput,
  anOption,
  ben,
  mrkdwn,
  plain,
  withBlocks,
  withMessages,
} from './page-builders.ts';
import { hypothesisCards, rootCard, tables, texts } from './page-gallery.ts';

const browser = createPageBrowser();
const inFirstMessage = { type: 'message', channelId: 'C1', messageTs: '1795000000.000100' };

describe('blocks of a message', () => {
  test('a button tells the app which element was clicked, with the state of all others', async () => {
    const note = anInput('Note', { type: 'plain_text_input', action_id: 'note' });
    const button = { type: 'button', action_id: 'go', text: plain('Go'), value: '7' };
    const actions = { type: 'actions', block_id: 'act', elements: [button] };
    const page = await browser.open(withBlocks(note, actions));

    await page.getByLabel('Note').fill('seen it');
    await page.getByRole('button', { name: 'Go' }).click();

    expect(await browser.sent(page, 'block-action')).toMatchObject({
      container: inFirstMessage,
      blockId: 'act',
      element: button,
      state: { 'b-Note': { note: { type: 'plain_text_input', value: 'seen it' } } },
    });
  });

  test('a select tells the app its choice at once', async () => {
    const select = {
      type: 'static_select',
      action_id: 's',
      options: [anOption('a'), anOption('b')],
    };
    const page = await browser.open(
      withBlocks({ type: 'section', block_id: 'sec', text: mrkdwn('Pick'), accessory: select }),
    );

    await page.locator('[data-action-id="s"]').selectOption({ label: 'Option b' });

    expect(await browser.sent(page, 'block-action')).toMatchObject({
      blockId: 'sec',
      element: { action_id: 's', selected_option: anOption('b') },
      state: { sec: { s: { type: 'static_select', selected_option: anOption('b') } } },
    });
  });

  test('a person is chosen by name and reported by id', async () => {
    const select = { type: 'users_select', action_id: 'owner', placeholder: plain('Hand off to') };
    const page = await browser.open(withBlocks({ type: 'actions', elements: [select] }));

    await page.getByLabel('Hand off to').selectOption({ label: 'Ben Okafor' });

    expect((await browser.sent(page, 'block-action')).element).toMatchObject({
      selected_user: ben.id,
    });
  });

  test('an overflow menu reports the option that was picked', async () => {
    const overflow = {
      type: 'overflow',
      action_id: 'more',
      options: [anOption('a'), anOption('b')],
    };
    const page = await browser.open(withBlocks({ type: 'actions', elements: [overflow] }));

    await page.locator('[data-action-id="more"]').click();
    await page.getByRole('menuitem', { name: 'Option b' }).click();

    expect((await browser.sent(page, 'block-action')).element).toMatchObject({
      selected_option: anOption('b'),
    });
  });

  test('a confirm dialog stands between a click and the app', async () => {
    const page = await browser.open(withBlocks(...rootCard));

    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
    expect(browser.harness.actions).toEqual([]);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close it' }).click();

    expect((await browser.sent(page, 'block-action')).element).toMatchObject({ value: 'close' });
  });

  test('a refused click says why', async () => {
    const page = await browser.open(withBlocks(...rootCard));
    browser.harness.answerWith('This app did not answer.');

    await page.getByRole('button', { name: 'Next step' }).click();

    await page.getByRole('status', { name: 'Notices' }).getByText('did not answer').waitFor();
  });

  test('buttons in containers and cards work like all others', async () => {
    const page = await browser.open(withBlocks(...hypothesisCards));

    await page.getByRole('button', { name: 'Eliminate' }).click();

    expect((await browser.sent(page, 'block-action')).element).toMatchObject({
      action_id: 'eliminate_h',
    });
  });

  test('one block that cannot be drawn leaves the rest standing', async () => {
    const broken = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: 7 }] };
    const page = await browser.open(
      withBlocks(
        { type: 'header', text: plain('Before') },
        broken,
        { type: 'holograph' },
        {
          type: 'section',
          text: mrkdwn('After'),
        },
      ),
    );

    await page.getByText('After').waitFor();
    await page.getByText('This block could not be shown.').waitFor();
    await page.getByText('Unsupported block: holograph').waitFor();
    expect(await page.getByText('Before').isVisible()).toBe(true);
  });

  test('every kind of block is drawn without a script error', async () => {
    const page = await browser.open(
      withBlocks(...rootCard, ...hypothesisCards, ...tables, ...texts),
    );

    await page.getByText('Unsupported block: holograph').waitFor();

    expect(await page.getByText('could not be shown').count()).toBe(0);
    expect(browser.pageErrors).toEqual([]);
  });

  test('a data table sorts, filters and turns pages', async () => {
    const page = await browser.open(withBlocks(...tables));
    const rows = page.locator('.data-table tbody tr');

    await page.getByRole('button', { name: 'Minutes' }).click();
    expect(await rows.first().innerText()).toContain('2 min');
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await rows.count()).toBe(2);
    await page.getByLabel('Filter rows').fill('31 min');
    expect(await rows.count()).toBe(1);
  });

  test('names stand for mentions, and dates for their tokens', async () => {
    const text = '<@U2> in <#C1> on <!date^0^{date_num}|then>';
    const page = await browser.open(withMessages(aMessage({ text })));

    const words = await page.getByRole('article').innerText();

    expect(words).toMatch(/@Ben Okafor in #checkout on 19(70|69)-/);
  });
});

describe('text that would do harm', () => {
  test.each([
    ['in a message', aMessage({ text: '<img src=x onerror=alert(1)><script>alert(2)</script>' })],
    [
      'in mrkdwn',
      aMessage({
        blocks: [{ type: 'section', text: mrkdwn('&lt;img src=x onerror=alert(1)&gt;') }],
      }),
    ],
    [
      'in Markdown',
      aMessage({
        blocks: [
          { type: 'markdown', text: '<img src=x onerror=alert(1)> [x](javascript:alert(1))' },
        ],
      }),
    ],
    [
      'in a header',
      aMessage({ blocks: [{ type: 'header', text: plain('<script>alert(1)</script>') }] }),
    ],
  ])('is only text %s', async (_, message) => {
    const page = await browser.open(withMessages(message));

    await page.getByRole('article').waitFor();

    expect(await page.locator('article img, article script').count()).toBe(0);
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(browser.pageErrors).toEqual([]);
  });

  test('a javascript: link and a button with such a url open nothing', async () => {
    const button = { type: 'button', action_id: 'b', text: plain('B'), url: 'javascript:alert(1)' };
    const richLink = { type: 'link', url: 'javascript:alert(1)', text: 'rich link' };
    const page = await browser.open(
      withBlocks(
        { type: 'section', text: mrkdwn('<javascript:alert(1)|my link>') },
        { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [richLink] }] },
        { type: 'actions', elements: [button] },
      ),
    );

    await page.getByText('my link').click();
    await page.getByText('rich link').click();
    await page.getByRole('button', { name: 'B', exact: true }).click();
    await browser.sent(page, 'block-action');

    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(browser.pageErrors).toEqual([]);
  });

  test('a link to elsewhere opens apart and tells nothing about this page', async () => {
    const page = await browser.open(withMessages(aMessage({ text: '<https://example.com/|out>' })));

    const link = page.getByRole('link', { name: 'out' });

    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await link.getAttribute('target')).toBe('_blank');
  });
});
