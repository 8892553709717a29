import { describe, expect, it } from 'vitest';
import {
  type AccessPolicy,
  OPEN_ACCESS,
  type Standing,
} from '../../../src/domain/access/decide-access.ts';
import type { FoundAccount, SeenChannel } from '../../../src/ports.ts';
import { createAccess } from '../../../src/slack/access/access.ts';

const MINUTE_MS = 60_000;

const SEEN: SeenChannel = {
  kind: 'seen',
  name: 'war-room',
  hasBot: true,
  isArchived: false,
  isChannel: true,
  isShared: false,
};

const account = (standing: Standing): FoundAccount => ({
  kind: 'found',
  account: { userId: 'U1', name: 'Ana', timeZone: 'UTC', standing },
});

/** What Slack says at the moment, which a test may change. */
function slackSays() {
  return {
    nowMs: 0,
    account: account('member'),
    channel: SEEN as SeenChannel,
    groups: {} as Record<string, ReadonlySet<string> | null>,
    looks: [] as string[],
  };
}

function accessTo(says: ReturnType<typeof slackSays>, policy: AccessPolicy = OPEN_ACCESS) {
  return createAccess({
    policy,
    people: { findAccount: async () => says.account },
    channels: {
      look: async (channelId) => {
        says.looks.push(channelId);
        return says.channel;
      },
    },
    groups: { membersOf: async (groupId) => says.groups[groupId] ?? null },
    nowMs: () => says.nowMs,
  });
}

const ALLOWED = { kind: 'allowed' };

describe('whether somebody may use the bot', () => {
  it('goes by the account and the channel as Slack has them', async () => {
    expect(await accessTo(slackSays()).check('U1', 'C1')).toEqual(ALLOWED);
  });

  it.each<[string, FoundAccount, string]>([
    ['a guest', account('guest'), 'guest'],
    ['nobody of this workspace', { kind: 'nobody' }, 'stranger'],
    ['somebody who cannot be looked up', { kind: 'unknown', sentence: 'x' }, 'unknown'],
  ])('is refused to %s', async (_who, found, reason) => {
    const access = accessTo({ ...slackSays(), account: found });

    expect(await access.check('U1', 'C1')).toMatchObject({ kind: 'refused', reason });
    expect(await access.check('U1', null)).toMatchObject({ kind: 'refused', reason });
  });

  it.each<[string, SeenChannel, string]>([
    ['shared with others', { ...SEEN, isShared: true }, 'shared-channel'],
    ['unseen', { kind: 'unseen' }, 'unseen-channel'],
    ['unknown just now', { kind: 'unknown' }, 'unknown'],
  ])('is refused in a channel that is %s, and not in a direct conversation', async (_what, channel, reason) => {
    const says = { ...slackSays(), channel };
    const access = accessTo(says);

    expect(await access.check('U1', 'C1')).toMatchObject({ kind: 'refused', reason });
    expect(await access.check('U1', 'D1')).toEqual(ALLOWED);
    expect(await access.check('U1', null)).toEqual(ALLOWED);
    expect(says.looks).toEqual(['C1']);
  });

  it('takes a name that only has a D in it for a channel', async () => {
    const access = accessTo({ ...slackSays(), channel: { kind: 'unseen' } });

    expect(await access.check('U1', 'CD1')).toMatchObject({ reason: 'unseen-channel' });
  });
});

describe('whether somebody is in a named group', () => {
  const policy = { ...OPEN_ACCESS, groupIds: ['S1', 'S2'] };

  it.each<[string, ReturnType<typeof slackSays>['groups'], object]>([
    ['in one of them', { S1: new Set(['U2']), S2: new Set(['U1']) }, ALLOWED],
    ['in one, while the other is not known', { S1: null, S2: new Set(['U1']) }, ALLOWED],
    ['in none', { S1: new Set(['U2']), S2: new Set() }, { reason: 'not-named' }],
    ['perhaps in one', { S1: null, S2: new Set(['U2']) }, { reason: 'unknown' }],
  ])('decides for somebody %s', async (_what, groups, verdict) => {
    expect(await accessTo({ ...slackSays(), groups }, policy).check('U1', 'C1')).toMatchObject(
      verdict,
    );
  });

  it('decides nothing where no group is named', async () => {
    const people = { ...OPEN_ACCESS, peopleIds: ['U2'] };

    expect(await accessTo(slackSays(), people).check('U1', 'C1')).toMatchObject({
      reason: 'not-named',
    });
  });
});

describe('a role that somebody loses', () => {
  it('is kept for three minutes and no longer', async () => {
    const says = slackSays();
    const access = accessTo(says);
    await access.check('U1', 'C1');
    says.account = account('deactivated');

    says.nowMs = 3 * MINUTE_MS;
    expect(await access.check('U1', 'C1')).toEqual(ALLOWED);
    says.nowMs += 1;
    expect(await access.check('U1', 'C1')).toMatchObject({ reason: 'deactivated' });
  });

  it('is kept for half an hour while Slack does not answer', async () => {
    const says = slackSays();
    const access = accessTo(says);
    await access.check('U1', 'C1');
    says.account = { kind: 'unknown', sentence: 'x' };
    says.channel = { kind: 'unknown' };

    says.nowMs = 30 * MINUTE_MS;
    expect(await access.check('U1', 'C1')).toEqual(ALLOWED);
    says.nowMs += 1;
    expect(await access.check('U1', 'C1')).toMatchObject({ reason: 'unknown' });
  });
});
