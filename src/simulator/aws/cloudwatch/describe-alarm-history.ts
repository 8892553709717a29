import { z } from 'zod';
import { validationFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';
import type { PageTokens } from '../page-token.ts';
import type { AlarmData, HistoryItem } from './alarm-data.ts';
import { allAlarms, isIn, withEpochTimes } from './alarm-data.ts';
import { pageOf } from './page.ts';

const ITEM_TYPES = [
  'ConfigurationUpdate',
  'StateUpdate',
  'Action',
  'AlarmContributorStateUpdate',
  'AlarmContributorAction',
];

const requestSchema = z.looseObject({
  AlarmName: z.string().optional(),
  AlarmTypes: z.array(z.string()).default(['MetricAlarm']),
  HistoryItemType: z.enum(ITEM_TYPES).optional(),
  StartDate: z.number().optional(),
  EndDate: z.number().optional(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  MaxRecords: z.number().optional(),
  NextToken: z.string().optional(),
});
type Request = z.infer<typeof requestSchema>;

/** DescribeAlarmHistory; items of alarms that no longer exist are served in the folder's own Region. */
export function describeAlarmHistory(
  data: AlarmData,
  tokens: PageTokens,
  caller: Caller,
  home: { readonly account: string; readonly region: string },
  parameters: unknown,
): object {
  const parsed = requestSchema.safeParse(parameters);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw validationFailure(
      `1 validation error detected: ${issue?.message} at '${issue?.path.join('.')}'`,
    );
  }
  const request = parsed.data;
  const lives = livesIn(data, caller, home);
  const found = data.history.filter((item) => lives(item.AlarmName) && fits(item, request));
  const direction = request.ScanBy === 'TimestampAscending' ? 1 : -1;
  const sorted = found.toSorted((a, b) => direction * (timeOf(a) - timeOf(b)));
  const bound = { ...request, account: caller.account, region: caller.region };
  const page = pageOf(tokens, bound, sorted);
  return { AlarmHistoryItems: page.items.map(withEpochTimes), ...page.next };
}

function livesIn(data: AlarmData, caller: Caller, home: { account: string; region: string }) {
  const all = allAlarms(data);
  const known = new Set(all.map((alarm) => alarm.AlarmName));
  const local = new Set(all.filter(isIn(caller)).map((alarm) => alarm.AlarmName));
  const atHome = caller.account === home.account && caller.region === home.region;
  return (name: string) => local.has(name) || (atHome && !known.has(name));
}

function fits(item: HistoryItem, request: Request): boolean {
  const timeMs = timeOf(item);
  return (
    (request.AlarmName ?? item.AlarmName) === item.AlarmName &&
    request.AlarmTypes.includes(item.AlarmType ?? 'MetricAlarm') &&
    (request.HistoryItemType ?? item.HistoryItemType) === item.HistoryItemType &&
    (request.StartDate === undefined || timeMs >= request.StartDate * 1_000) &&
    (request.EndDate === undefined || timeMs <= request.EndDate * 1_000)
  );
}

function timeOf(item: HistoryItem): number {
  return Date.parse(item.Timestamp);
}
