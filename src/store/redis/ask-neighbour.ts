import { Redis, type RedisOptions } from 'ioredis';
import { z } from 'zod';
import { DISTRUSTED, isDistrusted, isRefusal } from './errors.ts';
import { type Address, nameAddress, type RedisPlace } from './place.ts';

/** Sentinels and nodes are asked one after another: a dead one must not hold the others up. */
const ASK_TIMEOUT_MS = 800;

export type ManagedPlace = Exclude<RedisPlace, { kind: 'server' }>;

/** A sentinel or a node of a Cluster, which knows where the primary is. */
export interface Neighbourhood {
  readonly place: ManagedPlace;
  /** Of the sentinels; null: none. */
  readonly sentinelPassword: string | null;
  /** A key of ours; on a Cluster the primary of its slot is the one that counts. */
  readonly key: string;
}

export type NeighbourAnswer =
  | {
      readonly kind: 'primary';
      readonly primary: Address;
      /** Others that can be asked. */
      readonly others: readonly Address[];
    }
  /** To be said after its address. */
  | { readonly kind: 'nothing'; readonly reason: string };

export function neighbourhoodOf(
  place: ManagedPlace,
  target: { readonly sentinelPassword?: string | null; readonly key: string },
): Neighbourhood {
  return { place, sentinelPassword: target.sentinelPassword ?? null, key: target.key };
}

export interface AskedNeighbour {
  readonly address: Address;
  readonly answer: NeighbourAnswer;
}

/** All that REDIS_URL names, at once. */
export function askAll(neighbourhood: Neighbourhood): Promise<readonly AskedNeighbour[]> {
  const ask = async (address: Address) => {
    return { address, answer: await askNeighbour(address, neighbourhood) };
  };
  return Promise.all(neighbourhood.place.addresses.map(ask));
}

/** Asks one sentinel or node where the primary is. Does not reject. */
export async function askNeighbour(
  address: Address,
  neighbourhood: Neighbourhood,
): Promise<NeighbourAnswer> {
  const client = new Redis(optionsFor(address, neighbourhood));
  // Why it was refused is told here; the call only hears that the connection is closed.
  let refusal: Error | null = null;
  client.on('error', (error: Error) => {
    if (isRefusal(error) || isDistrusted(error)) refusal = error;
  });
  try {
    await client.connect();
    return neighbourhood.place.kind === 'sentinel'
      ? await askSentinel(client, neighbourhood.place.primaryName)
      : await askNode(client, address, neighbourhood.key);
  } catch (error) {
    return { kind: 'nothing', reason: reasonOf(refusal ?? error, neighbourhood.place.kind) };
  } finally {
    client.disconnect();
  }
}

function optionsFor({ host, port }: Address, { place, sentinelPassword }: Neighbourhood) {
  const username = place.kind === 'sentinel' ? null : place.username;
  const password = place.kind === 'sentinel' ? sentinelPassword : place.password;
  return {
    host,
    port,
    ...(username !== null && { username }),
    ...(password !== null && { password }),
    ...(place.isTls && { tls: {} }),
    protocol: 2,
    lazyConnect: true,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: ASK_TIMEOUT_MS,
    commandTimeout: ASK_TIMEOUT_MS,
  } satisfies RedisOptions;
}

const port = z.coerce.number<string | number>().int().min(1).max(65_535);
const primaryAnswer = z.tuple([z.string(), port]).nullable();
/** Names and values one after another. */
const sentinelsAnswer = z.array(z.array(z.string()));

async function askSentinel(client: Redis, primaryName: string): Promise<NeighbourAnswer> {
  const answer = await client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', primaryName);
  const found = primaryAnswer.parse(answer);
  if (found === null) {
    return { kind: 'nothing', reason: `knows no primary named ${primaryName}` };
  }
  const others = sentinelsAnswer.parse(await client.call('SENTINEL', 'SENTINELS', primaryName));
  return {
    kind: 'primary',
    primary: { host: found[0], port: found[1] },
    others: others.flatMap((words) => {
      const host = words[words.indexOf('ip') + 1] ?? '';
      const read = port.safeParse(words[words.indexOf('port') + 1]);
      return host === '' || !read.success ? [] : [{ host, port: read.data }];
    }),
  };
}

const node = z.tuple([z.string().nullable(), port]).rest(z.unknown());
const slotsAnswer = z.array(z.tuple([z.int(), z.int()]).rest(node));

async function askNode(client: Redis, asked: Address, key: string): Promise<NeighbourAnswer> {
  const slot = z.int().parse(await client.call('CLUSTER', 'KEYSLOT', key));
  const ranges = slotsAnswer.parse(await client.call('CLUSTER', 'SLOTS'));
  // A node that does not know its own name leaves it to us, who have just reached it.
  const addressOf = ([host, at]: z.output<typeof node>): Address => ({
    host: host === null || host === '' || host === '?' ? asked.host : host,
    port: at,
  });
  const [, , primary] = ranges.find(([from, to]) => from <= slot && slot <= to) ?? [];
  if (primary === undefined) {
    return { kind: 'nothing', reason: `knows no server for our slot ${slot}` };
  }
  const others = ranges.flatMap(([, , ...nodes]) => nodes.map(addressOf));
  return { kind: 'primary', primary: addressOf(primary), others };
}

const NOT_SUCH = {
  sentinel: 'is a server and no sentinel',
  cluster: 'is not part of a Cluster',
} as const;

function reasonOf(error: unknown, kind: ManagedPlace['kind']): string {
  if (error instanceof z.ZodError) return 'gives an answer that cannot be understood';
  if (isDistrusted(error)) return DISTRUSTED;
  if (!isRefusal(error)) return 'does not answer';
  if (/unknown command|cluster support disabled/i.test(error.message)) return NOT_SUCH[kind];
  if (/^(NOAUTH|WRONGPASS|NOPERM)|called without any password/.test(error.message)) {
    return 'refuses the log-in';
  }
  return `refuses to say it (${error.message.split(' ', 1)[0]})`;
}

/** What each of them said, in one line for people. */
export function tellTroubles(answers: readonly AskedNeighbour[]): string {
  return answers
    .flatMap(({ address, answer }) =>
      answer.kind === 'nothing' ? [`${nameAddress(address)} ${answer.reason}`] : [],
    )
    .join('; ');
}
