import { expect, test } from 'vitest';
import { createIds } from '../../../src/simulator/workspace/ids.ts';
import { limits } from '../../../src/simulator/workspace/limits.ts';
import { clientFor, messagesSeenBy, openWorkspace } from './support.ts';

test('timestamps only ever grow, also within one microsecond', () => {
  const ids = createIds();

  const given = Array.from({ length: 5_000 }, () => ids.nextTs());

  expect([...given].sort()).toEqual(given);
  expect(new Set(given).size).toBe(given.length);
  expect(given[0]).toMatch(/^\d{10}\.\d{6}$/);
});

test('a channel keeps its newest messages and lets the oldest go', async () => {
  const workspace = await openWorkspace();
  const ana = workspace.personId('ana');
  const channelId = workspace.channelId('incidents');

  for (let count = 0; count <= limits.messagesPerChannelMax; count += 1) {
    await workspace.perform(ana, {
      type: 'send',
      channelId,
      threadTs: null,
      text: `number ${count}`,
    });
  }

  const seen = messagesSeenBy(workspace, 'ana', 'incidents');
  expect(seen).toHaveLength(limits.messagesPerChannelMax);
  expect(seen.at(-1)?.text).toBe(`number ${limits.messagesPerChannelMax}`);
});

test('a seed that names a stranger is refused and leaves no server behind', async () => {
  const seed = {
    teamName: 'T',
    teamDomain: 't',
    people: [],
    channels: [{ name: 'a', hasBot: true, members: ['nobody'] }],
  };

  await expect(openWorkspace({ seed })).rejects.toThrow('nobody');
});

test('a person who writes in a public channel joins it first', async () => {
  const workspace = await openWorkspace({
    seed: {
      teamName: 'T',
      teamDomain: 't',
      people: [
        { name: 'eve', realName: 'Eve', email: 'eve@t.example', timeZone: 'UTC' },
        { name: 'fay', realName: 'Fay', email: 'fay@t.example', timeZone: 'UTC' },
      ],
      channels: [
        { name: 'open', hasBot: true, members: ['eve'] },
        { name: 'closed', hasBot: true, members: ['eve'], isPrivate: true },
      ],
    },
  });
  const fay = workspace.personId('fay');
  const send = (name: string) =>
    workspace.perform(fay, {
      type: 'send',
      channelId: workspace.channelId(name),
      threadTs: null,
      text: 'hello',
    });

  expect((await send('open')).problem).toBeNull();
  expect((await send('closed')).problem).toBe('There is no such channel.');
  const { members } = await clientFor(workspace).conversations.members({
    channel: workspace.channelId('open'),
  });
  expect(members).toContain(fay);
});
