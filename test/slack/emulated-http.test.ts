import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeTarget } from '../../src/slack/ids.ts';
import {
  type EmulatedSlack,
  type StoredMessage,
  startEmulatedSlack,
} from '../support/e2e/emulated-slack.ts';
import { type HttpBot, postSigned, startHttpBot } from '../support/e2e/http-bot.ts';
import { textIn, walk } from '../support/e2e/person.ts';
import { until } from '../support/poll.ts';
import { freePort } from '../support/redis-server.ts';

/*
 * The whole bot in HTTP mode on npm `emulate`: Slack's side is others' code, and its own signature
 * check is Bolt's. `emulate` sends nothing itself, so the test signs and sends as Slack does, with
 * triggers that `emulate` made. It takes any blocks: limits are held by the local workspace's tests.
 */

let slack: EmulatedSlack;
let bot: HttpBot;
let origin: string;

beforeAll(async () => {
  slack = await startEmulatedSlack();
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  bot = await startHttpBot({ apiUrl: slack.apiUrl, botToken: slack.botToken, port });
});
afterAll(async () => {
  await bot.close();
  await slack.close();
});

type Signature = Pick<Parameters<typeof postSigned>[0], 'secret' | 'timestampSeconds'>;

async function command(text: string, signature: Signature = {}): Promise<Response> {
  const body = new URLSearchParams({
    command: '/triage',
    text,
    team_id: slack.teamId,
    channel_id: slack.channelId,
    user_id: slack.anaId,
    is_enterprise_install: 'false',
    trigger_id: await slack.triggerId(slack.anaId),
    // Nothing answers there: what is for one person comes as an ephemeral message.
    response_url: new URL('/nowhere', slack.apiUrl).href,
  });
  return postSigned({ url: `${origin}/slack/events`, body: body.toString(), ...signature });
}

function interaction(payload: object): Promise<Response> {
  const body = new URLSearchParams({
    payload: JSON.stringify({
      team: { id: slack.teamId, domain: 'northwind' },
      user: { id: slack.anaId, name: 'ana', team_id: slack.teamId },
      is_enterprise_install: false,
      enterprise: null,
      ...payload,
    }),
  });
  return postSigned({ url: `${origin}/slack/events`, body: body.toString() });
}

async function tap(message: StoredMessage, action: { action_id: string; value: string }) {
  const { ts, thread_ts } = message;
  return interaction({
    type: 'block_actions',
    container: { type: 'message', message_ts: ts, channel_id: slack.channelId, thread_ts },
    channel: { id: slack.channelId, name: 'incidents' },
    message: { ts, thread_ts },
    trigger_id: await slack.triggerId(slack.anaId),
    response_url: new URL('/nowhere', slack.apiUrl).href,
    actions: [{ type: 'button', block_id: 'b', action_ts: '1.2', ...action }],
  });
}

const openIncidents = () =>
  bot.store.listIncidents({ channelId: slack.channelId, status: 'open', limit: 10 });

const rootOf = (words: string | RegExp) =>
  until(`the root card with ${words}`, async () =>
    (await slack.history()).find((message) => textIn(message.blocks).match(words)),
  );

function buttonOn(message: StoredMessage, actionId: string) {
  const button = walk(message.blocks).find((node) => node['action_id'] === actionId);
  return { action_id: actionId, value: String(button?.['value']) };
}

