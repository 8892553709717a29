import { expect, test } from 'vitest';
import { slackRateLimits } from '../../../src/simulator/workspace/rate-limits.ts';
import { clientFor, errorOf, openWorkspace } from './support.ts';

test('a channel takes a short burst of messages and then asks for a pause, other channels go on', async () => {
  const workspace = await openWorkspace({ rateLimits: slackRateLimits });
  const client = clientFor(workspace);
  const post = (name: string) =>
    client.chat.postMessage({ channel: workspace.channelId(name), text: 'x' });
  for (let count = 0; count < slackRateLimits.messageBurst; count += 1) await post('incidents');

  await expect(post('incidents')).rejects.toMatchObject({
    code: 'slack_webapi_rate_limited_error',
    retryAfter: 1,
  });
  expect(await errorOf(post('deploys'))).toBe('ok');
  expect(workspace.journal.calls('chat.postMessage').at(-2)).toMatchObject({
    status: 429,
    answer: { ok: false, error: 'ratelimited' },
  });
});

test('each method has its tier', async () => {
  const callsPerMinute = { ...slackRateLimits.callsPerMinute, tier2: 2 };
  const workspace = await openWorkspace({ rateLimits: { callsPerMinute } });
  const client = clientFor(workspace);

  const codes = [];
  for (let count = 0; count < 3; count += 1) codes.push(await errorOf(client.users.list({})));

  expect(codes.slice(0, 2)).toEqual(['ok', 'ok']);
  expect(codes[2]).not.toBe('ok');
  expect(await errorOf(client.users.info({ user: workspace.personId('ana') }))).toBe('ok');
});
