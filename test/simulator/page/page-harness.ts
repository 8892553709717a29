import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { WebSocket, WebSocketServer } from 'ws';
import {
  contentSecurityPolicy,
  createPageAssets,
} from '../../../src/simulator/workspace/page-assets.ts';
import type { PageAction, PageWorkspace } from '../../../src/simulator/workspace/page-protocol.ts';

export interface PageHarness {
  readonly url: string;
  /** Everything the page sent, in order. */
  readonly actions: readonly PageAction[];
  /** The `user` of each socket that the page opened. */
  readonly users: readonly (string | null)[];
  show(workspace: PageWorkspace): void;
  /** Shows this to tabs that connect from now on. */
  next(workspace: PageWorkspace): void;
  /** What every later action is answered with; null is "all is well". */
  answerWith(problem: string | null): void;
  dropSockets(): void;
  clear(): void;
  close(): Promise<void>;
}

/** A server without rules: it serves the page, shows one workspace and keeps what the page sends. */
export async function startPageHarness(): Promise<PageHarness> {
  const assets = await createPageAssets();
  const server = createServer((request, response) => {
    const asset = assets.find(new URL(request.url ?? '/', 'http://local').pathname);
    response.writeHead(asset === null ? 404 : 200, {
      'content-type': asset?.contentType ?? 'text/plain',
      'content-security-policy': contentSecurityPolicy,
    });
    response.end(asset?.body ?? 'not found');
  });
  const sockets = new WebSocketServer({ server });
  const actions: PageAction[] = [];
  const users: (string | null)[] = [];
  let shown: PageWorkspace | null = null;
  let problem: string | null = null;
  sockets.on('connection', (socket, request) => {
    users.push(new URL(request.url ?? '/', 'http://local').searchParams.get('user'));
    if (shown !== null) socket.send(JSON.stringify({ type: 'workspace', workspace: shown }));
    socket.on('message', (data) => {
      const action = JSON.parse(String(data)) as PageAction;
      actions.push(action);
      socket.send(JSON.stringify({ type: 'reply', requestId: action.requestId, problem }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dropSockets = () => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    actions,
    users,
    show: (workspace) => {
      shown = workspace;
      const message = JSON.stringify({ type: 'workspace', workspace });
      for (const socket of sockets.clients) {
        if (socket.readyState === WebSocket.OPEN) socket.send(message);
      }
    },
    next: (workspace) => {
      shown = workspace;
    },
    answerWith: (sentence) => {
      problem = sentence;
    },
    dropSockets,
    clear: () => {
      actions.length = 0;
      users.length = 0;
      problem = null;
      shown = null;
    },
    close: async () => {
      dropSockets();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** The first action of this type that the page has sent or will send. */
export async function actionOf<T extends PageAction['type']>(
  harness: PageHarness,
  page: Page,
  type: T,
): Promise<Extract<PageAction, { type: T }>> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = harness.actions.find((action) => action.type === type);
    if (found !== undefined) return found as Extract<PageAction, { type: T }>;
    await page.waitForTimeout(50);
  }
  throw new Error(`the page sent no ${type}; it sent ${JSON.stringify(harness.actions)}`);
}
