import { describe, expect, test } from 'vitest';
import { createPageBrowser } from './page-browser.ts';
import {
  aChannel,
  aMessage,
  ana,
  aWorkspace,
  ben,
  bot,
  mrkdwn,
  plain,
  withMessages,
} from './page-builders.ts';

const browser = createPageBrowser();
const root = aMessage({
  ts: '1795000000.000100',
  text: 'root',
  replyCount: 2,
  replyUserIds: [bot.id, ana.id],
});
const reply = aMessage({ ts: '1795000001.000100', threadTs: root.ts, text: 'a reply' });
const direct = aChannel({ id: 'D1', name: 'redthread', isDirect: true, topic: '' });

describe('the composer', () => {
  test('completes a command, shows its hint and sends it with its arguments', async () => {
    const page = await browser.open(aWorkspace());
    const composer = page.getByLabel('Message #checkout');

    await composer.pressSequentially('/tri');
    await page.getByRole('option', { name: /triage/ }).waitFor();
    await composer.press('Enter');
    expect(await composer.inputValue()).toBe('/triage ');
    await composer.pressSequentially('checkout returns 5xx sev2');
    await page.getByText('Open a triage session').waitFor();
    await composer.press('Enter');

    expect(await browser.sent(page, 'send')).toMatchObject({
      channelId: 'C1',
      threadTs: null,
      text: '/triage checkout returns 5xx sev2',
    });
    expect(await composer.inputValue()).toBe('');
  });

  test('sends a bare command on the first Enter', async () => {
    const page = await browser.open(aWorkspace());

    await page.getByLabel('Message #checkout').pressSequentially('/triage');
    await page.getByLabel('Message #checkout').press('Enter');

    expect(await browser.sent(page, 'send')).toMatchObject({ text: '/triage' });
  });

  test('completes a person and sends the id, and Shift+Enter begins a new line', async () => {
    const page = await browser.open(aWorkspace());
    const composer = page.getByLabel('Message #checkout');

    await composer.pressSequentially('ask @ok');
    await composer.press('Tab');
    expect(await composer.inputValue()).toBe('ask @Ben Okafor ');
    await composer.press('Shift+Enter');
    await composer.pressSequentially('& <go>');
    await composer.press('Enter');

    expect(await browser.sent(page, 'send')).toMatchObject({ text: `ask <@${ben.id}> \n& <go>` });
  });

  test('gives the text back when the server refuses it', async () => {
    const page = await browser.open(aWorkspace());
    browser.harness.answerWith('/triage cannot be used in threads.');

    await page.getByLabel('Message #checkout').fill('/triage list');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('cannot be used in threads').waitFor();

    expect(await page.getByLabel('Message #checkout').inputValue()).toBe('/triage list');
  });

  test('shows what was sent, and what came of it, to somebody who had scrolled up', async () => {
    const earlier = Array.from({ length: 60 }, (_, index) =>
      aMessage({ ts: `${1_794_990_000 + index}.000100`, text: `message ${index}` }),
    );
    const page = await browser.open(withMessages(...earlier));
    const list = page.getByRole('log', { name: 'Messages in #checkout' });
    await page.getByText('message 59').waitFor();
    await list.evaluate((element) => element.scrollTo(0, 0));
    await expect.poll(() => page.getByText('message 0').isVisible()).toBe(true);

    await page.getByLabel('Message #checkout').fill('/triage status');
    await page.getByLabel('Message #checkout').press('Enter');
    const answer = aMessage({ text: 'the answer', ephemeral: true });
    browser.harness.show(withMessages(...earlier, answer));

    await page.getByText('the answer').waitFor();
    await expect
      .poll(() =>
        list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight),
      )
      .toBeLessThan(2);
  });
});

