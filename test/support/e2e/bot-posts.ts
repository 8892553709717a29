import type { BotWorld } from './bot-world.ts';
import type { TestPerson } from './person.ts';

interface Button {
  readonly actionId: string;
  readonly value: string;
  readonly label: string;
}

/** Posts buttons as the bot, as a message from another time would have them. */
export async function botPosts(
  world: BotWorld,
  where: TestPerson,
  buttons: readonly Button[],
): Promise<void> {
  const elements = buttons.map(({ actionId, value, label }) => ({
    type: 'button',
    action_id: actionId,
    value,
    text: { type: 'plain_text', text: label },
  }));
  const { apiUrl, botToken } = world.demo.workspace;
  const response = await fetch(`${apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${botToken}` },
    body: JSON.stringify({
      channel: where.channelId,
      text: 'Something old',
      blocks: elements.map((element) => ({ type: 'actions', elements: [element] })),
    }),
  });
  const answer = (await response.json()) as { readonly ok: boolean };
  if (!answer.ok) throw new Error(JSON.stringify(answer));
}
