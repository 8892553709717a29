import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedDelivery {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** How a receiver answers: with a status, by sending elsewhere, or never. */
export type ReceiverAnswer = number | { readonly redirectTo: string } | 'hang';

export interface WebhookReceiver {
  readonly origin: string;
  readonly received: readonly ReceivedDelivery[];
  close(): void;
}

/** Answers in this order, and from then on as last. */
export async function startReceiver(
  answers: readonly [ReceiverAnswer, ...ReceiverAnswer[]],
): Promise<WebhookReceiver> {
  const received: ReceivedDelivery[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers[received.length] ?? answers.at(-1) ?? 200;
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
      });
      if (answer === 'hang') return;
      if (typeof answer === 'number') response.writeHead(answer).end('x'.repeat(100_000));
      else response.writeHead(302, { location: answer.redirectTo }).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
