import { AppError } from '../../errors.ts';
import type { Logger } from '../../ports.ts';
import { askAll, type Neighbourhood, neighbourhoodOf, tellTroubles } from './ask-neighbour.ts';
import { placeOf, type RedisConnection, type RedisTarget } from './connection.ts';
import type { RedisPlace } from './place.ts';

export const SAFE_POLICY = 'noeviction';
/** ZADD LT and XTRIM MINID came with it. */
const VERSION_MIN = [6, 2] as const;

const DURABILITY_ADVICE = 'For the least loss set "appendonly yes" and "appendfsync always".';

/** Refuses a server that would lose parts of an incident in silence; warns about one that may lose its newest. */
export async function checkServer(
  connection: RedisConnection,
  target: RedisTarget,
  log: Logger,
): Promise<void> {
  const { replicas = 0 } = target;
  const place = placeOf(target.url);
  const info = parseInfo(await connection.ask((client) => client.info()));
  const refusal = findRefusal(info, place);
  if (refusal !== null) throw new AppError('store-unsafe', refusal);
  const connected = Number(info.get('connected_slaves') ?? 0);
  if (connected < replicas) {
    log.warn(
      `Redis has ${connected} replicas, and REDIS_REPLICAS wants ${replicas}: nothing can be recorded until they are connected.`,
    );
  }
  const warning = durabilityWarning(
    info.get('aof_enabled') === '1',
    await readSetting(connection, 'appendfsync'),
  );
  if (warning !== null) log.warn(`${warning} ${DURABILITY_ADVICE}`);
  if (place.kind !== 'server') await warnOfNeighbours(neighbourhoodOf(place, target), log);
}

/** One that answers is enough for now; the next failover may need the others. */
async function warnOfNeighbours(neighbourhood: Neighbourhood, log: Logger): Promise<void> {
  const troubles = tellTroubles(await askAll(neighbourhood));
  if (troubles === '') return;
  log.warn(
    `Not all of REDIS_URL can say where the primary is: ${troubles}. Start them, or take them out.`,
  );
}

function findRefusal(info: ReadonlyMap<string, string>, place: RedisPlace): string | null {
  const policy = info.get('maxmemory_policy');
  if (policy !== SAFE_POLICY) {
    return `Redis has maxmemory-policy ${policy ?? 'unknown'}, which removes parts of incidents when memory runs out. Set "maxmemory-policy ${SAFE_POLICY}" and start again.`;
  }
  const version = info.get('redis_version') ?? '0';
  if (!isNewEnough(version)) {
    return `Redis ${version} is too old. Use ${VERSION_MIN.join('.')} or newer.`;
  }
  if (info.get('role') === 'slave') {
    return 'REDIS_URL names a read-only replica. Name the primary.';
  }
  if (place.kind === 'server' && info.get('cluster_enabled') === '1') {
    return 'REDIS_URL names one node of a Cluster. Begin it with redis+cluster:// and name several nodes.';
  }
  return null;
}

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > VERSION_MIN[0] || (major === VERSION_MIN[0] && minor >= VERSION_MIN[1]);
}

function durabilityWarning(appendOnly: boolean, syncPolicy: string | null): string | null {
  if (!appendOnly) return 'Redis keeps no append-only file: a stop may lose what was recorded.';
  if (syncPolicy === 'always') return null;
  if (syncPolicy === null) return 'Redis does not tell how often it writes to disk.';
  return `Redis has appendfsync ${syncPolicy}: a crash of its machine may lose the last second or more.`;
}

/** CONFIG is often forbidden, by an ACL or by the provider: null then. */
export async function readSetting(
  connection: RedisConnection,
  name: string,
): Promise<string | null> {
  try {
    const answer = await connection.ask((client) => client.config('GET', name));
    return Array.isArray(answer) && typeof answer[1] === 'string' ? answer[1] : null;
  } catch {
    return null;
  }
}

export function parseInfo(text: string): ReadonlyMap<string, string> {
  const fields = text.split('\r\n').map((line) => line.split(':'));
  return new Map(fields.map(([name = '', ...value]) => [name, value.join(':')]));
}
