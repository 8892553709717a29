import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { until } from '../support/poll.ts';
import { type Family, parseExposition, sumOf } from '../support/prometheus.ts';
import { freePort } from '../support/redis-server.ts';

describe('what a running bot tells of itself', () => {
  let world: BotWorld;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    world = await startBotWorld({ environment: { PORT: String(port) } });
    const ana = world.person('ana');
    await ana.say('/triage checkout returns 5xx sev2');
    await ana.seeMessage('i-0c4e8d21f6ab97530');
    await ana.tap('Take it');
    await ana.seeMessage(`Owner: @${ana.id}`);
  });
  afterAll(() => world.close());

  const scrape = async (): Promise<ReadonlyMap<string, Family>> =>
    parseExposition(await (await fetch(`${url}/metrics`)).text());

  it('is alive, and ready with store, Slack and work loop', async () => {
    const live = await fetch(`${url}/healthz`);
    const ready = await fetch(`${url}/readyz`);
    expect([live.status, ready.status]).toEqual([200, 200]);
    expect(await ready.json()).toEqual({ ready: true, slack: true, store: true, work: true });
  });

  it('counts interactions with the time to their acknowledgement', async () => {
    const families = await scrape();
    const count = (kind: string) =>
      sumOf(families, 'redthread_interactions_total', { kind, outcome: 'acknowledged' });
    expect(count('command')).toBe(1);
    expect(count('button')).toBe(1);
    expect(sumOf(families, 'redthread_ack_seconds_count', { kind: 'command' })).toBe(1);
  });

  it('counts work, calls to AWS and to Slack, and requests to the store', async () => {
    const families = await until('the evidence was gathered', async () => {
      const now = await scrape();
      return sumOf(now, 'redthread_work_total', { kind: 'gather', outcome: 'done' }) > 0 && now;
    });
    const calls = (operation: string) =>
      sumOf(families, 'redthread_aws_calls_total', { operation, outcome: 'ok' });
    expect(calls('LookupEvents')).toBeGreaterThan(0);
    expect(calls('DescribeAlarms')).toBeGreaterThan(0);
    const posts = { method: 'chat.postMessage', outcome: 'ok' };
    expect(sumOf(families, 'redthread_slack_calls_total', posts)).toBeGreaterThan(0);
    expect(
      sumOf(families, 'redthread_store_seconds_count', { operation: 'append' }),
    ).toBeGreaterThan(0);
    expect(sumOf(families, 'redthread_incidents_open')).toBe(1);
    expect(sumOf(families, 'redthread_slack_sockets')).toBe(2);
    expect(sumOf(families, 'redthread_ready')).toBe(1);
    expect(sumOf(families, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
  });

  it('counts throttled tries and refused calls for what they are', async () => {
    world.demo.aws.faults.throttleNext(1, 'LookupEvents');
    const drop = world.demo.aws.faults.deny('DescribeAlarmHistory');
    const ben = world.person('ben');
    await ben.say('/trail who stopped i-0c4e8d21f6ab97530 since 3h');
    await ben.say('/triage the second one sev3');
    const families = await until('both are counted', async () => {
      const now = await scrape();
      const throttles = sumOf(now, 'redthread_aws_throttles_total', { operation: 'LookupEvents' });
      const denied = sumOf(now, 'redthread_aws_calls_total', { outcome: 'denied' });
      return throttles > 0 && denied > 0 && now;
    });
    drop();
    expect(sumOf(families, 'redthread_aws_calls_total', { outcome: 'denied' })).toBeGreaterThan(0);
  });

  it('has no person, channel, account or incident in a label', async () => {
    const labels = [...(await scrape()).values()]
      .flatMap(({ samples }) => samples)
      .flatMap((sample) => Object.values(sample.labels))
      .filter((text) => !/^[\d.]+$|^\+Inf$/.test(text));
    const ids = /RT-|[CUTBD]0[A-Z0-9]{6,}|\d{12}|xox|arn:|eu-west|i-0|ana|northwind/i;
    expect(labels.filter((text) => ids.test(text))).toEqual([]);
  });

  it('is not ready while Slack refuses the token, and says so as a metric', async () => {
    world.demo.workspace.faults.revokeToken();
    await world.person('ana').say('/triage status');
    await until('the bot has noticed', async () => (await fetch(`${url}/readyz`)).status === 503);
    const families = await scrape();
    world.demo.workspace.faults.revokeToken(false);
    expect(sumOf(families, 'redthread_ready')).toBe(0);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
