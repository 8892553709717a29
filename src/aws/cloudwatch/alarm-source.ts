import {
  DescribeAlarmHistoryCommand,
  type DescribeAlarmHistoryCommandInput,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
} from '@aws-sdk/client-cloudwatch';
import type { Alarm, AlarmTransition } from '../../domain/alarm/alarm.ts';
import { isAnswered } from '../../domain/coverage.ts';
import { partitionOf } from '../../domain/partition.ts';
import type { AlarmReading, AlarmSource, AwsTarget } from '../../ports.ts';
import type { AwsPlace } from '../clients.ts';
import { askContributors } from './alarm-contributors.ts';
import { type AlarmDependencies, type AlarmPage, readAlarmPages } from './alarm-pages.ts';
import { askTags } from './alarm-tags.ts';
import { alarmPageSchema, historyPageSchema, parseAlarm, parseTransition } from './schema.ts';

const LIMITS = {
  recordsPerPage: 100,
  // AWS takes at most so many names in one call.
  namesPerCallMax: 100,
  namesMax: 500,
} as const;

/** CloudWatch's alarms through DescribeAlarms, DescribeAlarmHistory, DescribeAlarmContributors and ListTagsForResource. */
export function createAlarmSource(deps: AlarmDependencies): AlarmSource {
  return {
    async readAlarms({ target, asker, names }, signal) {
      const place = { target, asker };
      const readings: AlarmReading<Alarm>[] = [];
      for (const filter of filtersOf(names)) {
        const askPage = (token: string | null) => askAlarms(deps, place, filter, token, signal);
        const permission = 'cloudwatch:DescribeAlarms';
        const accountOf = (alarm: Alarm) => alarm.accountId;
        const reading = await readAlarmPages(
          deps,
          { target, permission, accountOf, askPage },
          signal,
        );
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
      return readAlarmPages(deps, { target, permission, accountOf, askPage }, signal);
    },
    readContributors({ target, asker, alarmName }, signal) {
      const place = { target, asker };
      const askPage = (token: string | null) =>
        askContributors(deps, place, alarmName, token, signal);
      const permission = 'cloudwatch:DescribeAlarmContributors';
      const accountOf = (): null => null;
      return readAlarmPages(deps, { target, permission, accountOf, askPage }, signal);
    },
    readTags({ target, asker, alarm }, signal) {
      const place = { target, asker };
      const arn = alarmArn(alarm);
      const askPage = async () => (arn === null ? NO_ITEMS : askTags(deps, place, arn, signal));
      const permission = 'cloudwatch:ListTagsForResource';
      const accountOf = (): null => null;
      return readAlarmPages(deps, { target, permission, accountOf, askPage }, signal);
    },
  };
}

const NO_ITEMS = { items: [], nextToken: null } as const;

function alarmArn({ name, region, accountId }: Pick<Alarm, 'name' | 'region' | 'accountId'>) {
  if (accountId === null) return null;
  return `arn:${partitionOf(region).id}:cloudwatch:${region}:${accountId}:alarm:${name}`;
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
): Promise<AlarmPage<Alarm>> {
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
): Promise<AlarmPage<AlarmTransition>> {
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
