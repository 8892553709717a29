import { z } from 'zod';
import { AwsFailure, validationFailure } from '../aws-failure.ts';
import type { Caller } from '../callers.ts';
import { type AlarmData, allAlarms, isIn } from './alarm-data.ts';

const requestSchema = z.looseObject({ ResourceARN: z.string().min(1).max(1_024) });

const ALARM_ARN = /^arn:aws[\w-]*:cloudwatch:[\w-]+:\d{12}:alarm:.+$/;

/** ListTagsForResource, of alarms: all tags at once, in no pages. DescribeAlarms does not have them. */
export function listTagsForResource(data: AlarmData, caller: Caller, parameters: unknown): object {
  const parsed = requestSchema.safeParse(parameters);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw validationFailure(
      `1 validation error detected: ${issue?.message} at '${issue?.path.join('.')}'`,
    );
  }
  const { ResourceARN } = parsed.data;
  if (!ALARM_ARN.test(ResourceARN)) {
    throw new AwsFailure('InvalidParameterValueException', `Invalid ARN ${ResourceARN}`, 400);
  }
  const alarm = allAlarms(data).find((each) => each.AlarmArn === ResourceARN && isIn(caller)(each));
  if (alarm === undefined) {
    throw new AwsFailure('ResourceNotFoundException', `Unknown resource ${ResourceARN}`, 404);
  }
  return { Tags: data.tags[alarm.AlarmName] ?? [] };
}
