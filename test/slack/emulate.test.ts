import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostedMessage } from '../../src/ports.ts';
import { sentenceContent } from '../../src/slack/blocks/error.ts';
import type { SlotContent } from '../../src/slack/blocks/message.ts';
import { createSlackClients } from '../../src/slack/connect/clients.ts';
import { identify } from '../../src/slack/connect/start-slack.ts';
import { buildStartForm } from '../../src/slack/forms/start.ts';
import { createPeople } from '../../src/slack/people.ts';
import { sendSlot } from '../../src/slack/send/send-slot.ts';
import { tellPerson } from '../../src/slack/send/tell-person.ts';
import { type EmulatedSlack, startEmulatedSlack } from '../support/e2e/emulated-slack.ts';
import { createKeptLog } from '../support/kept-log.ts';

/*
 * The bot's calls against npm `emulate`, a Slack that others wrote, with a token that has the
 * manifest's scopes and no others. It keeps message metadata. It does not look into Block Kit, does
 * not move replies to a deleted message into the channel, has no Socket Mode and sends no commands
 * or taps: for those there are the local workspace's tests and test/slack/emulated-http.test.ts.
 */

let slack: EmulatedSlack;
beforeAll(async () => {
  slack = await startEmulatedSlack();
});
afterAll(() => slack.close());

function parts(clock = { nowMs: Date.now() }) {
  const log = createKeptLog();
  const { botToken, apiUrl } = slack;
  const clients = createSlackClients({ botToken, apiUrl, log });
  const saved: PostedMessage[] = [];
  const store = {
    saveMessage: async (message: PostedMessage) => {
      saved.push(message);
    },
  };
  return { log, clients, apiUrl, store, saved, nowMs: () => clock.nowMs };
}

function slot(name: string, sentence: string): SlotContent {
  const content = sentenceContent(sentence);
  return { ...content, slot: name, conservative: content };
}

const place = (incidentId: string) => ({
  incidentId,
  channelId: slack.channelId,
  threadTs: null,
});

describe('a message of an incident', () => {
  it('is posted once, then edited in place, with its reply in its thread', async () => {
    const deps = parts();
    const first = await sendSlot(deps, place('RT-00001'), slot('root', 'It begins'), undefined);
    const root = deps.saved.at(-1);
    const second = await sendSlot(deps, place('RT-00001'), slot('root', 'It goes on'), root);
    const inThread = { ...place('RT-00001'), threadTs: root?.ts ?? '' };
    const third = await sendSlot(deps, inThread, slot('step-1', 'A step'), undefined);

    expect([first.kind, second.kind, third.kind]).toEqual(['shown', 'shown', 'shown']);
    const thread = await slack.replies(root?.ts ?? '');
    expect(thread.map(({ text }) => text)).toEqual(['It goes on', 'A step']);
    expect(thread[1]?.thread_ts).toBe(root?.ts);
    expect(thread[0]?.blocks).toHaveLength(1);
  });

  it('is found again by its metadata when its post was never answered', async () => {
    const clock = { nowMs: Date.now() };
    const deps = parts(clock);
    await sendSlot(deps, place('RT-00002'), slot('root', 'Posted, answer lost'), undefined);
    const [intent] = deps.saved;
    clock.nowMs += 60_000;
    const outcome = await sendSlot(deps, place('RT-00002'), slot('root', 'Newer words'), intent);

    expect(outcome.kind).toBe('shown');
    const texts = (await slack.history()).map(({ text }) => text);
    expect(texts.filter((text) => text === 'Newer words')).toHaveLength(1);
    expect(texts).not.toContain('Posted, answer lost');
  });

  it('is posted when nothing with its metadata is there', async () => {
    const clock = { nowMs: Date.now() };
    const deps = parts(clock);
    const other = await sendSlot(deps, place('RT-00003'), slot('root', 'Another slot'), undefined);
    const intent = { ...deps.saved[0], slot: 'line-1' } as PostedMessage;
    clock.nowMs += 60_000;
    const outcome = await sendSlot(deps, place('RT-00003'), slot('line-1', 'Not lost'), intent);

    expect([other.kind, outcome.kind]).toEqual(['shown', 'shown']);
    const texts = (await slack.history()).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['Another slot', 'Not lost']));
  });

  it('is given up, with a sentence for people, where the bot sees no channel', async () => {
    const nowhere = { ...place('RT-00004'), channelId: 'C0NOWHERE' };
    const outcome = await sendSlot(parts(), nowhere, slot('root', 'Lost'), undefined);

    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'channel-closed' } });
  });
});

describe('a sentence for one person', () => {
  it('is an ephemeral message where they are', async () => {
    const to = { userId: slack.anaId, channelId: slack.channelId, threadTs: null, replyUrl: null };

    expect(await tellPerson(parts(), { ...to, sentence: 'Only for ana' })).toBe(true);

    const tab = `tab=messages&channel=${slack.channelId}`;
    expect(await slack.inspectorShows(tab, 'Only for ana')).toBe(true);
    expect(JSON.stringify(await slack.history())).not.toContain('Only for ana');
  });

  it('is a direct message when there is no channel to say it in', async () => {
    const to = { userId: slack.anaId, channelId: 'C0NOWHERE', threadTs: null, replyUrl: null };

    expect(await tellPerson(parts(), { ...to, sentence: 'Into the inbox' })).toBe(true);

    expect((await slack.direct()).map(({ text }) => text)).toContain('Into the inbox');
  });

  it('is logged as lost, without its words, when no way works', async () => {
    const deps = parts();
    const to = { userId: 'U0NOBODY', channelId: 'C0NOWHERE', threadTs: null, replyUrl: null };

    expect(await tellPerson(deps, { ...to, sentence: 'Into the void' })).toBe(false);

    expect(deps.log.lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'error']);
    expect(JSON.stringify(deps.log.lines)).not.toContain('void');
  });
});

it('opens a form on a trigger, and once only', async () => {
  const { clients } = parts();
  const trigger_id = await slack.triggerId(slack.anaId);
  const view = buildStartForm({
    place: { channelId: slack.channelId, threadTs: null, sourcePermalink: null },
    prefill: {},
  });
  const opened = await clients.interactive.views.open({ trigger_id, view });

  expect(opened.view?.callback_id).toBe('form:start');
  await expect(clients.interactive.views.open({ trigger_id, view })).rejects.toMatchObject({
    data: { error: 'exchanged_trigger_id' },
  });
});

it('knows whose token it has and who people are', async () => {
  const { clients, log, nowMs } = parts();
  const people = createPeople({ clients, log, nowMs, teamId: slack.teamId });

  expect(await identify(clients)).toEqual({
    teamId: slack.teamId,
    teamName: 'Northwind',
    botId: 'B000REDTHREAD',
    botUserId: 'U000REDTHREAD',
  });
  // It says nothing of time zones, so people get UTC.
  expect(await people.describe(slack.anaId)).toEqual({
    userId: slack.anaId,
    name: 'Ana Ruiz',
    timeZone: 'UTC',
  });
  expect(await people.describe('U0NOBODY')).toMatchObject({ name: 'U0NOBODY', timeZone: 'UTC' });
});