describe('the bot behind HTTP requests', () => {
  it('opens an incident from a command, with the evidence of AWS in the thread', async () => {
    const answer = await command('checkout returns 5xx sev2');

    expect(answer.status).toBe(200);
    const root = await rootOf('checkout returns 5xx');
    const thread = await until('the evidence', async () => {
      const messages = await slack.replies(root.ts);
      const text = messages.map(({ blocks }) => textIn(blocks)).join(' ');
      return /checkout-5xx/.test(text) && /i-0c4e8d21f6ab97530/.test(text) ? messages : null;
    });
    expect(thread.every((message) => message.ts === root.ts || message.thread_ts === root.ts)).toBe(
      true,
    );
  });

  it('records a tap before it answers, and shows it on the card', async () => {
    const root = await rootOf('checkout returns 5xx');

    const answer = await tap(root, buttonOn(root, 'tap:take-ownership'));

    expect(answer.status).toBe(200);
    const [incident] = await openIncidents();
    const state = await bot.store.readState(incident?.incidentId ?? '');
    expect(state?.ownerId).toBe(slack.anaId);
    await rootOf(new RegExp(`@${slack.anaId}`));
  });

  it('opens a form on the tap of a button and takes what is submitted', async () => {
    const [incident] = await openIncidents();
    const incidentId = incident?.incidentId ?? '';
    const target = encodeTarget({ incidentId, itemId: null });
    const root = await rootOf('checkout returns 5xx');
    await tap(root, { action_id: 'open:problem', value: target });
    await until('the form', () =>
      slack.inspectorShows('tab=views', 'Everybody in the thread will see this'),
    );

    const field = (state: object) => ({ value: state });
    const text = (value: string) => field({ type: 'plain_text_input', value });
    const startedAt = Math.floor(Date.now() / 1_000) - 900;
    const submitted = await interaction({
      type: 'view_submission',
      trigger_id: await slack.triggerId(slack.anaId),
      view: {
        id: 'V0FORM',
        hash: '1.abc',
        type: 'modal',
        callback_id: 'form:problem',
        private_metadata: target,
        state: {
          values: {
            symptoms: text('Every purchase answers 503.'),
            affected: text('All customers in Europe.'),
            started: field({ type: 'datetimepicker', selected_date_time: startedAt }),
            changes: text('Nothing known.'),
          },
        },
      },
    });

    expect(submitted.status).toBe(200);
    expect(await submitted.json()).toEqual({ response_action: 'clear' });
    const state = await bot.store.readState(incidentId);
    expect(state?.problem?.symptoms).toBe('Every purchase answers 503.');
    await until('the step in the thread', async () =>
      JSON.stringify(await slack.replies(root.ts)).includes('Every purchase answers 503.'),
    );
  });

  it('keeps a form open, with sentences on its fields, when they cannot be taken', async () => {
    const [incident] = await openIncidents();
    const target = encodeTarget({ incidentId: incident?.incidentId ?? '', itemId: null });
    const empty = { type: 'plain_text_input', value: null };
    const answer = await interaction({
      type: 'view_submission',
      trigger_id: await slack.triggerId(slack.anaId),
      view: {
        id: 'V0EMPTY',
        hash: '1.abd',
        type: 'modal',
        callback_id: 'form:problem',
        private_metadata: target,
        state: { values: { symptoms: { value: empty }, affected: { value: empty } } },
      },
    });

    const body = (await answer.json()) as { readonly errors: object };
    expect(body).toMatchObject({ response_action: 'errors' });
    expect(Object.keys(body.errors)).toContain('symptoms');
  });

  it('uploads the record into the thread when asked to', async () => {
    const [incident] = await openIncidents();
    const incidentId = incident?.incidentId ?? '';
    const root = await rootOf('checkout returns 5xx');

    await tap(root, {
      action_id: 'tap:publish-again',
      value: encodeTarget({ incidentId, itemId: null }),
    });

    const message = await until('the file', async () =>
      (await slack.replies(root.ts)).find(({ files }) => JSON.stringify(files)?.includes('.md')),
    );
    expect(JSON.stringify(message['files'])).toContain(`${incidentId}-v`);
  });

  it('is alive and ready on the same port', async () => {
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    const ready = await fetch(`${origin}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ ready: true, slack: true, store: true });
  });

  it('met no refusal of its calls and no error on the way', () => {
    expect(bot.logLines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(JSON.stringify(bot.logLines)).not.toMatch(/missing_scope|refused blocks|xoxb-/);
  });
});

describe('a request that Slack did not sign', () => {
  const forged = [
    { what: 'another secret', signature: { secret: 'guessed' } },
    {
      what: 'a signature of 400 seconds ago',
      signature: { timestampSeconds: Math.floor(Date.now() / 1_000) - 400 },
    },
  ];

  it.each(forged)('is refused with $what, and nothing is recorded', async ({ signature }) => {
    const before = await openIncidents();

    const answer = await command('forged outage', signature);

    expect(answer.status).toBe(401);
    expect(await openIncidents()).toEqual(before);
    expect(JSON.stringify(await slack.history())).not.toContain('forged outage');
  });

  it.each([
    { what: 'a made up signature', headers: { 'x-slack-signature': `v0=${'0'.repeat(64)}` } },
    { what: 'no signature', headers: {} },
  ])('is refused with $what', async ({ headers }) => {
    const answer = await fetch(`${origin}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(Math.floor(Date.now() / 1_000)),
        ...headers,
      },
      body: new URLSearchParams({ command: '/triage', text: 'forged outage' }),
    });

    expect(answer.status).toBe(401);
  });

  it('is refused for its size, even when signed', async () => {
    const body = `payload=${'x'.repeat(1_100_000)}`;
    const answer = await postSigned({ url: `${origin}/slack/events`, body });

    expect(answer.status).toBe(413);
  });
});
