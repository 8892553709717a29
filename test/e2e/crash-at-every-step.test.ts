import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoWorld, startDemoWorld } from '../../src/cli/demo-world.ts';
import type { IncidentEvent } from '../../src/domain/incident/events.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Pauses } from '../../src/work-handlers.ts';
import { type BotProcess, startBotProcess } from '../support/e2e/bot-process.ts';
import {
  checkActions,
  checkLog,
  checkShown,
  createPostLedger,
  type DoneAction,
} from '../support/e2e/check-history.ts';
import { type FilledForm, FORMS } from '../support/e2e/incident-forms.ts';
import { createPerson, type TestPerson } from '../support/e2e/person.ts';
import { hasNoWorkNow } from '../support/e2e/sessions.ts';
import { told } from '../support/e2e/told.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const ALARMS = [
  ...['checkout-5xx', 'checkout-healthy-hosts', 'monthly-charges', 'orders-db-cpu-high'],
  ...['orders-queue-age', 'pricing-quote-errors', 'search-cpu-high', 'storefront-5xx'],
  'storefront-degraded',
];
/** Slack's history lags, and the bot waits longer than that before it looks for a post there. */
const HISTORY_LAG_MS = 1_000;
const PAUSES: Pauses = {
  unknownOutcomeWaitMs: 2_500,
  watchMs: 3_000,
  watchEveryMs: 300,
  nudges: { noOwner: 1_500, quiet: { sev1: null, sev2: null, sev3: null, sev4: null } },
  nudgeEveryMs: 300,
};
/** How long after an acknowledgement the process is killed, in turn: while it draws, posts, reads. */
const KILLED_AFTER_MS = [0, 40, 5, 130, 15, 350, 70];
/** Longer than any pause above: what is still to come has begun by then. */
const SILENCE_MS = 5_000;
const SECRET = 'a secret of the tests';
const LIMIT_MS = 180_000;

