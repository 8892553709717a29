import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redactIncident } from '../../src/flows/redact-incident.ts';
import { createIds } from '../../src/observe/ids.ts';
import type { ClaimedWork, FlowDependencies, PostedMessage } from '../../src/ports.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, untilQuiet } from '../support/e2e/sessions.ts';
import { createKeptLog } from '../support/kept-log.ts';
import { until } from '../support/poll.ts';

const PASSWORD = 'Tr0ub4dor_and_*three*';
const MOMENTS = [
  ['written, and not yet on its way', 'written', ({ ts }: PostedMessage) => ts === null],
  ['uploaded, and not yet known', 'uploaded', ({ ts }: PostedMessage) => ts !== null],
] as const;

/** The store of the running bot holds the publication where the test wants it. */
describe('text taken out of the record while its document is being published', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: { seed: roomsSeed('written', 'uploaded') },
      pauses: { unknownOutcomeWaitMs: 500 },
    });
  });
  afterAll(() => world.close());

  it.each(MOMENTS)('leaves no document that tells it: %s', async (_when, room, isThen) => {
    const ana = world.person('ana', room);
    const store = world.store();
    const { incidentId } = await openSession(ana, 'checkout is down');
    await ana.say(`/triage note the password is ${PASSWORD}`);
    await untilQuiet(world);

    const { saveMessage, completeWork } = store;
    const completed: string[] = [];
    let go: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      go = resolve;
    });
    let isHeld = false;
    const holding = async (message: PostedMessage) => {
      const isMoment = message.slot.startsWith('document-') && isThen(message);
      if (isMoment && !isHeld) {
        isHeld = true;
        await released;
      }
      return saveMessage(message);
    };
    const noting = (claim: ClaimedWork) => {
      completed.push(claim.work.kind);
      return completeWork(claim);
    };
    Object.assign(store, { saveMessage: holding, completeWork: noting });
    await ana.say(`/triage close ${incidentId} it was the provider`);
    await until('the publication is held', () => isHeld);

    const deps: FlowDependencies = {
      ...{ store, ids: createIds(), log: createKeptLog() },
      clock: { nowMs: () => Date.now() },
      wakeWorkers: () => undefined,
    };
    const actor = { kind: 'person', userId: ana.id } as const;
    const redacted = await redactIncident(deps, {
      ...{ incidentId, actor, text: PASSWORD, reason: 'a password', dedupeId: `redact ${room}` },
    });
    expect(redacted.kind).toBe('redacted');
    await until('its own withdrawal has come too early', () =>
      completed.includes('withdraw-documents'),
    );
    go();
    Object.assign(store, { saveMessage, completeWork });

    const documents = () =>
      ana.messages().flatMap(({ files }) => files.filter(({ name }) => name.endsWith('.md')));
    await until('the document of the record as it is', () => {
      const left = documents();
      return left.length === 1 && left[0]?.preview?.includes('[redacted') === true;
    });
    await untilQuiet(world);
    expect(documents().map(({ preview }) => preview?.includes('Tr0ub4dor'))).toEqual([false]);
    const kept = await store.readDocument(incidentId);
    expect(`${kept?.markdown}`).not.toContain('Tr0ub4dor');
    const state = await world.readState(incidentId);
    expect(state?.publication?.ofVersion).toBe(kept?.ofVersion);
    expect(await store.listDeadWork(9)).toEqual([]);
  });
});
