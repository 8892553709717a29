import { z } from 'zod';
import { AwsFailure, validationFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';
import type { PageTokens } from '../page-token.ts';
import type { AlarmData } from './alarm-data.ts';
import { allAlarms, isIn, withEpochTimes } from './alarm-data.ts';
import { pageOf } from './page.ts';

const requestSchema = z.looseObject({
  AlarmName: z.string().min(1).max(255),
  NextToken: z.string().optional(),
});

/** DescribeAlarmContributors: the time series of one alarm that are in ALARM by themselves. */
export function describeAlarmContributors(
  data: AlarmData,
  tokens: PageTokens,
  caller: Caller,
  parameters: unknown,
): object {
  const parsed = requestSchema.safeParse(parameters);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw validationFailure(
      `1 validation error detected: ${issue?.message} at '${issue?.path.join('.')}'`,
    );
  }
  const { AlarmName, NextToken } = parsed.data;
  const alarm = allAlarms(data).find((each) => each.AlarmName === AlarmName && isIn(caller)(each));
  if (alarm === undefined) {
    throw new AwsFailure('ResourceNotFoundException', `Unknown alarm ${AlarmName}`, 404);
  }
  const breaching = alarm.StateValue === 'ALARM' ? (data.contributors[AlarmName] ?? []) : [];
  const bound = { AlarmName, account: caller.account, region: caller.region, MaxRecords: 100 };
  const page = pageOf(tokens, { ...bound, ...(NextToken && { NextToken }) }, breaching);
  return { AlarmContributors: page.items.map(withEpochTimes), ...page.next };
}
