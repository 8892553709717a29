import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import {
  clientFor,
  errorOf,
  eventually,
  impatient,
  messagesSeenBy,
  openWorkspace,
  say,
  startApp,
} from './support.ts';

function noticesOf(workspace: Workspace, name: string): readonly string[] {
  return workspace.view(workspace.personId(name)).notices.map(({ text }) => text);
}

describe('slash commands', () => {
  test('nobody connected: the command fails visibly and at once', async () => {
    const workspace = await openWorkspace();

    const reply = await say(workspace, 'ana', '/triage x');

    expect(reply.problem).toBeNull();
    expect(noticesOf(workspace, 'ana')).toEqual([
      '/triage failed with the error “dispatch_failed”',
    ]);
    expect(noticesOf(workspace, 'ben')).toEqual([]);
    expect(workspace.view(workspace.personId('ana')).appConnections).toBe(0);
  });

  test('an app that does not acknowledge in time: the person sees a time-out and it is not sent again', async () => {
    const workspace = await openWorkspace(impatient);
    await startApp(workspace, (app) => {
      app.command('/triage', async () => undefined);
    });

    await say(workspace, 'ana', '/triage x');

    expect(noticesOf(workspace, 'ana')).toEqual([
      '/triage failed with the error “operation_timeout”',
    ]);
    expect(workspace.journal.envelopes('slash_commands').map(({ outcome }) => outcome)).toEqual([
      'timeout',
    ]);
  });

  test('threads and unknown names are refused in Slack’s words without asking the app', async () => {
    const workspace = await openWorkspace();
    await say(workspace, 'ana', 'a root');
    const ts = messagesSeenBy(workspace, 'ana', 'incidents').at(-1)?.ts ?? '';

    const inThread = await say(workspace, 'ana', '/triage x', ts);
    const unknown = await say(workspace, 'ana', '/nonsense x');

    expect(inThread.problem).toBe('/triage is not supported in threads. Sorry!');
    expect(unknown.problem).toContain('/nonsense is not a valid command.');
    expect(workspace.journal.envelopes('slash_commands')).toEqual([]);
  });

  test('a notice stays until the person dismisses it', async () => {
    const workspace = await openWorkspace();
    await say(workspace, 'ana', '/triage x');
    const ana = workspace.personId('ana');
    const noticeId = workspace.view(ana).notices[0]?.id ?? '';

    await workspace.perform(ana, { type: 'dismiss-notice', noticeId });

    expect(noticesOf(workspace, 'ana')).toEqual([]);
  });
});

describe('connections', () => {
  test('each envelope goes to one of the connections, in turn', async () => {
    const workspace = await openWorkspace();
    const seen: string[] = [];
    for (const name of ['first', 'second']) {
      await startApp(workspace, (app) => {
        app.command('/triage', async ({ ack }) => {
          seen.push(name);
          await ack();
        });
      });
    }

    await say(workspace, 'ana', '/triage a');
    await say(workspace, 'ana', '/triage b');

    expect(seen.sort()).toEqual(['first', 'second']);
    expect(workspace.view(workspace.personId('ana')).appConnections).toBe(2);
  });

  test('an app that is told to refresh comes back and goes on working', async () => {
    const workspace = await openWorkspace();
    await startApp(
      workspace,
      (app) => {
        app.command('/triage', ({ ack }) => ack('here'));
      },
      600,
    );
    const opened = () => workspace.journal.calls('apps.connections.open').length;

    workspace.faults.disconnectSockets('refresh_requested', 'all');

    await eventually(() => opened() === 2);
    await eventually(() => workspace.view(workspace.personId('ana')).appConnections === 1);
    await say(workspace, 'ana', '/triage again');
    expect(messagesSeenBy(workspace, 'ana', 'incidents').at(-1)?.text).toBe('here');
  });

  test('an app whose sockets are cut comes back', async () => {
    const workspace = await openWorkspace();
    await startApp(workspace, () => undefined, 600);

    workspace.faults.dropSockets('all');

    await eventually(() => workspace.journal.calls('apps.connections.open').length === 2);
    await eventually(() => workspace.view(workspace.personId('ana')).appConnections === 1);
  });

  test('each envelope says what it is and whether its acknowledgement may carry an answer', async () => {
    const workspace = await openWorkspace({ timings: { ackMs: 50 } });
    const { url = '' } = await clientFor(workspace, workspace.appToken).apps.connections.open();
    const frames: Record<string, unknown>[] = [];
    const socket = new WebSocket(url);
    socket.on('message', (data) => frames.push(JSON.parse(String(data))));
    await eventually(() => frames.length === 1);

    await say(workspace, 'ana', '/triage x');
    await say(workspace, 'ana', 'hello');
    await eventually(() => frames.length === 4);

    const [hello, command, event, retry] = frames;
    expect(hello).toMatchObject({ type: 'hello', num_connections: 1, connection_info: {} });
    expect(command).toMatchObject({ type: 'slash_commands', accepts_response_payload: true });
    expect(command).not.toHaveProperty('retry_attempt');
    expect(event).toMatchObject({ type: 'events_api', retry_attempt: 0, retry_reason: '' });
    expect(retry).toMatchObject({ type: 'events_api', retry_attempt: 1, retry_reason: 'timeout' });
    expect(event?.['envelope_id']).not.toBe(retry?.['envelope_id']);
  });

  test('a ticket opens one socket, an eleventh connection is turned away', async () => {
    const workspace = await openWorkspace();
    const client = clientFor(workspace, workspace.appToken);
    const connect = async (url: string) => {
      const socket = new WebSocket(url);
      return new Promise<string>((resolve) => {
        socket.on('message', (data) => resolve(String(JSON.parse(String(data)).type)));
        socket.on('error', () => resolve('refused'));
      });
    };
    const ticket = async () => (await client.apps.connections.open()).url ?? '';

    const first = await ticket();
    const answers = [await connect(first), await connect(first)];
    for (let count = 0; count < 10; count += 1) answers.push(await connect(await ticket()));

    expect(answers.slice(0, 2)).toEqual(['hello', 'refused']);
    expect(answers.slice(2, -1)).toEqual(Array.from({ length: 9 }, () => 'hello'));
    expect(answers.at(-1)).toBe('disconnect');
  });

  test('without Socket Mode in the manifest there is no address to connect to', async () => {
    const workspace = await openWorkspace({
      manifest: { display_information: { name: 'Tester' } },
    });

    const code = await errorOf(clientFor(workspace, workspace.appToken).apps.connections.open());

    expect(code).not.toBe('ok');
  });
});
