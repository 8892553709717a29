/** `host` without the brackets of an IPv6 address. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

interface LogIn {
  /** Null: the default user. */
  readonly username: string | null;
  readonly password: string | null;
  readonly isTls: boolean;
}

/** Where Redis is, as REDIS_URL tells it. */
export type RedisPlace =
  | { readonly kind: 'server'; readonly url: string }
  | (LogIn & {
      readonly kind: 'sentinel';
      readonly addresses: readonly Address[];
      /** What the sentinels call it. */
      readonly primaryName: string;
      readonly database: number;
    })
  | (LogIn & { readonly kind: 'cluster'; readonly addresses: readonly Address[] });

export type PlaceReading =
  | { readonly kind: 'place'; readonly place: RedisPlace }
  /** What is wrong and what to do, to be said after "REDIS_URL". Quotes nothing of the address. */
  | { readonly kind: 'problem'; readonly problem: string };

const ADDRESS =
  /^(redis|rediss)(?:\+(sentinel|cluster))?:\/\/(?:([^/]*)@)?([^/@?#]+)(?:\/([^?#]*))?$/;
const SCHEME = /^rediss?(\+(sentinel|cluster))?:\/\//;
const SERVER = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/;
const SENTINEL_PATH = /^([\w.-]+)(?:\/(\d{1,4}))?$/;
const PORTS = { sentinel: 26_379, cluster: 6_379 } as const;
const PORT_MAX = 65_535;

const SCHEMES =
  'must start with redis:// (one server), redis+sentinel:// or redis+cluster://, with rediss instead of redis for TLS';
const ENCODE =
  'In user and password write @ / ? # % as %40 %2F %3F %23 %25, and leave options after a "?" away.';
const FORMS = {
  server: 'is not redis://USER:PASSWORD@HOST:PORT.',
  sentinel: 'is not redis+sentinel://USER:PASSWORD@HOST:26379,HOST:26379/NAME.',
  cluster: 'is not redis+cluster://USER:PASSWORD@HOST:6379,HOST:6379.',
} as const;

export function readPlace(url: string): PlaceReading {
  const scheme = SCHEME.exec(url);
  if (scheme === null) return { kind: 'problem', problem: SCHEMES };
  const [, , form] = scheme;
  return form === undefined ? readServer(url) : readSeveral(url, form as 'sentinel' | 'cluster');
}

/** One server is left to the driver, which knows the options of such an address. */
function readServer(url: string): PlaceReading {
  if (/^rediss?:\/\/(?:[^/]*@)?[^/@?#]*,/.test(url)) {
    const problem =
      'names several servers. Start it with redis+sentinel:// when they are sentinels, with redis+cluster:// when they are a Cluster.';
    return { kind: 'problem', problem };
  }
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isWhole = parsed !== null && parsed.hostname !== '' && /^\/?\d*$/.test(parsed.pathname);
  if (isWhole) return { kind: 'place', place: { kind: 'server', url } };
  return { kind: 'problem', problem: `${FORMS.server} ${ENCODE}` };
}

function readSeveral(url: string, form: 'sentinel' | 'cluster'): PlaceReading {
  const complain = (problem: string): PlaceReading => ({ kind: 'problem', problem });
  const found = ADDRESS.exec(url);
  if (found === null) return complain(`${FORMS[form]} ${ENCODE}`);
  const [, scheme, , userInfo = '', hosts = '', path = ''] = found;
  const servers = hosts.split(',').map((text) => readAddress(text, PORTS[form]));
  const bad = servers.indexOf(null);
  if (bad >= 0) {
    return complain(
      `has an address that is not HOST:PORT, number ${bad + 1} of ${servers.length}. ${ENCODE}`,
    );
  }
  const logIn = readLogIn(userInfo);
  if (logIn === null) return complain(`has a % in user or password that stands alone. ${ENCODE}`);
  const addresses = servers.filter((server) => server !== null);
  const common = { ...logIn, isTls: scheme === 'rediss', addresses };
  if (form === 'cluster') {
    if (path !== '')
      return complain('names a database, and a Cluster has only one. Leave it away.');
    return { kind: 'place', place: { kind: 'cluster', ...common } };
  }
  const named = SENTINEL_PATH.exec(path);
  if (named === null) {
    return complain(
      `${FORMS.sentinel} It must end with NAME, which the sentinels' configuration has after "sentinel monitor".`,
    );
  }
  const [, primaryName = '', database = '0'] = named;
  return {
    kind: 'place',
    place: { kind: 'sentinel', ...common, primaryName, database: Number(database) },
  };
}

function readAddress(text: string, defaultPort: number): Address | null {
  const found = SERVER.exec(text.trim());
  if (found === null) return null;
  const [, bracketed, plain = ''] = found;
  const port = found[3] === undefined ? defaultPort : Number(found[3]);
  return port === 0 || port > PORT_MAX ? null : { host: bracketed ?? plain, port };
}

function readLogIn(userInfo: string): Pick<LogIn, 'username' | 'password'> | null {
  const [user = '', ...rest] = userInfo.split(':');
  try {
    const username = decodeURIComponent(user);
    const password = decodeURIComponent(rest.join(':'));
    return { username: username || null, password: password || null };
  } catch {
    return null;
  }
}

export function sameAddress(one: Address, other: Address): boolean {
  return one.host === other.host && one.port === other.port;
}

export function nameAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
