import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { QueueReport } from '../ports.ts';
import { SERVER_LIMITS } from './server-limits.ts';

/** `live`: the process answers. `ready`: it can take and record what people do. */
export interface Health {
  check(): Promise<{
    readonly ready: boolean;
    readonly store: boolean;
    readonly slack: boolean;
    /** The loop that looks for work turns. */
    readonly work?: boolean;
    /** True: a newer version, which writes what this one cannot read, runs or ran beside it. */
    readonly newerVersion?: boolean;
    /** A queue that cannot be read keeps nobody from working, so the bot is ready all the same. */
    readonly alarmQueues?: readonly QueueReport[];
  }>;
  /** What else is served on the same port. */
  readonly routes?: readonly HealthRoute[];
}

export interface HealthRoute {
  readonly path: string;
  readonly method: string;
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

export function healthRoutes(health: Health): HealthRoute[] {
  return [
    ...(health.routes ?? []),
    {
      path: '/healthz',
      method: 'GET',
      handler: (_, response) => answer(response, 200, { live: true }),
    },
    {
      path: '/readyz',
      method: 'GET',
      handler: (_, response) => {
        health.check().then(
          (state) => answer(response, state.ready ? 200 : 503, state),
          () => answer(response, 503, { ready: false }),
        );
      },
    },
  ];
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(`${JSON.stringify(body)}\n`);
}

/** In Socket Mode nothing listens by itself; with PORT set, this does. */
export function serveHealth(
  health: Health,
  place: { readonly port: number; readonly host: string },
): Promise<Server> {
  const routes = healthRoutes(health);
  const server = createServer(SERVER_LIMITS, (request, response) => {
    const route = routes.find((row) => row.path === request.url && row.method === request.method);
    if (route === undefined) answer(response, 404, { error: 'not found' });
    else route.handler(request, response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(place, () => resolve(server));
  });
}
