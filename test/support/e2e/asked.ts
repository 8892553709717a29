import type { PageView } from '../../../src/simulator/workspace/page-protocol.ts';
import { until } from '../poll.ts';
import type { BotWorld } from './bot-world.ts';
import { createPerson, type TestPerson, textIn } from './person.ts';

/** A person in their direct conversation with the bot. */
export function inDirect(world: BotWorld, name: string): TestPerson {
  const { workspace } = world.demo;
  const id = workspace.personId(name);
  const direct = workspace.view(id).channels.find(({ isDirect }) => isDirect);
  if (direct === undefined) throw new Error(`${name} has no direct conversation.`);
  return createPerson(workspace, name, direct.id);
}

/** Opens the form from the newest answer or card that offers it, and waits until it is filled in. */
export async function openFilledForm(
  person: TestPerson,
  label: string | RegExp,
  where?: string | RegExp,
): Promise<PageView> {
  await person.tap(label, where);
  return until('the form is filled in', () => {
    const { modal } = person.view();
    return modal !== null && !textIn(modal.view).includes('Looking up') ? modal : null;
  });
}
