import {
  DescribeAlarmHistoryCommand,
  type DescribeAlarmHistoryCommandInput,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
} from '@aws-sdk/client-cloudwatch';
import type { Alarm, AlarmTransition } from '../../domain/alarm/alarm.ts';
import { isAnswered } from '../../domain/coverage.ts';
import type { AlarmReading, AlarmSource, AwsTarget, Logger } from '../../ports.ts';
import { type AnswerTrouble, explainTrouble, foreignAccount } from '../answer-trouble.ts';
import type { AwsClients, AwsPlace } from '../clients.ts';
import { alarmPageSchema, historyPageSchema, parseAlarm, parseTransition } from './schema.ts';

const LIMITS = {
  recordsPerPage: 100,
  // AWS takes at most so many names in one call.
  namesPerCallMax: 100,
  namesMax: 500,
  pagesMax: 10,
} as const;

export interface AlarmDependencies {
  readonly clients: AwsClients;
  readonly log: Logger;
}

interface Page<T> {
  /** Null for an item that could not be read. */
  readonly items: readonly (T | null)[];
  readonly nextToken: string | null;
}

interface Question<T> {
  readonly target: AwsTarget;
  readonly permission: string;
  readonly accountOf: (item: T) => string | null;
  readonly askPage: (token: string | null) => Promise<Page<T>>;
}

/** CloudWatch's alarms through DescribeAlarms and DescribeAlarmHistory. */
export function createAlarmSource(deps: AlarmDependencies): AlarmSource {
  return {
    async readAlarms({ target, asker, names }, signal) {
      const place = { target, asker };
      const readings: AlarmReading<Alarm>[] = [];
      for (const filter of filtersOf(names)) {
        const askPage = (token: string | null) => askAlarms(deps, place, filter, token, signal);
        const permission = 'cloudwatch:DescribeAlarms';
        const accountOf = (alarm: Alarm) => alarm.accountId;
        const reading = await readPages(deps, { target, permission, accountOf, askPage }, signal);
        readings.push(reading);
        if (!isAnswered(reading)) break;
      }
      return joined(target, readings, (names?.length ?? 0) > LIMITS.namesMax);
    },
    readTransitions({ target, asker, fromMs, toMs }, signal) {
      const place = { target, asker };
      const window = { StartDate: new Date(fromMs), EndDate: new Date(toMs) };
      const askPage = (token: string | null) => askHistory(deps, place, window, token, signal);
      const permission = 'cloudwatch:DescribeAlarmHistory';
      const accountOf = (): null => null;
      return readPages(deps, { target, permission, accountOf, askPage }, signal);
    },
  };
}

/** Without names, those in ALARM; with names, whatever state they are in, a hundred a call. */
function filtersOf(names: readonly string[] | null): readonly DescribeAlarmsCommandInput[] {
  if (names === null) return [{ StateValue: 'ALARM' }];
  const asked = [...new Set(names)].slice(0, LIMITS.namesMax);
  const calls = Math.ceil(asked.length / LIMITS.namesPerCallMax);
  return Array.from({ length: calls }, (_, index) => ({
    AlarmNames: asked.slice(index * LIMITS.namesPerCallMax, (index + 1) * LIMITS.namesPerCallMax),
  }));
}

async function askAlarms(
  deps: AlarmDependencies,
  place: AwsPlace,
  filter: DescribeAlarmsCommandInput,
  token: string | null,
  signal: AbortSignal,
): Promise<Page<Alarm>> {
  const command = new DescribeAlarmsCommand({
    ...filter,
    // Without this only metric alarms come back.
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    MaxRecords: LIMITS.recordsPerPage,
    ...(token !== null && { NextToken: token }),
  });
  const output = await deps.clients.withCloudWatch(place, (client) =>
    client.send(command, { abortSignal: signal }),
  );
  const page = alarmPageSchema.parse(output);
  const parse = (kind: Alarm['kind']) => (alarm: unknown) =>
    parseAlarm(alarm, kind, place.target.region);
  return {
    items: [
      ...(page.MetricAlarms ?? []).map(parse('metric')),
      ...(page.CompositeAlarms ?? []).map(parse('composite')),
    ],
    nextToken: page.NextToken || null,
  };
}

async function askHistory(
  deps: AlarmDependencies,
  place: AwsPlace,
  window: DescribeAlarmHistoryCommandInput,
  token: string | null,
  signal: AbortSignal,
): Promise<Page<AlarmTransition>> {
  const command = new DescribeAlarmHistoryCommand({
    ...window,
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    HistoryItemType: 'StateUpdate',
    ScanBy: 'TimestampDescending',
    MaxRecords: LIMITS.recordsPerPage,
    ...(token !== null && { NextToken: token }),
  });
  const output = await deps.clients.withCloudWatch(place, (client) =>
    client.send(command, { abortSignal: signal }),
  );
  const page = historyPageSchema.parse(output);
  return {
    items: (page.AlarmHistoryItems ?? []).map((item) => parseTransition(item, place.target.region)),
    nextToken: page.NextToken || null,
  };
}

async function readPages<T>(
  deps: AlarmDependencies,
  question: Question<T>,
  signal: AbortSignal,
): Promise<AlarmReading<T>> {
  const items: T[] = [];
  let skippedCount = 0;
  let token: string | null = null;
  const soFar = () => ({
    accountId: items.map(question.accountOf).find((id) => id !== null) ?? null,
    items,
    skippedCount,
  });
  for (let pages = 0; pages < LIMITS.pagesMax; pages += 1) {
    const page: Page<T> | AnswerTrouble = await question
      .askPage(token)
      .then((answer) => foreignPage(question, answer) ?? answer)
      .catch((error: unknown) => explainTrouble(error, { ...question, signal }));
    if ('outcome' in page) {
      deps.log.warn('alarm reading ended early', {
        region: question.target.region,
        outcome: page.outcome,
      });
      return { ...page, ...soFar(), truncated: true };
    }
    items.push(...page.items.filter((item): item is NonNullable<typeof item> => item !== null));
    skippedCount += page.items.filter((item) => item === null).length;
    token = page.nextToken;
    if (token === null) break;
  }
  return {
    outcome: items.length > 0 ? 'found' : 'nothing',
    ...soFar(),
    truncated: token !== null,
    explanation: token === null ? null : `Reading stopped after ${LIMITS.pagesMax} pages.`,
  };
}

function foreignPage<T>({ target, accountOf }: Question<T>, { items }: Page<T>) {
  const ids = items.map((item) => (item === null ? null : accountOf(item)));
  return foreignAccount(target, ids.find((id) => id !== null) ?? null);
}

function joined(
  target: AwsTarget,
  readings: readonly AlarmReading<Alarm>[],
  tooManyNames: boolean,
): AlarmReading<Alarm> {
  const items = readings.flatMap((reading) => reading.items);
  const troubled = readings.find((reading) => !isAnswered(reading));
  const tooMany = tooManyNames ? `Only the first ${LIMITS.namesMax} names were asked for.` : null;
  return {
    outcome: troubled?.outcome ?? (items.length > 0 ? 'found' : 'nothing'),
    accountId: readings.find(({ accountId }) => accountId !== null)?.accountId ?? target.accountId,
    items,
    skippedCount: readings.reduce((sum, { skippedCount }) => sum + skippedCount, 0),
    truncated: tooManyNames || readings.some(({ truncated }) => truncated),
    explanation: readings.find(({ explanation }) => explanation !== null)?.explanation ?? tooMany,
  };
}
