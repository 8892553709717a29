import { setTimeout as delay } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { AppError, isAppError } from '../../errors.ts';
import type { Logger } from '../../ports.ts';
import { parseStored } from '../codec/decode.ts';
import { neighbourhoodOf } from './ask-neighbour.ts';
import { DISTRUSTED, isDistrusted, isRefusal, translateRedisError } from './errors.ts';
import { nameAddress, type RedisPlace, readPlace } from './place.ts';
import { connectorToPrimary } from './primary-connector.ts';
import type { Script } from './scripts/script.ts';

const COMMAND_TIMEOUT_MS = 800;
const CONNECT_TIMEOUT_MS = 2_000;
const OPEN_TIMEOUT_MS = 10_000;
/** A replica in the same network has a write within milliseconds. */
const REPLICAS_TIMEOUT_MS = 500;
const RETRY_DELAY_STEP_MS = 100;
const RETRY_DELAY_MAX_MS = 1_000;
/** After so many silent answers in a row the connection itself is taken for dead. */
const SILENT_ANSWERS_MAX = 3;

/**
 * Nothing is queued and nothing is sent twice: a request either gets its answer or fails within a
 * second, and only its sender, who knows the dedupe id, may try it again.
 */
const CONNECTION = {
  lazyConnect: true,
  connectionName: 'redthread',
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  enableAutoPipelining: false,
  commandTimeout: COMMAND_TIMEOUT_MS,
  connectTimeout: CONNECT_TIMEOUT_MS,
  reconnectOnError: isNotPrimary,
  retryStrategy: (attempt: number) => Math.min(attempt * RETRY_DELAY_STEP_MS, RETRY_DELAY_MAX_MS),
} satisfies RedisOptions;

/** Another server has become the primary, or has our slot: the next connection finds it. */
function isNotPrimary(error: unknown): boolean {
  return error instanceof Error && /^(READONLY|MOVED) /.test(error.message);
}

type Argument = string | number;
type ScriptCommand = (...values: readonly Argument[]) => Promise<unknown>;

export interface RedisConnection {
  /** Sends one plain command; errors are AppErrors. */
  ask<T>(command: (client: Redis) => Promise<T>): Promise<T>;
  run<T>(script: Script<T>, keys: readonly string[], values: readonly Argument[]): Promise<T>;
  /**
   * For writes that somebody is told of: resolves once as many replicas have them as were wished
   * for. Rejects with `store-unavailable` otherwise, which means *outcome unknown* as ever.
   */
  keep<T>(write: () => Promise<T>): Promise<T>;
  close(): void;
}

export interface RedisTarget {
  readonly url: string;
  /** Of the sentinels; null or absent: none. */
  readonly sentinelPassword?: string | null;
  /** A key of ours: all are in its slot. */
  readonly key: string;
  /** How many replicas must have a write before it counts. */
  readonly replicas?: number;
}

/**
 * One connection to the primary, which is looked for anew whenever it is lost. Rejects with
 * `store-unavailable` when there is none at start.
 */
export async function connectRedis(target: RedisTarget, log: Logger): Promise<RedisConnection> {
  const place = placeOf(target.url);
  const client = createClient(place, target);
  const server = nameServer(place, client);
  watch(client, server, log);
  try {
    await connectInTime(client);
  } catch (cause) {
    client.disconnect();
    if (isRefusal(cause)) throw translateRedisError(cause, server);
    const found = isDistrusted(cause) ? `it ${DISTRUSTED}` : isAppError(cause) ? cause.message : '';
    const reason = found === '' ? '' : `: ${found}`;
    throw new AppError(
      'store-unavailable',
      `Redis at ${server} cannot be reached${reason}. ${ADVICE[place.kind]}`,
      { cause },
    );
  }
  return createConnection(client, server, target.replicas ?? 0, log);
}

const ADVICE = {
  server: 'Check REDIS_URL and that the server runs.',
  sentinel:
    'Check the addresses and the name in REDIS_URL, REDIS_SENTINEL_PASSWORD, and that the sentinels and the primary run.',
  cluster: 'Check the addresses in REDIS_URL, and that the nodes run.',
} as const satisfies Readonly<Record<RedisPlace['kind'], string>>;

/** The configuration has refused bad ones already. */
export function placeOf(url: string): RedisPlace {
  const reading = readPlace(url);
  if (reading.kind === 'place') return reading.place;
  throw new AppError('configuration-invalid', `REDIS_URL ${reading.problem}`);
}

