import { DEFAULT_SEVERITY } from '../domain/incident/default-severity.ts';
import type { AlarmQueueSettings, AlarmRoute, AlarmRule, AlarmSettings } from '../ports.ts';
import { type AlarmsSection, readQueueUrl } from './alarms-schema.ts';
import { idsOf, type Settling } from './settle-accounts.ts';

/** One outage sets off its alarms within minutes. */
const TOGETHER_MINUTES = 10;

export interface AlarmsConfig extends AlarmSettings {
  /** Alarms may be posted over HTTP by who has this; null: they may not. */
  readonly signingSecret: string | null;
}

interface AlarmSettling extends Settling {
  readonly signingSecret: string | null;
  /** Something listens for HTTP requests. */
  readonly listens: boolean;
}

type FileQueue = NonNullable<AlarmsSection['queues']>[number];
type FileRule = NonNullable<AlarmsSection['rules']>[number];

/** Null: alarms open nothing here. Says all that contradicts itself. */
export function settleAlarms(settling: AlarmSettling): AlarmsConfig | null {
  const { file, unreadable, signingSecret, listens, complain } = settling;
  const section = file.alarms;
  if (signingSecret !== null && !listens) {
    complain('ALARM_SIGNING_SECRET is set, but nothing listens: set PORT as well');
  }
  if (section === undefined) {
    if (signingSecret !== null && !unreadable.includes('alarms')) {
      complain(
        'ALARM_SIGNING_SECRET is set, but there is no section alarms: it says which alarm goes to which channel',
      );
    }
    return null;
  }
  const queues = (section.queues ?? []).map((row, index) => settleQueue(settling, row, index));
  if (queues.length === 0 && signingSecret === null) {
    complain('alarms: no alarm can arrive: list queues, or set ALARM_SIGNING_SECRET');
  }
  for (const url of doubles(queues.map((row) => `${row.target.region} ${row.url ?? row.name}`))) {
    complain(`alarms.queues: ${url} is there twice`);
  }
  const rules = (section.rules ?? []).map((row, index) =>
    settleRule(settling, section, row, index),
  );
  const fallback = routeTo(section.channel, section.severity);
  if (fallback === null && rules.every(({ route }) => route.kind === 'ignore')) {
    complain('alarms: no alarm leads to a channel: name one, as in "channel: C0123ABCD"');
  }
  return {
    queues,
    topics: section.topics ?? null,
    rules,
    fallback,
    signingSecret,
    togetherMs: togetherMs(section.together),
  };
}

function togetherMs(minutes: AlarmsSection['together'] = TOGETHER_MINUTES): number {
  return minutes === 'off' ? 0 : minutes * 60_000;
}

function settleQueue(settling: AlarmSettling, row: FileQueue, index: number): AlarmQueueSettings {
  const place = `alarms.queues.${index}`;
  const fromUrl = row.url === undefined ? null : readQueueUrl(row.url);
  if ((row.url === undefined) === (row.name === undefined)) {
    settling.complain(`${place}: give its url, or its name and region`);
  }
  const region = fromUrl?.region ?? row.region;
  if (region === undefined) settling.complain(`${place}: say in which region it is`);
  if (region !== undefined && row.region !== undefined && row.region !== region) {
    settling.complain(`${place}: its url is in ${region}, not in ${row.region}`);
  }
  const [accountId = null] =
    row.account === undefined ? [] : idsOf(settling, [row.account], `${place}.account`);
  return {
    target: { accountId, region: region ?? '' },
    url: row.url ?? null,
    name: fromUrl?.name ?? row.name ?? '',
  };
}

function settleRule(
  settling: AlarmSettling,
  section: AlarmsSection,
  row: FileRule,
  index: number,
): AlarmRule {
  const place = `alarms.rules.${index}`;
  const isIgnored = row.ignore === true;
  if (isIgnored && (row.channel !== undefined || row.severity !== undefined)) {
    settling.complain(`${place}: what is ignored goes to no channel and has no severity`);
  }
  const channel = row.channel ?? section.channel;
  if (!isIgnored && channel === undefined) {
    settling.complain(`${place}: say to which channel, or "ignore: true"`);
  }
  const route = isIgnored ? null : routeTo(channel, row.severity ?? section.severity);
  return {
    pattern: row.alarm ?? '*',
    accountId: row.account === undefined ? null : accountOf(settling, row.account, place),
    region: row.region ?? null,
    route: route ?? { kind: 'ignore' },
  };
}

/** Alarms may be reported from accounts that the bot does not look into: any id will do. */
function accountOf(settling: AlarmSettling, reference: string, place: string): string | null {
  if (/^\d{12}$/.test(reference)) return reference;
  return idsOf(settling, [reference], `${place}.account`)[0] ?? null;
}

function routeTo(
  channelId: string | undefined,
  severity: AlarmsSection['severity'],
): AlarmRoute | null {
  if (channelId === undefined) return null;
  return { kind: 'open', channelId, severity: severity ?? DEFAULT_SEVERITY };
}

function doubles(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
