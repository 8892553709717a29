import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { warnOfOurs } from './http-server.ts';
import { parseJson } from './json.ts';
import { limits } from './limits.ts';
import { parsePageAction } from './page-actions.ts';
import type { PageAction, PageReply, PageServerMessage, PageWorkspace } from './page-protocol.ts';
import type { Timers } from './timers.ts';
import { wording } from './wording.ts';

interface PageParts {
  readonly timers: Timers;
  readonly updateMs: number;
  view(userId: string): PageWorkspace;
  perform(userId: string, action: PageAction): Promise<PageReply>;
}

export interface PageSockets {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, userId: string): void;
  /** Tells all pages, soon: changes close together are one message. */
  changed(): void;
  close(): void;
}

function say(socket: WebSocket, message: PageServerMessage): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}

export function createPageSockets(parts: PageParts): PageSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: limits.frameBytesMax });
  const pages = new Map<WebSocket, string>();
  let isTelling = false;

  const tell = (socket: WebSocket, userId: string) =>
    say(socket, { type: 'workspace', workspace: parts.view(userId) });

  const receive = async (socket: WebSocket, userId: string, frame: string) => {
    const action = parsePageAction(parseJson(frame));
    if (action === null) return;
    const reply = await parts.perform(userId, action).catch((error: unknown): PageReply => {
      warnOfOurs(error);
      return { type: 'reply', requestId: action.requestId, problem: wording.ownTrouble };
    });
    say(socket, reply);
  };

  return {
    accept(request, socket, head, userId) {
      if (pages.size >= limits.pageConnectionsMax) return void socket.destroy();
      server.handleUpgrade(request, socket, head, (page) => {
        pages.set(page, userId);
        page.on('message', (data) => void receive(page, userId, data.toString()));
        page.on('close', () => pages.delete(page));
        page.on('error', () => page.terminate());
        tell(page, userId);
      });
    },
    changed() {
      if (isTelling) return;
      isTelling = true;
      parts.timers.after(parts.updateMs, () => {
        isTelling = false;
        for (const [socket, userId] of pages) tell(socket, userId);
      });
    },
    close() {
      for (const socket of pages.keys()) socket.terminate();
      server.close();
    },
  };
}
