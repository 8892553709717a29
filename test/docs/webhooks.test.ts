import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { webhookPayload } from '../../src/domain/webhook/payload.ts';
import { createWebhookPoster } from '../../src/webhooks/post-webhook.ts';
import { eventsUpTo, stateOf } from '../support/incident-builders.ts';
import { until } from '../support/poll.ts';
import { freePort } from '../support/redis-server.ts';

const TEXT = readFileSync(new URL('../../docs/webhooks.md', import.meta.url), 'utf8');
const SECRET = 'a secret of the tests';
const NEVER = new AbortController().signal;

const blockOf = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(TEXT)?.[1] ?? '';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the guide to webhooks', () => {
  it('shows a configuration that the bot takes', () => {
    const path = join(folder, 'redthread.yaml');
    writeFileSync(path, blockOf('yaml'));
    const { webhooks } = readConfig({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      AWS_REGION: 'eu-west-1',
      WEBHOOK_SIGNING_SECRET: SECRET,
      REDTHREAD_CONFIG: path,
    });
    expect(webhooks?.targets.map(({ events }) => events)).toEqual([
      ['document'],
      ['opened', 'closed'],
    ]);
  });

  it('shows the fields that are sent, in their order', () => {
    const sent = webhookPayload(stateOf(eventsUpTo('close')), { event: 'closed', deliveryId: 'd' });
    expect(Object.keys(JSON.parse(blockOf('json')))).toEqual(Object.keys(sent));
  });

  it('shows a receiver that takes what the bot sends, once, and nothing else', async () => {
    const port = await freePort();
    const script = join(folder, 'receiver.mjs');
    writeFileSync(script, blockOf('js'));
    const receiver = spawn(process.execPath, [script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PORT: String(port), WEBHOOK_SIGNING_SECRET: SECRET },
    });
    let printed = '';
    receiver.stdout.on('data', (bytes) => {
      printed += String(bytes);
    });
    const post = (signingSecret: string, deliveryId: string, nowMs = Date.now()) => {
      const state = stateOf(eventsUpTo('open'));
      const body = JSON.stringify(webhookPayload(state, { event: 'opened', deliveryId }));
      const url = `http://127.0.0.1:${port}/hooks`;
      return createWebhookPoster({ signingSecret, nowMs: () => nowMs })(
        { url, deliveryId, body },
        NEVER,
      );
    };
    try {
      expect(await until('it listens', () => post(SECRET, 'first'))).toBe(204);
      expect(await post(SECRET, 'first')).toBe(204);
      expect(await post('the secret of another', 'second')).toBe(401);
      expect(await post(SECRET, 'second', Date.now() - 600_000)).toBe(401);
      expect(await post(SECRET, 'third')).toBe(204);
      const line = 'opened RT-7K3F9 Checkout returns 5xx\n';
      await until('both lines', () => printed.length >= 2 * line.length);
      expect(printed).toBe(line + line);
    } finally {
      receiver.kill();
    }
  });
});
