import { Redis } from 'ioredis';
import { until } from './poll.ts';
import { freePort, type RedisServer, startRedisServer } from './redis-server.ts';

/** A primary is taken for dead after so long: short, so that tests are, and long for a busy machine. */
const DEAD_AFTER_MS = 1_000;
const SLOTS = 16_384;
const PRIMARIES = 3;

/** Servers of which others take over when one dies. */
export interface RedisGroup {
  /** As REDIS_URL takes it. */
  readonly url: string;
  readonly servers: readonly RedisServer[];
  /** The one that has the key; on a Cluster, of the key's slot. */
  primary(key?: string): Promise<RedisServer>;
  close(): Promise<void>;
}

/** A group that others watch. */
export interface SentinelGroup extends RedisGroup {
  readonly name: string;
  readonly sentinels: readonly RedisServer[];
}

interface GroupOptions {
  readonly password?: string;
  readonly sentinelPassword?: string;
  /** Of each primary. */
  readonly replicas?: number;
}

/** One primary with its replicas, and three sentinels of which two must agree. */
export async function startSentinels(options: GroupOptions = {}): Promise<SentinelGroup> {
  const { password, sentinelPassword, replicas = 2 } = options;
  const name = 'incidents';
  const guarded = password === undefined ? {} : { requirepass: password, masterauth: password };
  const settings = { ...guarded, 'repl-diskless-sync-delay': '0' };
  const first = await startRedisServer(settings);
  const others = await Promise.all(
    Array.from({ length: replicas }, () =>
      startRedisServer({ ...settings, replicaof: `127.0.0.1 ${first.port}` }),
    ),
  );
  const servers = [first, ...others];
  await replicasAre(first, replicas, password);
  const configuration = [
    `sentinel monitor ${name} 127.0.0.1 ${first.port} 2`,
    `sentinel down-after-milliseconds ${name} ${DEAD_AFTER_MS}`,
    `sentinel failover-timeout ${name} 5000`,
    ...(password === undefined ? [] : [`sentinel auth-pass ${name} ${password}`]),
    ...(sentinelPassword === undefined ? [] : [`requirepass ${sentinelPassword}`]),
  ];
  const sentinels = await Promise.all([1, 2, 3].map(() => startRedisServer({}, configuration)));
  const ask = clientsOf(sentinels, sentinelPassword);
  await until('the sentinels know each other and the replicas', async () => {
    const told = await Promise.all(ask.map((one) => one.call('SENTINEL', 'MASTER', name)));
    return told.map(wordsOf).every((words) => {
      const of = (word: string) => words[words.indexOf(word) + 1];
      return of('num-other-sentinels') === '2' && of('num-slaves') === `${replicas}`;
    });
  });
  const logIn = password === undefined ? '' : `:${password}@`;
  return {
    name,
    url: `redis+sentinel://${logIn}${sentinels.map(addressOf).join(',')}/${name}`,
    servers,
    sentinels,
    async primary() {
      const answers = await Promise.all(ask.map((one) => askForPrimary(one, name)));
      return byPort(servers, answers.find((port) => port !== null) ?? 0);
    },
    async close() {
      for (const one of ask) one.disconnect();
      await Promise.all([...sentinels, ...servers].map((server) => server.close()));
    },
  };
}

async function askForPrimary(sentinel: Redis, name: string): Promise<number | null> {
  try {
    return Number(wordsOf(await sentinel.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name))[1]);
  } catch {
    return null;
  }
}