/** One incident by the whole method; the process is killed after each thing that people do. */
describe('a bot that is killed at every step of an incident', () => {
  const actions: DoneAction[] = [];
  let folder: string;
  let wiki: WebhookReceiver;
  let world: DemoWorld;
  let environment: Readonly<Record<string, string>>;
  let bot: BotProcess;
  let ana: TestPerson;
  let ben: TestPerson;
  let incidentId: string;
  let kills = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redthread-steps-'));
    wiki = await startReceiver([200]);
    const config = join(folder, 'redthread.yaml');
    writeFileSync(
      config,
      `regions: [eu-west-1]\nwebhooks: [{ url: "${wiki.origin}/incidents" }]\n`,
    );
    environment = {
      REDTHREAD_DATA: folder,
      REDTHREAD_CONFIG: config,
      WEBHOOK_SIGNING_SECRET: SECRET,
    };
    world = await startDemoWorld({
      port: 0,
      rateLimits: 'off',
      timings: { eventRetryDelaysMs: [0, 2_000, 5_000] },
    });
    world.workspace.faults.delayHistory(HISTORY_LAG_MS);
    const channelId = world.workspace.channelId('incidents');
    ana = createPerson(world.workspace, 'ana', channelId);
    ben = createPerson(world.workspace, 'ben', channelId);
    bot = await start();
  });
  afterAll(async () => {
    await bot.stop();
    await world.close();
    wiki.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = () => startBotProcess(world, environment, { pauses: PAUSES });

  async function crash(afterMs = KILLED_AFTER_MS[kills % KILLED_AFTER_MS.length]): Promise<void> {
    await delay(afterMs);
    await bot.kill9();
    kills += 1;
    await until('Slack noticed', () => ana.view().appConnections === 0);
    bot = await start();
  }

  function did(name: string, isOf: (event: IncidentEvent) => boolean): void {
    actions.push({
      name,
      isAcknowledged: true,
      isIn: ({ event, actor }) => actor.kind === 'person' && isOf(event),
    });
  }

  /** Acknowledged, or this fails; then the process is killed. */
  async function tap(
    person: TestPerson,
    label: string,
    type: IncidentEvent['type'],
  ): Promise<void> {
    expect(await person.tap(label)).toBeNull();
    did(label, (event) => event.type === type);
    await crash();
  }

  /** Killed with the form open, too: what is typed there goes to another process. */
  async function fill(person: TestPerson, { label, fields, type }: FilledForm): Promise<void> {
    await person.tap(label);
    await person.seeForm();
    await crash(0);
    expect(await person.submit(fields)).toEqual({});
    expect(person.view().modal).toBeNull();
    did(label, (event) => event.type === type);
    await crash();
  }

  it(
    'opens it once, with its evidence, and reminds people once',
    async () => {
      await ana.say('/triage checkout returns 5xx sev2');
      incidentId = /RT-[0-9A-Z]{5}/.exec(await told(ana, /RT-[0-9A-Z]{5} is open/))?.[0] ?? '';
      did('/triage', (event) => event.type === 'incident-opened');
      await crash();
      await ana.seeMessage('Owner: nobody yet');
      await crash();
      await ana.seeMessage('checkout-5xx');
      await crash();
      await ana.seeMessage(/[67]\d changes/);
      await crash();
      await ana.seeMessage('Nobody owns this SEV2 yet');
      await crash();
      await tap(ana, 'Take it', 'owner-changed');
    },
    LIMIT_MS,
  );

  it(
    'goes through the first four steps',
    async () => {
      await fill(ana, FORMS.problem);
      await fill(ana, FORMS.component);
      await fill(ben, FORMS.hypothesis);
      await fill(ben, FORMS.test);
      await fill(ben, FORMS.verdict);
    },
    LIMIT_MS,
  );

  it(
    'has the fix planned, approved, carried out and watched',
    async () => {
      await fill(ana, FORMS.plan);
      await tap(ben, 'Approve the plan', 'plan-approved');
      await fill(ana, FORMS.implemented);
      await ana.seeMessage('Watching until all');
      for (const name of ALARMS) world.aws.setAlarmState(name, 'OK', 'started again');
      await ana.seeMessage(/All OK; watching for 3 s/);
      await crash();
      await ana.seeMessage('The alarms have stayed OK for 3 s');
      await crash();
      await fill(ana, FORMS.verified);
    },
    LIMIT_MS,
  );

  it(
    'takes what people say on the record meanwhile',
    async () => {
      await ben.say('/triage note the first purchase went through');
      did('note', (event) => event.type === 'note-added');
      await crash();
      const root = await ana.seeMessage('Owner:');
      await ben.say('I saw the first complaint at 10:41', root.ts);
      const said = await ben.seeMessage('first complaint');
      await ana.react(said.ts, 'pushpin');
      await until('Slack has its acknowledgement', () =>
        world.workspace.journal
          .envelopes('events_api')
          .some(
            ({ outcome, payload }) =>
              outcome === 'acked' && /pushpin/.test(JSON.stringify(payload)),
          ),
      );
      did('pin', (event) => event.type === 'message-captured');
      await crash();
    },
    LIMIT_MS,
  );

  it(
    'closes it, and has the document in the thread once',
    async () => {
      await fill(ana, FORMS.findings);
      await fill(ana, FORMS.close);
      await until('Slack has the document', () =>
        JSON.stringify(
          world.workspace.journal.calls('files.completeUploadExternal').map(({ answer }) => answer),
        ).includes('.md'),
      );
      await crash(0);
      await ana.seeMessage('Closed');
      await until(
        'nothing more is sent',
        () => {
          const lastMs = world.workspace.journal.calls().at(-1)?.atMs ?? 0;
          return Date.now() - lastMs > SILENCE_MS;
        },
        90_000,
      );
    },
    LIMIT_MS,
  );

  it('has lost nothing, doubled nothing and left nothing undone', async () => {
    expect(await bot.stop()).toBe(0);
    const store = await openStore({ redisUrl: null, dataDirectory: folder }, createKeptLog());
    const ledger = createPostLedger(world.workspace);
    ledger.collect();
    const posted = ledger.slotsOf(incidentId);
    const faults = {
      ...checkActions(await store.readEvents(incidentId), actions),
      ...(await checkLog(store, incidentId, posted)),
    };
    const shown = await checkShown(store, incidentId, posted);
    const isQuiet = await hasNoWorkNow(store);
    const deadWork = await store.listDeadWork(10);
    const state = await store.readState(incidentId);
    const messages = await store.readMessages(incidentId);
    await store.close();

    expect(faults).toEqual({
      lostActions: [],
      doubledActions: [],
      versionGaps: [],
      doubledMessages: [],
    });
    expect(shown).toEqual({ missingMessages: [], unfinishedGatherings: [] });
    expect({ isQuiet, deadWork }).toEqual({ isQuiet: true, deadWork: [] });
    expect(messages.filter(({ ts }) => ts === null)).toEqual([]);
    expect(state?.watch?.outcome).toBe('quiet');
    expect(state?.publication).not.toBeNull();
    expect(new Set(wiki.received.map(({ body }) => JSON.parse(String(body)).event))).toEqual(
      new Set(['opened', 'closed', 'document']),
    );
    expect(kills).toBeGreaterThan(30);
  });
});
