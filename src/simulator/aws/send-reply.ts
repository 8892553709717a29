import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
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
  if (transport?.kind === 'no-json') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in</html>');
    return;
  }
  if (transport?.kind === 'endless-body') {
    response.writeHead(reply.status, reply.headers);
    Readable.from(endlessText())
      .on('error', () => undefined)
      .pipe(response);
    return;
  }
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

/** A string in JSON that is never closed. */
function* endlessText(): Generator<Buffer> {
  yield Buffer.from('{"Events":"');
  const piece = Buffer.alloc(65_536, 'x');
  for (;;) yield piece;
}
