import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** One request, as far as routes need it. */
export interface Request {
  readonly method: string;
  readonly url: URL;
  header(name: string): string;
  /** Rejects with a BodyTooLarge error past the limit. */
  body(bytesMax: number): Promise<Buffer>;
}

export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | Buffer;
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' };

export type Upgrade = (request: IncomingMessage, url: URL, socket: Duplex, head: Buffer) => void;

export interface HttpServer {
  readonly port: number;
  /** Until then everything is answered with 503. */
  serve(handle: (request: Request) => Promise<Reply>, upgrade: Upgrade): void;
  close(): Promise<void>;
}

class BodyTooLarge extends Error {}

/** A defect of the workspace itself: seen on stderr, and never the end of the process. */
export function warnOfOurs(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

function isLoopback(address: string): boolean {
  return URL.canParse(address) && LOOPBACK.has(new URL(address).hostname);
}

/** A page elsewhere that resolves its name to this machine (DNS rebinding) or posts across is refused. */
function isLocal(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  return isLoopback(`http://${host ?? ''}`) && (origin === undefined || isLoopback(origin));
}

async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > bytesMax) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function asRequest(request: IncomingMessage, url: URL): Request {
  return {
    method: request.method ?? 'GET',
    url,
    header: (name) => String(request.headers[name] ?? ''),
    body: (bytesMax) => readBody(request, bytesMax),
  };
}

export function text(status: number, body: string): Reply {
  return { kind: 'answer', status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { kind: 'answer', status, headers: { ...type, ...headers }, body: JSON.stringify(body) };
}

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;

function send(response: ServerResponse, reply: Reply): void {
  switch (reply.kind) {
    case 'hang':
      return;
    case 'cut':
      response.socket?.resetAndDestroy();
      return;
    case 'answer':
      response.writeHead(reply.status, { ...securityHeaders, ...reply.headers });
      response.end(reply.body);
  }
}

function urlOf(request: IncomingMessage): URL | null {
  const address = `http://${request.headers.host ?? ''}${request.url ?? '/'}`;
  return URL.canParse(address) ? new URL(address) : null;
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Listens at once, so that the port is known; serves when told how. */
export async function startHttpServer(port: number, host: '127.0.0.1'): Promise<HttpServer> {
  let handle: (request: Request) => Promise<Reply> = async () => text(503, 'starting');
  let upgrade: Upgrade = (_request, _url, socket) => socket.destroy();

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const url = urlOf(request);
    if (url === null || !isLocal(request)) return text(403, 'Only this machine may ask.');
    try {
      return await handle(asRequest(request, url));
    } catch (error) {
      if (error instanceof BodyTooLarge) return text(413, 'The body is too large.');
      throw error;
    }
  };

  const server = createServer((request, response) => {
    answer(request).then(
      (reply) => send(response, reply),
      (error: unknown) => {
        warnOfOurs(error);
        send(response, json(500, { ok: false, error: 'internal_error' }));
      },
    );
  });
  server.on('upgrade', (request, socket, head) => {
    const url = urlOf(request);
    if (url === null || !isLocal(request)) socket.destroy();
    else upgrade(request, url, socket, head);
  });
  const actualPort = await listen(server, port, host);
  return {
    port: actualPort,
    serve(handleRequest, handleUpgrade) {
      handle = handleRequest;
      upgrade = handleUpgrade;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