describe('threads', () => {
  test('open beside the channel and have their own composer', async () => {
    const page = await browser.open(withMessages(root, reply));
    expect(await page.getByRole('article').count()).toBe(1);

    await page.getByRole('button', { name: '2 replies' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('a reply').waitFor();
    await thread.getByLabel('Reply').fill('me too');
    await thread.getByLabel('Reply').press('Enter');

    expect(await browser.sent(page, 'send')).toMatchObject({ threadTs: root.ts, text: 'me too' });
    expect(page.url()).toContain(`#/C1/${root.ts}`);
  });

  test('show a reply in the channel as well where it was sent there, with the way back', async () => {
    const page = await browser.open(withMessages(root, { ...reply, isBroadcast: true }));
    const channel = page.getByRole('log', { name: 'Messages in #checkout' });
    await channel.getByText('Replied to a thread').waitFor();
    expect(await channel.getByText('a reply').count()).toBe(1);

    await channel.getByRole('button', { name: 'View thread' }).click();

    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('Also sent to the channel').waitFor();
    expect(page.url()).toContain(`#/C1/${root.ts}`);
  });

  test('are opened by a permalink, which marks its message and keeps the person', async () => {
    const other = aChannel({ id: 'C2', name: 'incidents', messages: [root, reply] });
    const workspace = aWorkspace({ channels: [aChannel(), other] });
    const page = await browser.open(
      workspace,
      `/archives/C2/p1795000001000100?thread_ts=${root.ts}&as=U1`,
    );

    const thread = page.getByRole('complementary', { name: 'Thread' });

    expect(await thread.locator('.marked').getAttribute('data-ts')).toBe(reply.ts);
    expect(browser.harness.users).toEqual([ana.id]);
  });

  test('open from a link inside a message without loading the page again', async () => {
    const link = `${browser.harness.url}/archives/C1/p1795000000000100?thread_ts=${root.ts}`;
    const pointer = aMessage({ ts: '1795000002.000100', text: `<${link}|the card>` });
    const page = await browser.open(withMessages(root, reply, pointer));

    await page.getByRole('link', { name: 'the card' }).click();

    await page.getByRole('complementary', { name: 'Thread' }).getByText('a reply').waitFor();
    expect(browser.harness.users).toHaveLength(1);
  });
});

describe('the workspace', () => {
  test('takes the person from the server when the address names none', async () => {
    const page = await browser.open(aWorkspace(), '/');

    await expect.poll(() => page.url()).toContain('as=U1');
    expect(browser.harness.users[0]).toBeNull();
  });

  test('is shown as whoever the server chose for a person who is not there', async () => {
    const page = await browser.open(aWorkspace(), '/?as=UGONE#/C1');

    await expect.poll(() => page.url()).toContain('?as=U1#/C1');
    expect(browser.harness.users[0]).toBe('UGONE');
  });

  test('can be seen as somebody else', async () => {
    const page = await browser.open(aWorkspace());

    await page.getByRole('button', { name: 'You are Ana Lopes' }).click();
    browser.harness.next(aWorkspace({ me: ben }));
    await page.getByRole('menuitem', { name: 'Ben Okafor' }).click();

    await expect.poll(() => browser.harness.users.at(-1)).toBe(ben.id);
    expect(page.url()).toContain('as=U2');
  });

  test('marks a channel with news until it is opened', async () => {
    const other = aChannel({ id: 'C2', name: 'incidents', messages: [root] });
    const page = await browser.open(aWorkspace({ channels: [aChannel(), other] }));

    await page.getByRole('img', { name: 'unread' }).waitFor();
    await page.getByRole('button', { name: /incidents/ }).click();

    await page.getByRole('main', { name: '#incidents' }).waitFor();
    await expect.poll(() => page.getByRole('img', { name: 'unread' }).count()).toBe(0);
  });

  test('offers to invite the bot where it is missing', async () => {
    const page = await browser.open(aWorkspace({ channels: [aChannel({ botIsMember: false })] }));

    await page.getByRole('button', { name: 'Invite the bot' }).click();

    expect(await browser.sent(page, 'invite-bot')).toMatchObject({ channelId: 'C1', invite: true });
  });

  test('says that the bot is not connected', async () => {
    const page = await browser.open(aWorkspace({ appConnections: 0 }));

    await page.getByRole('alert').getByText('The bot is not connected').waitFor();
  });

  test('says that the server is gone and comes back by itself', async () => {
    const page = await browser.open(aWorkspace());
    await page.getByLabel('Message #checkout').fill('draft');

    browser.harness.dropSockets();
    await page.getByRole('alert').getByText('cannot be reached').waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });

    expect(await page.getByLabel('Message #checkout').inputValue()).toBe('draft');
  });

  test('shows a notice until it is dismissed', async () => {
    const text = '/triage failed with the error "operation_timeout"';
    const page = await browser.open(aWorkspace({ notices: [{ id: 'N1', channelId: 'C1', text }] }));

    await page.getByText('operation_timeout').waitFor();
    await page.getByRole('button', { name: 'Dismiss notice' }).click();

    expect(await browser.sent(page, 'dismiss-notice')).toMatchObject({ noticeId: 'N1' });
  });

  test('shows the Home tab, tells the bot that it was opened and takes clicks in it', async () => {
    const button = { type: 'button', action_id: 'open', text: plain('Open session') };
    const blocks = [
      { type: 'section', text: mrkdwn('*No open sessions*') },
      { type: 'actions', block_id: 'act', elements: [button] },
    ];
    const page = await browser.open(
      aWorkspace({ channels: [aChannel(), direct], home: { type: 'home', blocks } }),
    );

    await page.getByRole('button', { name: 'Home' }).click();
    await page.getByText('No open sessions').waitFor();
    await page.getByRole('button', { name: 'Open session' }).click();

    expect(await browser.sent(page, 'open-home')).toBeDefined();
    expect((await browser.sent(page, 'block-action')).container).toEqual({ type: 'home' });
  });

  test('fits a phone: one thing at a time', async () => {
    const page = await browser.open(withMessages(root, reply));
    await page.setViewportSize({ width: 390, height: 844 });

    await page.getByRole('button', { name: 'Show channels' }).click();
    await page.getByRole('button', { name: /checkout/ }).click();
    await page.getByRole('button', { name: '2 replies' }).click();
    await page.getByRole('button', { name: 'Close thread' }).click();

    await page.getByRole('main', { name: '#checkout' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
