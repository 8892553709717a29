import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/simulator/workspace/json.ts';
import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { messagesSeenBy, openWorkspace, say } from './support.ts';

describe('response_url', () => {
  async function urlOfCommand(workspace: Workspace): Promise<string> {
    await say(workspace, 'ana', '/triage x', null, 'payments-team');
    return String(workspace.journal.envelopes('slash_commands')[0]?.payload['response_url']);
  }
  const post = async (url: string, body: Json) => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return [response.status, ((await response.json()) as { error?: string }).error];
  };

  test('works five times, also where the bot is not a member', async () => {
    const workspace = await openWorkspace();
    const url = await urlOfCommand(workspace);

    const answers = [];
    for (const text of ['1', '2', '3', '4', '5', '6']) answers.push(await post(url, { text }));

    expect(answers.map(([status]) => status)).toEqual([200, 200, 200, 200, 200, 404]);
    expect(answers.at(-1)?.[1]).toBe('used_url');
    expect(
      messagesSeenBy(workspace, 'ana', 'payments-team').filter((each) => each.ephemeral),
    ).toHaveLength(5);
  });

  test('posts for everybody when asked to, and refuses broken blocks', async () => {
    const workspace = await openWorkspace();
    const url = await urlOfCommand(workspace);

    await post(url, { text: 'for all', response_type: 'in_channel' });
    const broken = await post(url, { text: 'x', blocks: [{ type: 'nonsense' }] });

    expect(messagesSeenBy(workspace, 'ben', 'payments-team').at(-1)?.text).toBe('for all');
    expect(broken).toEqual([400, 'invalid_blocks']);
  });

  test('dies after its time', async () => {
    const workspace = await openWorkspace({ timings: { responseUrlTtlMs: -1 } });
    const url = await urlOfCommand(workspace);

    expect(await post(url, { text: 'late' })).toEqual([404, 'expired_url']);
  });
});