/** Three primaries that share the slots, each with its replicas. */
export async function startCluster(options: GroupOptions = {}): Promise<RedisGroup> {
  const { password, replicas = 0 } = options;
  const guarded = password === undefined ? {} : { requirepass: password, masterauth: password };
  const servers = await Promise.all(
    Array.from({ length: PRIMARIES * (1 + replicas) }, async () =>
      startRedisServer({
        ...guarded,
        'repl-diskless-sync-delay': '0',
        'cluster-enabled': 'yes',
        'cluster-port': `${await freePort()}`,
        'cluster-node-timeout': `${DEAD_AFTER_MS}`,
      }),
    ),
  );
  const clients = clientsOf(servers, password);
  await joinNodes(servers, clients);
  const primaries = clients.slice(0, PRIMARIES);
  const ids = await Promise.all(primaries.map((one) => one.call('CLUSTER', 'MYID')));
  for (const [index, one] of primaries.entries()) {
    const share = (at: number) => Math.floor((SLOTS * at) / PRIMARIES);
    await one.call('CLUSTER', 'ADDSLOTSRANGE', share(index), share(index + 1) - 1);
  }
  for (const [index, one] of clients.slice(PRIMARIES).entries()) {
    const id = String(ids[index % PRIMARIES]);
    await until('the replica follows', () =>
      one.call('CLUSTER', 'REPLICATE', id).then(
        () => true,
        () => false,
      ),
    );
  }
  await until('every node has the whole Cluster', async () => {
    const told = await Promise.all(clients.map((one) => one.call('CLUSTER', 'INFO')));
    return told.every((text) => String(text).includes('cluster_state:ok'));
  });
  await Promise.all(
    servers.slice(0, PRIMARIES).map((server) => replicasAre(server, replicas, password)),
  );
  const logIn = password === undefined ? '' : `:${password}@`;
  return {
    url: `redis+cluster://${logIn}${servers.slice(0, PRIMARIES).map(addressOf).join(',')}`,
    servers,
    primary: (key = '{redthread:main}') => findOwner(servers, clients, key),
    async close() {
      for (const one of clients) one.disconnect();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

async function joinNodes(
  servers: readonly RedisServer[],
  clients: readonly Redis[],
): Promise<void> {
  const [first] = clients;
  for (const { port, busPort } of servers.slice(1)) {
    await first?.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort);
  }
  await until('every node knows all', async () => {
    const told = await Promise.all(clients.map((one) => one.call('CLUSTER', 'INFO')));
    return told.every((text) => String(text).includes(`cluster_known_nodes:${servers.length}\r`));
  });
}

/** Whoever takes a read of this key without sending it on, and is alive. */
async function findOwner(
  servers: readonly RedisServer[],
  clients: readonly Redis[],
  key: string,
): Promise<RedisServer> {
  const answers = await Promise.all(
    clients.map((one) =>
      one.exists(key).then(
        () => true,
        () => false,
      ),
    ),
  );
  const owner = servers[answers.indexOf(true)];
  if (owner === undefined) throw new Error(`Nobody has ${key} at the moment.`);
  return owner;
}

async function replicasAre(primary: RedisServer, count: number, password?: string): Promise<void> {
  await until('the replicas follow', async () => (await replicaCount(primary, password)) === count);
}

/** How many have all that this server has, and follow it. */
export async function replicaCount(server: RedisServer, password?: string): Promise<number> {
  const [client] = clientsOf([server], password);
  try {
    const told = (await client?.info('replication')) ?? '';
    return (told.match(/state=online/g) ?? []).length;
  } finally {
    client?.disconnect();
  }
}

function clientsOf(servers: readonly RedisServer[], password?: string): readonly Redis[] {
  return servers.map(({ port }) => {
    const client = new Redis({
      port,
      protocol: 2,
      enableReadyCheck: false,
      maxRetriesPerRequest: 0,
      ...(password !== undefined && { password }),
    });
    client.on('error', () => undefined);
    return client;
  });
}

function byPort(servers: readonly RedisServer[], port: number): RedisServer {
  const found = servers.find((server) => server.port === port);
  if (found === undefined) throw new Error(`No server has port ${port}.`);
  return found;
}

function addressOf({ port }: RedisServer): string {
  return `127.0.0.1:${port}`;
}

function wordsOf(answer: unknown): readonly string[] {
  return Array.isArray(answer) ? answer.map(String) : [];
}
