import type { Browser, Locator, Page } from 'playwright-core';

export const DESKTOP = { width: 1_280, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** Two noisy cores: the limit says when something is broken, not how fast it should be. */
const LIMIT_MS = 25_000;
/** Slack lets an app open a form for three seconds after a tap. A person taps again; so do we. */
const FORM_LIMIT_MS = 12_000;
const FORM_TAPS_MAX = 2;

/** A person in front of the page: sees what is visible on it, types and taps. */
export interface Visitor {
  readonly page: Page;
  readonly channel: Locator;
  readonly thread: Locator;
  readonly dialog: Locator;
  /** Script errors of the page so far. */
  readonly pageErrors: readonly string[];
  /** Waits until the newest message with this text is on the screen. */
  see(text: string | RegExp, where?: Locator): Promise<Locator>;
  /** Types into the channel and sends it. */
  say(text: string): Promise<void>;
  reply(text: string): Promise<void>;
  openThread(text: string | RegExp): Promise<void>;
  /** Taps the newest button with this label in the thread. */
  tap(label: string): Promise<void>;
  openForm(label: string): Promise<Locator>;
  /** Presses the form's button and waits until the form is gone. */
  send(label: string): Promise<void>;
  /** Opens a form, fills in the texts by their labels, and sends it. */
  fill(label: string, texts: Readonly<Record<string, string>>, send: string): Promise<void>;
}

export async function openVisitor(
  browser: Browser,
  options: {
    readonly pageUrl: string;
    readonly realName: string;
    readonly viewport: { readonly width: number; readonly height: number };
    /** What the page takes for the time; it stands still. Its own clock when left out. */
    readonly nowMs?: number;
  },
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: options.viewport,
    deviceScaleFactor: 1,
    hasTouch: options.viewport.width === PHONE.width,
    timezoneId: 'Europe/Lisbon',
    locale: 'en-GB',
  });
  context.setDefaultTimeout(LIMIT_MS);
  if (options.nowMs !== undefined) await context.clock.setFixedTime(options.nowMs);
  const page = await context.newPage();
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  await page.goto(options.pageUrl);
  await becomePerson(page, options.realName);
  return createVisitor(page, pageErrors);
}

/** The address says who is looking; the menu that changes it is where a person finds it. */
async function becomePerson(page: Page, realName: string): Promise<void> {
  const showChannels = page.getByRole('button', { name: 'Show channels' });
  await page.getByRole('main').waitFor();
  if (await showChannels.isVisible()) await showChannels.click();
  await page.getByRole('button', { name: /^You are / }).click();
  await page.getByRole('menuitem', { name: realName }).click();
  await page.waitForURL(/[?&]as=U/);
  await page
    .getByRole('button', { name: `You are ${realName}`, includeHidden: true })
    .waitFor({ state: 'attached' });
  await page.getByRole('main', { name: '#incidents' }).waitFor();
}

function createVisitor(page: Page, pageErrors: readonly string[]): Visitor {
  const channel = page.getByRole('main', { name: '#incidents' });
  const thread = page.getByRole('complementary', { name: 'Thread' });
  const dialog = page.getByRole('dialog');
  const visitor: Visitor = {
    page,
    channel,
    thread,
    dialog,
    pageErrors,
    see: async (text, where = page.locator('body')) => {
      const message = where.getByRole('article').filter({ hasText: text }).last();
      await message.waitFor();
      return message;
    },
    say: (text) => typeInto(channel.getByLabel('Message #incidents'), text),
    reply: (text) => typeInto(thread.getByLabel('Reply…'), text),
    openThread: async (text) => {
      const message = await visitor.see(text, channel);
      await message.getByRole('button', { name: /\d+ repl(y|ies)$/ }).click();
      await thread.waitFor();
    },
    tap: (label) => thread.getByRole('button', { name: label, exact: true }).last().click(),
    openForm: (label) => openDialog(dialog, () => visitor.tap(label)),
    send: async (label) => {
      await dialog.getByRole('button', { name: label, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    },
    fill: async (label, texts, send) => {
      const form = await visitor.openForm(label);
      await fillTexts(form, texts);
      await visitor.send(send);
    },
  };
  return visitor;
}

/** Taps, and taps again when Slack has let the first tap expire, until the dialog is there. */
export async function openDialog(dialog: Locator, tap: () => Promise<void>): Promise<Locator> {
  for (let taps = 1; taps < FORM_TAPS_MAX; taps += 1) {
    await tap();
    const opened = await dialog.waitFor({ timeout: FORM_LIMIT_MS }).then(
      () => true,
      () => false,
    );
    if (opened) return dialog;
  }
  await tap();
  await dialog.waitFor();
  return dialog;
}

export async function fillTexts(
  form: Locator,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [label, text] of Object.entries(texts)) await form.getByLabel(label).fill(text);
}

async function typeInto(composer: Locator, text: string): Promise<void> {
  await composer.fill(text);
  await composer.press('Enter');
}
