import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { createPageBrowser } from './page-browser.ts';
import { anInput, anOption, aView, aWorkspace, ben, mrkdwn, plain } from './page-builders.ts';
import { everyInput } from './page-gallery.ts';

const browser = createPageBrowser();
const title = anInput('Title', { type: 'plain_text_input', action_id: 'a' });

function withModal(...[blocks, part]: Parameters<typeof aView>) {
  return aWorkspace({ modal: aView(blocks, part) });
}

async function fillEverything(page: Page): Promise<void> {
  const form = page.getByRole('dialog');
  await form.getByLabel('Title').fill('Checkout is down');
  await form.getByLabel('Details').fill('two\nlines');
  await form.getByLabel('Count').fill('3');
  await form.getByLabel('Mail').fill('ana@example.com');
  await form.getByLabel('Runbook').fill('https://example.com/run');
  await form.getByLabel('Severity').selectOption({ label: 'Option b' });
  await form.getByLabel('Owner').selectOption({ label: 'Ben Okafor' });
  await form.getByLabel('Where').selectOption({ label: '#checkout' });
  await form.getByLabel('Channel', { exact: true }).selectOption({ label: '#checkout' });
  await form.getByRole('group', { name: 'Regions' }).getByLabel('Option a').check();
  await form.getByRole('group', { name: 'Regions' }).getByLabel('Option c').check();
  await form.getByRole('group', { name: 'People' }).getByLabel('Ben Okafor').check();
  await form.getByRole('radiogroup', { name: 'Kind' }).getByLabel('Option c').check();
  await form.getByRole('group', { name: 'Flags' }).getByLabel('Option b').check();
  await form.getByLabel('Day').fill('2026-11-02');
  await form.getByLabel('Time').fill('10:42');
  await form.getByLabel('Moment').fill('2026-11-02T10:42');
  await form.getByLabel('Note').fill('plain');
}

