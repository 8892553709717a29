import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Acknowledgement, Delivery, Outgoing } from './delivery.ts';
import type { DisconnectReason, SocketChoice } from './faults.ts';
import type { Ids } from './ids.ts';
import { isObject, parseJson } from './json.ts';
import { limits } from './limits.ts';
import type { Settings } from './settings.ts';
import type { Timers } from './timers.ts';

interface SocketParts {
  readonly settings: Settings;
  readonly ids: Ids;
  readonly timers: Timers;
  changed(): void;
}

export interface SocketMode extends Delivery {
  /** The one-time address that `apps.connections.open` answers. */
  openTicket(): string;
  /** Takes the upgrade request when it carries a ticket; false refuses it. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, ticket: string): boolean;
  disconnect(reason: DisconnectReason, choice: SocketChoice): void;
  drop(choice: SocketChoice): void;
  sendFrame(text: string, choice: SocketChoice): void;
  leaveUngreeted(count: number): void;
}

interface Waiting {
  readonly socket: WebSocket;
  settle(answer: Acknowledgement): void;
}

/** Which envelopes a view or a command answers within the acknowledgement. */
function acceptsPayload(outgoing: Outgoing): boolean {
  if (outgoing.type === 'slash_commands') return true;
  return outgoing.type === 'interactive' && outgoing.payload['type'] === 'view_submission';
}

export function createSocketMode(parts: SocketParts): SocketMode {
  const { settings, ids, timers } = parts;
  const server = new WebSocketServer({ noServer: true, maxPayload: limits.frameBytesMax });
  const tickets = new Set<string>();
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, Waiting>();
  let turn = 0;
  let ungreeted = 0;

  const receive = (frame: string) => {
    const message = parseJson(frame);
    if (!isObject(message) || typeof message['envelope_id'] !== 'string') return;
    const entry = waiting.get(message['envelope_id']);
    entry?.settle({ kind: 'acked', payload: message['payload'] });
  };

  const forget = (socket: WebSocket) => {
    sockets.delete(socket);
    parts.changed();
  };

  const greet = (socket: WebSocket) => {
    sockets.add(socket);
    socket.on('message', (data) => receive(data.toString()));
    socket.on('close', () => forget(socket));
    socket.on('error', () => socket.terminate());
    socket.send(JSON.stringify(hello(settings.appId, sockets.size)));
    parts.changed();
  };

  const deliver = (outgoing: Outgoing): Promise<Acknowledgement> => {
    const open = [...sockets].filter((socket) => socket.readyState === socket.OPEN);
    turn += 1;
    const socket = open[turn % Math.max(open.length, 1)];
    if (socket === undefined) return Promise.resolve({ kind: 'unreachable' });
    const envelopeId = ids.uuid();
    return new Promise((resolve) => {
      const settle = (answer: Acknowledgement) => {
        if (waiting.delete(envelopeId)) resolve(answer);
      };
      waiting.set(envelopeId, { socket, settle });
      timers.after(settings.timings.ackMs, () => settle({ kind: 'timeout' }));
      socket.send(JSON.stringify(envelope(envelopeId, outgoing)));
    });
  };

  const chosen = (choice: SocketChoice) => [...sockets].slice(0, choice === 'one' ? 1 : undefined);

  timers.every(settings.timings.socketPingMs, () => {
    for (const socket of sockets) socket.ping();
  });

  return {
    deliver,
    connections: () => sockets.size,
    openTicket() {
      const ticket = ids.uuid();
      tickets.add(ticket);
      timers.after(30_000, () => tickets.delete(ticket));
      return ticket;
    },
    accept(request, socket, head, ticket) {
      if (!tickets.delete(ticket)) return false;
      server.handleUpgrade(request, socket, head, (accepted) => {
        if (ungreeted > 0) {
          ungreeted -= 1;
          return;
        }
        if (sockets.size < limits.appConnectionsMax) return greet(accepted);
        accepted.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
        accepted.close();
      });
      return true;
    },
    disconnect(reason, choice) {
      for (const socket of chosen(choice)) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }));
        // Slack leaves the old socket open a little longer, so that acks under way still arrive.
        forget(socket);
        timers.after(1_000, () => socket.close());
      }
    },
    drop(choice) {
      for (const socket of chosen(choice)) socket.terminate();
    },
    sendFrame(text, choice) {
      for (const socket of chosen(choice)) socket.send(text);
    },
    leaveUngreeted(count) {
      ungreeted = count;
    },
    close() {
      for (const socket of sockets) socket.terminate();
      server.close();
      for (const entry of waiting.values()) entry.settle({ kind: 'unreachable' });
    },
  };
}

function hello(appId: string, connections: number) {
  return {
    type: 'hello',
    num_connections: connections,
    debug_info: {
      host: 'local',
      build_number: 1,
      approximate_connection_time: 18_060,
    },
    connection_info: { app_id: appId },
  };
}

function envelope(envelopeId: string, outgoing: Outgoing) {
  const retries =
    outgoing.type === 'events_api'
      ? { retry_attempt: outgoing.retryAttempt, retry_reason: outgoing.retryReason }
      : {};
  return {
    envelope_id: envelopeId,
    payload: outgoing.payload,
    type: outgoing.type,
    accepts_response_payload: acceptsPayload(outgoing),
    ...retries,
  };
}
