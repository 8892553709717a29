import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What stands before several bots in HTTP mode: one address that leads to whoever takes connections. */
export interface Balancer {
  readonly port: number;
  close(): Promise<void>;
}

/** In turn; where a connection is refused, or ended before an answer, the next one is asked. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  let turn = 0;
  const server = createServer((incoming, response) => {
    turn += 1;
    const first = turn % ports.length;
    void pass(incoming, response, [...ports.slice(first), ...ports.slice(0, first)]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  ports: readonly number[],
): Promise<void> {
  const body = await text(incoming);
  for (const port of ports) {
    const answer = await ask(incoming, body, port).catch(() => null);
    if (answer === null) continue;
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.end(await text(answer));
    return;
  }
  response.writeHead(502).end();
}

async function ask(
  incoming: IncomingMessage,
  body: string,
  port: number,
): Promise<IncomingMessage> {
  const { method, url: path, headers } = incoming;
  const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return answer;
}
