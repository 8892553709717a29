import { z } from 'zod';
import { AwsFailure, validationFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';
import type { PageTokens } from '../page-token.ts';
import type { Alarm, AlarmData } from './alarm-data.ts';
import { allAlarms, isIn, withEpochTimes } from './alarm-data.ts';
import { pageOf } from './page.ts';

const ALARM_TYPES = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];
const NAMES_MAX = 100;

const requestSchema = z.looseObject({
  AlarmNames: z.array(z.string()).max(NAMES_MAX).optional(),
  AlarmNamePrefix: z.string().min(1).optional(),
  AlarmTypes: z.array(z.enum(ALARM_TYPES)).optional(),
  ChildrenOfAlarmName: z.string().optional(),
  ParentsOfAlarmName: z.string().optional(),
  StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
  ActionPrefix: z.string().optional(),
  MaxRecords: z.number().optional(),
  NextToken: z.string().optional(),
});
type Request = z.infer<typeof requestSchema>;

/** DescribeAlarms of one account and Region; throws AwsFailure where the service refuses. */
export function describeAlarms(
  data: AlarmData,
  tokens: PageTokens,
  caller: Caller,
  parameters: unknown,
): object {
  const request = parse(parameters);
  checkCombination(request);
  const here = isIn(caller);
  const local: AlarmData = {
    ...data,
    metricAlarms: data.metricAlarms.filter(here),
    compositeAlarms: data.compositeAlarms.filter(here),
  };
  const family = familyOf(local, request);
  const found = (family ?? ofTypes(local, request)).filter((alarm) => fits(alarm, request));
  const sorted = found.toSorted((a, b) => (a.AlarmName < b.AlarmName ? -1 : 1));
  const page = pageOf(
    tokens,
    { ...request, account: caller.account, region: caller.region },
    sorted,
  );
  const shown = (alarm: Alarm) => withEpochTimes(family === null ? alarm : fewFields(alarm));
  const composite = new Set(local.compositeAlarms);
  return {
    MetricAlarms: page.items.filter((alarm) => !composite.has(alarm)).map(shown),
    CompositeAlarms: page.items.filter((alarm) => composite.has(alarm)).map(shown),
    ...page.next,
  };
}

function parse(parameters: unknown): Request {
  const parsed = requestSchema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw validationFailure(
    `1 validation error detected: ${issue?.message} at '${issue?.path.join('.')}'`,
  );
}

function checkCombination(request: Request): void {
  if (request.AlarmNames && request.AlarmNamePrefix !== undefined) {
    throw new AwsFailure(
      'InvalidParameterCombinationException',
      'AlarmNames and AlarmNamePrefix cannot be specified together.',
    );
  }
  const { ChildrenOfAlarmName, ParentsOfAlarmName, MaxRecords, NextToken, ...others } = request;
  const family = ChildrenOfAlarmName ?? ParentsOfAlarmName;
  if (family !== undefined && Object.keys(others).length > 0) {
    throw validationFailure(
      'ChildrenOfAlarmName and ParentsOfAlarmName allow no other parameter than MaxRecords and NextToken.',
    );
  }
}

/** Without AlarmTypes only metric alarms come back: composite ones have to be asked for. */
function ofTypes(data: AlarmData, { AlarmTypes = ['MetricAlarm'] }: Request): readonly Alarm[] {
  return [
    ...(AlarmTypes.includes('MetricAlarm') ? data.metricAlarms : []),
    ...(AlarmTypes.includes('CompositeAlarm') ? data.compositeAlarms : []),
  ];
}

function fits(alarm: Alarm, request: Request): boolean {
  const actions = [alarm['AlarmActions'], alarm['OKActions']].flat();
  const { ActionPrefix: prefix } = request;
  return (
    (request.AlarmNames?.includes(alarm.AlarmName) ?? true) &&
    alarm.AlarmName.startsWith(request.AlarmNamePrefix ?? '') &&
    (request.StateValue ?? alarm.StateValue) === alarm.StateValue &&
    (prefix === undefined || actions.some((action) => String(action).startsWith(prefix)))
  );
}

function familyOf(data: AlarmData, request: Request): readonly Alarm[] | null {
  const { ChildrenOfAlarmName: parent, ParentsOfAlarmName: child } = request;
  if (parent !== undefined) {
    const rule = data.compositeAlarms.find((alarm) => alarm.AlarmName === parent)?.AlarmRule;
    return allAlarms(data).filter((alarm) => namedIn(rule ?? '', alarm.AlarmName));
  }
  if (child === undefined) return null;
  return data.compositeAlarms.filter((alarm) => namedIn(alarm.AlarmRule ?? '', child));
}

/** A rule names alarms as ALARM(name), OK("name") or by ARN. */
function namedIn(rule: string, name: string): boolean {
  const names = [...rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]+)"?\s*\)/g)];
  return names.some(([, found = '']) => found === name || found.endsWith(`:alarm:${name}`));
}

function fewFields(alarm: Alarm): Readonly<Record<string, unknown>> {
  const { AlarmName, AlarmArn, StateValue, StateUpdatedTimestamp } = alarm;
  return { AlarmName, AlarmArn, StateValue, StateUpdatedTimestamp };
}
