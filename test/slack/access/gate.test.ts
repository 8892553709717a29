import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { decideAccess, OPEN_ACCESS } from '../../../src/domain/access/decide-access.ts';
import { registerGate } from '../../../src/slack/access/gate.ts';
import { isRefusedHere } from '../../../src/slack/access/refused-here.ts';
import type { SlackContext } from '../../../src/slack/context.ts';

type Middleware = (arrived: object) => Promise<void>;

/** A bot that lets in everybody but U2, a guest, and notes what came of it. */
function aBot(options: { readonly auditFails?: boolean; readonly incidentId?: string } = {}) {
  const seen = {
    answers: [] as unknown[],
    audit: [] as object[],
    told: [] as object[],
    log: [] as string[],
    passed: 0,
  };
  const context = {
    access: {
      check: async (userId: string, channelId: string | null) => {
        const standing = userId === 'U2' ? 'guest' : 'member';
        const place =
          channelId === null
            ? ({ kind: 'own' } as const)
            : ({ kind: 'channel', channelId, readers: 'own' } as const);
        return decideAccess(OPEN_ACCESS, { userId, standing, isInGroup: null, place });
      },
    },
    apiUrl: 'https://slack.com/api/',
    clock: { nowMs: () => 7 },
    clients: {
      background: {
        chat: {
          postEphemeral: async (message: object) => seen.told.push(message),
          postMessage: async (message: object) => seen.told.push(message),
        },
      },
    },
    store: {
      recordAudit: async (entry: object) => {
        if (options.auditFails) throw new Error('the store is gone');
        seen.audit.push(entry);
      },
      findIncidentByThread: async () => options.incidentId ?? null,
      readState: async () => null,
      listIncidents: async () => [],
    },
    log: {
      info: (message: string) => seen.log.push(message),
      warn: (message: string) => seen.log.push(message),
      error: (message: string) => seen.log.push(message),
    },
  } as unknown as SlackContext;
  const uses: Middleware[] = [];
  registerGate(
    { use: (middleware: Middleware) => uses.push(middleware) } as unknown as App,
    context,
  );
  const arrive = async (body: unknown, withAck = true): Promise<void> => {
    const ack = async (answer?: unknown) => seen.answers.push(answer ?? 'empty');
    const next = async () => {
      seen.passed += 1;
    };
    await uses[0]?.({ body, next, ...(withAck && { ack }) });
  };
  return { seen, context, arrive };
}

const command = (userId: string) => ({ command: '/triage', user_id: userId, channel_id: 'C1' });
const tap = (userId: string) => ({
  type: 'block_actions',
  user: { id: userId },
  channel: { id: 'C1' },
  container: { thread_ts: '1.2' },
  actions: [{ action_id: 'tap:take-ownership', value: 'RT-1|' }],
});
const submission = (userId: string) => ({
  type: 'view_submission',
  team: { id: 'T1' },
  user: { id: userId },
  view: {
    id: 'V1',
    hash: 'h',
    callback_id: 'form:plan',
    private_metadata: '',
    state: { values: { solution: { value: { type: 'plain_text_input', value: 'x' } } } },
  },
});
const mentioned = (userId: string) => ({
  type: 'event_callback',
  event: { type: 'app_mention', user: userId, channel: 'C1', thread_ts: '1.2' },
});

const GUEST = expect.stringContaining('not open to guests');

