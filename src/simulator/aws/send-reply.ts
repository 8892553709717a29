import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Transport } from './faults.ts';
import type { HttpReply } from './protocols.ts';

/** Sends a reply, whole or broken off as the fault wants it. */
export async function sendReply(
  response: ServerResponse,
  reply: HttpReply,
  transport: Transport | null,
): Promise<void> {
  if (transport?.kind === 'hang') return;
  if (transport?.kind === 'slow') await wait(transport.delayMs, undefined, { ref: false });
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
  if (transport === null || transport.kind === 'slow') {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    if (transport.kind === 'cut-body') response.destroy();
  });
}
