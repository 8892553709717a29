import { describe, expect, test } from 'vitest';
import { northwindSeed } from '../../../src/simulator/workspace/seed.ts';
import { clientFor, errorOf, messagesSeenBy, openWorkspace } from './support.ts';

async function opened() {
  const workspace = await openWorkspace();
  return { workspace, client: clientFor(workspace), channel: workspace.channelId('incidents') };
}

describe('people and channels', () => {
  test('people are found by id and by e-mail, and their groups list them', async () => {
    const { workspace, client } = await opened();
    const ana = workspace.personId('ana');

    const byEmail = await client.users.lookupByEmail({ email: 'ANA@northwind.example' });
    const { usergroups = [] } = await client.usergroups.list();
    const { users } = await client.usergroups.users.list({ usergroup: usergroups[0]?.id ?? '' });

    expect(byEmail.user).toMatchObject({ id: ana, name: 'ana', tz: 'Europe/Lisbon' });
    expect(users).toContain(ana);
    expect(await errorOf(client.users.lookupByEmail({ email: 'no@one.example' }))).toBe(
      'users_not_found',
    );
    expect(await errorOf(client.users.info({ user: 'U0NOBODY00' }))).toBe('user_not_found');
    expect(await errorOf(client.usergroups.users.list({ usergroup: 'S0' }))).toBe(
      'no_such_subteam',
    );
  });

  test('the bot lists its channels, joins another and opens a direct conversation', async () => {
    const { workspace, client } = await opened();
    const outside = workspace.channelId('payments-team');
    const before = await client.users.conversations({});

    await client.conversations.join({ channel: outside });
    const after = await client.users.conversations({});
    const direct = await client.conversations.open({ users: workspace.personId('ben') });
    await client.chat.postMessage({ channel: workspace.personId('ben'), text: 'hello' });

    expect(before.channels).toHaveLength(3);
    expect(after.channels).toHaveLength(4);
    const seen = workspace.view(workspace.personId('ben')).channels;
    expect(seen.find(({ id }) => id === direct.channel?.id)?.messages[0]?.text).toBe('hello');
    expect(workspace.view(workspace.personId('ana')).channels.map(({ id }) => id)).not.toContain(
      direct.channel?.id,
    );
  });

  test('who has left, or is of another organisation, is known by id and not by e-mail', async () => {
    const people = [
      { name: 'lea', email: 'lea@northwind.example', isDeactivated: true },
      { name: 'sid', email: 'sid@other.example', teamId: 'T0OTHER' },
    ].map((person) => ({ realName: person.name, timeZone: 'Europe/Paris', ...person }));
    const seed = { ...northwindSeed, people: [...northwindSeed.people, ...people] };
    const workspace = await openWorkspace({ seed });
    const client = clientFor(workspace);
    const lea = workspace.personId('lea');

    for (const { email } of people) {
      expect(await errorOf(client.users.lookupByEmail({ email }))).toBe('users_not_found');
    }
    expect((await client.users.info({ user: lea })).user?.deleted).toBe(true);
    const sid = await client.users.info({ user: workspace.personId('sid') });
    expect(sid.user?.team_id).toBe('T0OTHER');
    expect(await errorOf(client.conversations.open({ users: lea }))).toBe('user_disabled');
    expect(await errorOf(client.conversations.open({ users: workspace.botUserId }))).toBe(
      'cannot_dm_bot',
    );
  });

  test('reactions, pins and bookmarks are kept once each', async () => {
    const { workspace, client, channel } = await opened();
    const { ts: timestamp = '' } = await client.chat.postMessage({ channel, text: 'x' });
    const bookmark = {
      channel_id: channel,
      title: 'Session',
      type: 'link',
      link: 'https://a.example/',
    };

    await client.reactions.add({ channel, timestamp, name: 'eyes' });
    await client.pins.add({ channel, timestamp });
    await client.apiCall('bookmarks.add', bookmark);

    const shown = messagesSeenBy(workspace, 'ana', 'incidents').at(-1);
    expect(shown).toMatchObject({ pinned: true, reactions: [{ name: 'eyes' }] });
    expect(await errorOf(client.reactions.add({ channel, timestamp, name: 'eyes' }))).toBe(
      'already_reacted',
    );
    expect(await errorOf(client.pins.add({ channel, timestamp }))).toBe('already_pinned');
    expect((await client.pins.list({ channel })).items).toHaveLength(1);
    await client.pins.remove({ channel, timestamp });
    expect(await errorOf(client.pins.remove({ channel, timestamp }))).toBe('no_pin');
    await client.reactions.remove({ channel, timestamp, name: 'eyes' });
    expect(await errorOf(client.reactions.remove({ channel, timestamp, name: 'eyes' }))).toBe(
      'no_reaction',
    );
  });
});