describe('the gate before every listener', () => {
  it.each([
    ['a command', command('U1')],
    ['a tap', tap('U1')],
    ['a form', submission('U1')],
    ['a mention', mentioned('U1')],
    ['what its own handler decides about', { type: 'event_callback', event: { type: 'message' } }],
  ])('lets %s pass, and notes nothing', async (_what, body) => {
    const { arrive, seen } = aBot();
    await arrive(body);

    expect(seen).toEqual({ answers: [], audit: [], told: [], log: [], passed: 1 });
  });

  it('leaves out what has an unknown shape', async () => {
    const { arrive, seen } = aBot();
    await arrive({ type: 'new_thing', user: { id: 'U1' } });

    expect(seen).toMatchObject({ answers: [], audit: [], passed: 0 });
    expect(seen.log).toEqual([expect.stringContaining('unknown shape')]);
  });

  it('answers a refused command to whoever typed it alone', async () => {
    const { arrive, seen } = aBot();
    await arrive(command('U2'));

    expect(seen.answers).toEqual([
      {
        response_type: 'ephemeral',
        text: GUEST,
        blocks: [expect.objectContaining({ type: 'rich_text' })],
      },
    ]);
    expect(seen).toMatchObject({ told: [], passed: 0 });
  });

  it('keeps a refused form open, with the sentence at its first field', async () => {
    const { arrive, seen } = aBot();
    await arrive(submission('U2'));

    expect(seen.answers).toEqual([{ response_action: 'errors', errors: { solution: GUEST } }]);
    expect(seen).toMatchObject({ told: [], passed: 0 });
  });

  it.each([
    ['a tap', tap('U2'), true],
    ['a mention', mentioned('U2'), false],
  ])('tells whoever is refused %s where they are', async (_what, body, withAck) => {
    const { arrive, seen } = aBot();
    await arrive(body, withAck);

    expect(seen.answers).toEqual(withAck ? ['empty'] : []);
    expect(seen.told).toEqual([
      expect.objectContaining({ channel: 'C1', user: 'U2', thread_ts: '1.2', text: GUEST }),
    ]);
    expect(seen.passed).toBe(0);
  });

  it('tells them directly where there is no channel', async () => {
    const { arrive, seen } = aBot();
    await arrive({ ...tap('U2'), channel: undefined });

    expect(seen.told).toEqual([expect.objectContaining({ channel: 'U2', user: 'U2' })]);
  });

  it('closes a refused view that is only closed, like a tap', async () => {
    const { arrive, seen } = aBot();
    const { user, view } = submission('U2');
    await arrive({ type: 'view_closed', user, view });

    expect(seen.answers).toEqual(['empty']);
    expect(seen.told).toHaveLength(1);
  });

  it('puts a refusal on the audit log, with what was used and never what was typed', async () => {
    const { arrive, seen } = aBot();
    await arrive({ ...command('U2'), text: 'secret words' });

    expect(seen.audit).toEqual([
      {
        atMs: 7,
        userId: 'U2',
        channelId: 'C1',
        action: 'refusal',
        question: '/triage',
        recordCount: 0,
        outcome: 'guest',
      },
    ]);
    expect(seen.log).toEqual(['a request was refused']);
  });

  it('refuses also where that cannot be written down', async () => {
    const { arrive, seen } = aBot({ auditFails: true });
    await arrive(command('U2'));

    expect(seen).toMatchObject({ passed: 0, audit: [], answers: [{ text: GUEST }] });
    expect(seen.log).toContainEqual(expect.stringContaining('could not be put on the audit log'));
  });
});

describe('a reaction in a thread', () => {
  const who = { userId: 'U2', channelId: 'C1', threadTs: '1.2', what: 'reaction' };

  it('of somebody who may is none to refuse', async () => {
    const { context, seen } = aBot({ incidentId: 'RT-7K3F9' });

    expect(await isRefusedHere(context, { ...who, userId: 'U1' })).toBe(false);
    expect(seen).toMatchObject({ told: [], audit: [] });
  });

  it('of somebody who may not is refused, told and noted where there is an incident', async () => {
    const { context, seen } = aBot({ incidentId: 'RT-7K3F9' });

    expect(await isRefusedHere(context, who)).toBe(true);
    expect(seen.told).toEqual([
      expect.objectContaining({ channel: 'C1', user: 'U2', thread_ts: '1.2', text: GUEST }),
    ]);
    expect(seen.audit).toEqual([
      expect.objectContaining({ userId: 'U2', question: 'reaction', outcome: 'guest' }),
    ]);
  });

  it('is refused in silence where there is none', async () => {
    const { context, seen } = aBot();

    expect(await isRefusedHere(context, who)).toBe(true);
    expect(seen).toMatchObject({ told: [], audit: [], log: [] });
  });
});
