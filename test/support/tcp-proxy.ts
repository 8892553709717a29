import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * `pass`: as if it were not there. `drop-replies`: requests arrive, answers are lost. `cut-replies`:
 * requests arrive, of each answer comes one half, and the connection is reset. `blackhole`: nothing
 * moves and nothing is refused. `refuse`: every connection is reset at once.
 */
export type ProxyMode = 'pass' | 'drop-replies' | 'cut-replies' | 'blackhole' | 'refuse';

export interface TcpProxy {
  readonly port: number;
  /** Applies to open connections too. A connection that lost an answer is cut: TCP never skips bytes. */
  setMode(mode: ProxyMode): void;
  /** Answers arrive so much later, in their order; requests at once. */
  setLatency(latencyMs: number): void;
  /** Open connections go silent for good, new ones work: a firewall has forgotten them. */
  stall(): void;
  /** New connections go to another server; open ones stay where they are. */
  moveTo(targetPort: number): void;
  /** Resets every open connection, once. */
  cut(): void;
  close(): Promise<void>;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
}

/** A loopback proxy to a port that can be told to misbehave as networks do. */
export async function startTcpProxy(firstTarget: number): Promise<TcpProxy> {
  let targetPort = firstTarget;
  let mode: ProxyMode = 'pass';
  let latencyMs = 0;
  const links = new Set<Link>();
  const stalled = new Set<Link>();
  const cut = (): void => {
    for (const link of [...links, ...stalled]) destroy(link);
    links.clear();
    stalled.clear();
  };
  const listener = createServer((client) => {
    const link = { client, server: connect(targetPort, '127.0.0.1') };
    links.add(link);
    join(
      link,
      () => ({ mode, latencyMs }),
      () => links.delete(link),
    );
    apply(mode, link);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    setMode(next) {
      const lostAnswers = mode === 'drop-replies' && next !== 'drop-replies';
      mode = next;
      if (lostAnswers || next === 'refuse') cut();
      for (const link of links) apply(mode, link);
    },
    setLatency(next) {
      latencyMs = next;
    },
    stall() {
      for (const link of links) {
        apply('blackhole', link);
        stalled.add(link);
      }
      links.clear();
    },
    moveTo(next) {
      targetPort = next;
    },
    cut,
    async close() {
      cut();
      listener.close();
      await once(listener, 'close');
    },
  };
}

interface Weather {
  readonly mode: ProxyMode;
  readonly latencyMs: number;
}

function join(link: Link, weather: () => Weather, forget: () => void): void {
  const { client, server } = link;
  client.on('data', (bytes) => server.write(bytes));
  // Whatever timer comes first, what was sent first arrives first.
  const underway: Buffer[] = [];
  server.on('data', (bytes) => {
    underway.push(bytes);
    const { latencyMs } = weather();
    const arrive = () => pass(link, underway.shift(), weather().mode);
    if (latencyMs === 0 && underway.length === 1) arrive();
    else setTimeout(arrive, latencyMs);
  });
  for (const socket of [client, server]) {
    socket.on('error', () => destroy(link));
    socket.on('close', () => {
      destroy(link);
      forget();
    });
  }
}

function pass(link: Link, answer: Buffer | undefined, mode: ProxyMode): void {
  if (answer === undefined || mode === 'drop-replies' || link.client.destroyed) return;
  if (mode !== 'cut-replies') {
    link.client.write(answer);
    return;
  }
  link.client.write(answer.subarray(0, Math.ceil(answer.length / 2)), () => destroy(link));
}

function apply(mode: ProxyMode, link: Link): void {
  if (mode === 'refuse') destroy(link);
  for (const socket of [link.client, link.server]) {
    if (mode === 'blackhole') socket.pause();
    else socket.resume();
  }
}

function destroy({ client, server }: Link): void {
  client.destroy();
  server.destroy();
}