function createClient(place: RedisPlace, target: RedisTarget): Redis {
  if (place.kind === 'server') return new Redis(place.url, CONNECTION);
  const { username, password, isTls } = place;
  return new Redis({
    ...CONNECTION,
    ...(username !== null && { username }),
    ...(password !== null && { password }),
    // Which event of the socket the driver waits for depends on it.
    ...(isTls && { tls: {} }),
    db: place.kind === 'sentinel' ? place.database : 0,
    Connector: connectorToPrimary(neighbourhoodOf(place, target)),
  });
}

function nameServer(place: RedisPlace, client: Redis): string {
  switch (place.kind) {
    case 'server':
      return `${client.options.host}:${client.options.port}`;
    case 'sentinel':
      return `"${place.primaryName}" of the sentinels ${place.addresses.map(nameAddress).join(', ')}`;
    case 'cluster':
      return `the Cluster ${place.addresses.map(nameAddress).join(', ')}`;
  }
}

async function connectInTime(client: Redis): Promise<void> {
  const ended = new AbortController();
  const refused = new Promise<never>((_, reject) => {
    // ioredis goes on trying after a refused log-in; at start that is an answer.
    client.once('error', reject);
  });
  const tooLate = delay(OPEN_TIMEOUT_MS, undefined, { signal: ended.signal }).then(() => {
    throw new Error(`No connection within ${OPEN_TIMEOUT_MS} ms`);
  });
  try {
    await Promise.race([client.connect(), refused, tooLate]);
  } finally {
    ended.abort();
  }
}

function createConnection(
  client: Redis,
  server: string,
  replicas: number,
  log: Logger,
): RedisConnection {
  let silentAnswers = 0;
  const noteFailure = (error: unknown): void => {
    if (isRefusal(error) || client.status !== 'ready') return;
    silentAnswers += 1;
    if (silentAnswers < SILENT_ANSWERS_MAX) return;
    silentAnswers = 0;
    // disconnect(true) would first wait two seconds for the dead side to say goodbye.
    client.stream.destroy();
  };
  const ask: RedisConnection['ask'] = async (command) => {
    try {
      const answer = await command(client);
      silentAnswers = 0;
      return answer;
    } catch (error) {
      noteFailure(error);
      const told = translateRedisError(error, server);
      // Whoever asks while the next connection is made only hears that nothing answers.
      if (isNotPrimary(error)) log.warn('Redis is connected to anew', { reason: told.message });
      throw told;
    }
  };
  const commands = new Map<string, ScriptCommand>();
  const commandOf = ({ name, numberOfKeys, lua }: Script<unknown>): ScriptCommand => {
    const known = commands.get(name);
    if (known !== undefined) return known;
    client.defineCommand(name, { numberOfKeys, lua });
    const command = Reflect.get(client, name) as ScriptCommand;
    commands.set(name, command);
    return command;
  };
  return {
    ask,
    async run(script, keys, values) {
      const answer = await ask((target) => commandOf(script).call(target, ...keys, ...values));
      return parseStored(script.result, answer, `answered by ${script.name}`);
    },
    async keep(write) {
      const { stream } = client;
      const answer = await write();
      if (replicas === 0) return answer;
      // WAIT is about what its own connection wrote: on a new one it would promise nothing.
      const isSame = client.stream === stream;
      const reached = isSame ? await ask((to) => to.wait(replicas, REPLICAS_TIMEOUT_MS)) : 0;
      if (reached < replicas) throw tooFewReplicas(server, replicas);
      return answer;
    },
    close: () => client.disconnect(),
  };
}

function tooFewReplicas(server: string, replicas: number): AppError {
  const wanted = replicas === 1 ? 'its replica' : `${replicas} of its replicas`;
  return new AppError(
    'store-unavailable',
    `Redis at ${server} could not hand this on to ${wanted} in time. Check the replication, or lower REDIS_REPLICAS.`,
  );
}

/** One line when the connection goes and one when it is back, however often it is tried between. */
function watch(client: Redis, server: string, log: Logger): void {
  let down = false;
  client.on('error', (error: Error) => {
    log.debug('Redis connection error', { server, reason: error.message });
  });
  client.on('reconnecting', () => {
    if (!down) log.warn('The connection to Redis was lost; trying again', { server });
    down = true;
  });
  client.on('ready', () => {
    if (down) log.info('The connection to Redis is back', { server });
    down = false;
  });
}
