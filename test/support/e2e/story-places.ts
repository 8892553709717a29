import type { Visitor } from './browser.ts';

/** From the conversation with the bot back into the incident's thread, at a desk. */
export async function backToThread(person: Visitor): Promise<void> {
  await person.page
    .getByRole('button', { name: /incidents/ })
    .first()
    .click();
  await person.openThread('Owner:');
}
