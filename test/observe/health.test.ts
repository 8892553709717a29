import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Health, serveHealth } from '../../src/observe/health.ts';

async function serve(check: Health['check']): Promise<string> {
  const server = await serveHealth({ check }, { port: 0, host: '127.0.0.1' });
  onTestFinished(() => {
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const state = (slack: boolean, store: boolean) => async () => ({
  ready: slack && store,
  slack,
  store,
});

describe('the health endpoints', () => {
  it.each([
    { slack: true, store: true, status: 200 },
    { slack: false, store: true, status: 503 },
    { slack: true, store: false, status: 503 },
  ])('say $status, and why, with Slack $slack and store $store', async ({
    slack,
    store,
    status,
  }) => {
    const origin = await serve(state(slack, store));

    const answer = await fetch(`${origin}/readyz`);

    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ ready: slack && store, slack, store });
  });

  it('say that the process lives whatever is not ready', async () => {
    const origin = await serve(state(false, false));

    const answer = await fetch(`${origin}/healthz`);

    expect([answer.status, await answer.json()]).toEqual([200, { live: true }]);
  });

  it('say not ready when the check itself breaks, without its words', async () => {
    const origin = await serve(() => Promise.reject(new Error('redis://:canary@host')));

    const answer = await fetch(`${origin}/readyz`);

    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('canary');
  });

  it.each([
    { method: 'GET', path: '/' },
    { method: 'POST', path: '/readyz' },
    { method: 'GET', path: '/readyz/../secrets' },
  ])('answer nothing else: $method $path', async ({ method, path }) => {
    const origin = await serve(state(true, true));

    expect((await fetch(`${origin}${path}`, { method })).status).toBe(404);
  });

  it('fail to start on a taken port instead of being silently absent', async () => {
    const origin = await serve(state(true, true));

    const second = serveHealth(
      { check: state(true, true) },
      { port: Number(new URL(origin).port), host: '127.0.0.1' },
    );

    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
