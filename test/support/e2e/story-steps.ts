import type { Locator } from 'playwright-core';
import { fillTexts, openDialog, type Visitor } from './browser.ts';

type Texts = Readonly<Record<string, string>>;

/** What people of a story do with a card: with the newest in the thread that has this text. */
export interface CardTap {
  readonly card: string | RegExp;
  readonly button: string;
}

/** Taps the first button with this label on the card: on the board that of the likeliest cause. */
export async function tapOn(person: Visitor, { card, button }: CardTap): Promise<void> {
  const shown = await person.see(card, person.thread);
  await shown.getByRole('button', { name: button, exact: true }).first().click();
}

/** Opens a form from a card. */
export function openFrom(person: Visitor, tap: CardTap): Promise<Locator> {
  return openDialog(person.dialog, () => tapOn(person, tap));
}

/** Opens a form from a card, fills in its texts, lets the person do more in it, and sends it. */
export async function fillFrom(
  person: Visitor,
  tap: CardTap,
  texts: Texts,
  send: string,
  more: (form: Locator) => Promise<void> = async () => undefined,
): Promise<void> {
  const form = await openFrom(person, tap);
  await fillTexts(form, texts);
  await more(form);
  await person.send(send);
}

/** Like `fill` of the person, for forms that have more than texts. */
export async function fillMore(
  person: Visitor,
  label: string,
  texts: Texts,
  send: string,
  more: (form: Locator) => Promise<void>,
): Promise<void> {
  const form = await person.openForm(label);
  await fillTexts(form, texts);
  await more(form);
  await person.send(send);
}

/** As it stands in the window, and in no form. */
const MENU_TITLE = 'What you can do now';

/** The form behind an entry of the window that *More* opens. */
export async function openFromMenu(person: Visitor, entry: string): Promise<Locator> {
  const window = person.dialog.filter({ hasText: MENU_TITLE });
  await openDialog(window, () => person.tap('More'));
  const form = person.dialog.filter({ hasNotText: MENU_TITLE });
  const button = window.getByRole('button', { name: entry, exact: true });
  return openDialog(form, () => button.click());
}

/** Fills the texts of a form that only the menu offers. */
export async function fillFromMenu(
  person: Visitor,
  entry: string,
  texts: Texts,
  send: string,
): Promise<void> {
  const form = await openFromMenu(person, entry);
  await fillTexts(form, texts);
  await person.send(send);
}

export async function choose(form: Locator, label: string, option: string): Promise<void> {
  await form.getByLabel(label).selectOption({ label: option });
}

/** Puts the pin on a message of the thread: it goes on the timeline with its own time and author. */
export async function pin(person: Visitor, text: string): Promise<void> {
  const said = await person.see(text, person.thread);
  await said.hover();
  await said.getByRole('button', { name: 'Add reaction' }).click();
  await said.getByRole('menuitem', { name: /pushpin/ }).click();
  await said.getByRole('button', { name: 'pushpin, 2' }).waitFor();
}

/** Opens a form by the menu behind the dots of the card's first hypothesis. */
export async function chooseBehindDots(
  person: Visitor,
  card: string | RegExp,
  entry: string,
): Promise<void> {
  const shown = await person.see(card, person.thread);
  await openDialog(person.dialog, async () => {
    await shown.getByRole('button', { name: 'More options' }).first().click();
    await person.page.getByRole('menuitem', { name: entry }).click();
  });
}

/** Ticks a check of the playbook by the words it begins with. */
export async function tick(person: Visitor, check: string): Promise<void> {
  const row = person.thread
    .locator('.section')
    .filter({ hasText: `⬜ ${check}` })
    .last();
  await row.getByRole('button', { name: 'Done', exact: true }).click();
  await person.see(`✅ ${check}`, person.thread);
}

/** Puts the first message with this text at the top of the thread, for a picture. */
export async function scrollTo(
  person: Visitor,
  text: string | RegExp,
  where: Locator = person.thread,
): Promise<void> {
  const message = where.getByRole('article').filter({ hasText: text }).first();
  await message.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await person.page.evaluate('document.activeElement.blur()');
  await person.page.mouse.move(1, 1);
}