describe('a modal', () => {
  test("sends every kind of field in Slack's shape", async () => {
    const page = await browser.open(withModal(everyInput));

    await fillEverything(page);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    const { viewId, state } = await browser.sent(page, 'submit-view');

    expect(viewId).toBe('V1');
    expect(state).toEqual({
      'b-Title': { a: { type: 'plain_text_input', value: 'Checkout is down' } },
      'b-Details': { a: { type: 'plain_text_input', value: 'two\nlines' } },
      'b-Count': { a: { type: 'number_input', value: '3' } },
      'b-Mail': { a: { type: 'email_text_input', value: 'ana@example.com' } },
      'b-Runbook': { a: { type: 'url_text_input', value: 'https://example.com/run' } },
      'b-Severity': { a: { type: 'static_select', selected_option: anOption('b') } },
      'b-Owner': { a: { type: 'users_select', selected_user: ben.id } },
      'b-Where': { a: { type: 'conversations_select', selected_conversation: 'C1' } },
      'b-Channel': { a: { type: 'channels_select', selected_channel: 'C1' } },
      'b-Regions': {
        a: { type: 'multi_static_select', selected_options: [anOption('a'), anOption('c')] },
      },
      'b-People': { a: { type: 'multi_users_select', selected_users: [ben.id] } },
      'b-Kind': { a: { type: 'radio_buttons', selected_option: anOption('c') } },
      'b-Flags': { a: { type: 'checkboxes', selected_options: [anOption('b')] } },
      'b-Day': { a: { type: 'datepicker', selected_date: '2026-11-02' } },
      'b-Time': { a: { type: 'timepicker', selected_time: '10:42' } },
      'b-Moment': {
        a: {
          type: 'datetimepicker',
          selected_date_time: await page.evaluate(() => Date.parse('2026-11-02T10:42') / 1000),
        },
      },
      'b-Note': {
        a: {
          type: 'rich_text_input',
          rich_text_value: {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'plain' }] }],
          },
        },
      },
    });
  });

  test('lets a date be typed key by key', async () => {
    const page = await browser.open(
      withModal([anInput('Day', { type: 'datepicker', action_id: 'a' })]),
    );

    await page.locator('[data-block-id="b-Day"]:focus').waitFor();
    await page.keyboard.type('11022025');
    await page.keyboard.press('ArrowUp');

    await page.getByRole('button', { name: 'Open', exact: true }).click();
    expect((await browser.sent(page, 'submit-view')).state).toMatchObject({
      'b-Day': { a: { selected_date: '2026-11-02' } },
    });
  });

  test('sends what the app filled in beforehand when nobody touched it', async () => {
    const blocks = [
      anInput('A', { type: 'plain_text_input', action_id: 'a', initial_value: 'x' }),
      anInput('B', { type: 'datetimepicker', action_id: 'a', initial_date_time: 1795000000 }),
      anInput('C', {
        type: 'checkboxes',
        action_id: 'a',
        options: [anOption('1')],
        initial_options: [anOption('1')],
      }),
    ];
    const page = await browser.open(withModal(blocks));

    await page.getByRole('button', { name: 'Open', exact: true }).click();

    expect((await browser.sent(page, 'submit-view')).state).toMatchObject({
      'b-A': { a: { value: 'x' } },
      'b-B': { a: { selected_date_time: 1795000000 } },
      'b-C': { a: { selected_options: [anOption('1')] } },
    });
  });

  test('refuses an empty required field without asking the app', async () => {
    const page = await browser.open(withModal([title]));

    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('Please complete this required field.').waitFor();

    expect(await page.getByLabel('Title').getAttribute('aria-invalid')).toBe('true');
    expect(browser.harness.actions).toEqual([]);
  });

  test("shows the app's own errors at their fields and keeps what was typed", async () => {
    const page = await browser.open(withModal([title]));
    await page.getByLabel('Title').fill('bad');

    browser.harness.show(withModal([title], { errors: { 'b-Title': 'There is one already.' } }));

    await page.getByRole('alert').getByText('There is one already.').waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('bad');
  });

  test('takes the focus, and Escape asks the server to close it', async () => {
    const page = await browser.open(withModal([title]));

    await page.locator('input:focus').waitFor();
    await page.keyboard.press('Escape');

    expect(await browser.sent(page, 'close-view')).toMatchObject({ viewId: 'V1' });
    expect(await page.getByRole('dialog', { name: 'Open a session' }).isVisible()).toBe(true);
  });

  test('puts the focus where the app asks for it', async () => {
    const wanted = { type: 'plain_text_input', action_id: 'a', focus_on_load: true };
    const page = await browser.open(withModal([title, anInput('Second', wanted)]));

    await page.locator('[data-block-id="b-Second"]:focus').waitFor();
  });

  test('asks before a button in it that has a confirm dialog', async () => {
    const dialog = {
      title: plain('Sure?'),
      text: plain('It is final.'),
      confirm: plain('Do it'),
      deny: plain('No'),
    };
    const button = { type: 'button', action_id: 'b', text: plain('Drop'), confirm: dialog };
    const page = await browser.open(withModal([{ type: 'actions', elements: [button] }]));

    await page.getByRole('button', { name: 'Drop' }).click();
    await page
      .getByRole('dialog', { name: 'Sure?' })
      .getByRole('button', { name: 'Do it' })
      .click();

    expect(await browser.sent(page, 'block-action')).toMatchObject({ container: { type: 'view' } });
  });

  test('goes when the server says so, and a pushed one starts empty', async () => {
    const page = await browser.open(withModal([title]));
    await page.getByLabel('Title').fill('first');

    browser.harness.show(withModal([title], { id: 'V2' }));
    await expect.poll(() => page.getByLabel('Title').inputValue()).toBe('');
    browser.harness.show(aWorkspace());

    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('cannot be sent twice while the app has not answered, and says what went wrong', async () => {
    const page = await browser.open(withModal([title], { submitting: true }));

    expect(await page.getByRole('button', { name: 'Sending…' }).isDisabled()).toBe(true);
    browser.harness.show(withModal([title], { problem: 'We had some trouble connecting.' }));

    await page.getByRole('alert').getByText('trouble connecting').waitFor();
    expect(await page.getByRole('button', { name: 'Open', exact: true }).isEnabled()).toBe(true);
  });

  test('shows a refusal where it can be read and dismissed', async () => {
    const page = await browser.open(withModal([title]));
    browser.harness.answerWith('This view is gone.');

    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByText('This view is gone.').waitFor();
    await page.getByRole('button', { name: 'Dismiss notice' }).click();

    expect(await page.getByText('This view is gone.').count()).toBe(0);
  });

  test('keeps choices when the app changes the blocks around them', async () => {
    const page = await browser.open(withModal([title]));
    await page.getByLabel('Title').fill('kept');

    const note = { type: 'section', text: mrkdwn('New line') };
    browser.harness.show(withModal([note, title], { hash: 'h2' }));
    await page.getByText('New line').waitFor();
    await page.getByRole('button', { name: 'Open', exact: true }).click();

    expect((await browser.sent(page, 'submit-view')).state).toMatchObject({
      'b-Title': { a: { value: 'kept' } },
    });
  });

  test('tells the app of a field that dispatches, with the state so far', async () => {
    const playbook = anInput(
      'Playbook',
      { type: 'static_select', action_id: 'p', options: [anOption('1')] },
      { dispatch_action: true },
    );
    const page = await browser.open(withModal([title, playbook]));

    await page.getByLabel('Title').fill('so far');
    await page.getByLabel('Playbook').selectOption({ label: 'Option 1' });

    expect(await browser.sent(page, 'block-action')).toMatchObject({
      container: { type: 'view', viewId: 'V1' },
      blockId: 'b-Playbook',
      element: { selected_option: anOption('1') },
      state: {
        'b-Title': { a: { value: 'so far' } },
        'b-Playbook': { p: { type: 'static_select' } },
      },
    });
  });

  test('tells the app of typed text on Enter where the field asks for it', async () => {
    const search = anInput(
      'Search',
      { type: 'plain_text_input', action_id: 's' },
      { dispatch_action: true },
    );
    const page = await browser.open(withModal([search]));

    await page.getByLabel('Search').fill('sg-0a1');
    await page.getByLabel('Search').press('Enter');

    expect((await browser.sent(page, 'block-action')).element).toMatchObject({ value: 'sg-0a1' });
    expect(browser.harness.actions.some(({ type }) => type === 'submit-view')).toBe(false);
  });

  test('without a submit button can only be closed', async () => {
    const view = { type: 'modal', title: plain('Read this'), blocks: [] };
    const page = await browser.open(withModal([], { view }));

    const dialog = page.getByRole('dialog', { name: 'Read this' });

    expect(await dialog.getByRole('button').allInnerTexts()).toEqual(['✕', 'Close']);
  });
});
