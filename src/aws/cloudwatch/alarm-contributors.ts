import { DescribeAlarmContributorsCommand } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { AlarmContributor } from '../../domain/alarm/alarm.ts';
import { keptText } from '../../domain/trail/kept-text.ts';
import type { AwsPlace } from '../clients.ts';
import type { AlarmDependencies, AlarmPage } from './alarm-pages.ts';

const ATTRIBUTES_MAX = 30;

const pageSchema = z.object({
  AlarmContributors: z.array(z.unknown()).nullish(),
  NextToken: z.string().nullish(),
});

const contributorSchema = z.object({
  ContributorAttributes: z.record(z.string(), z.string()),
  StateReason: z.string().nullish().catch(null),
  StateTransitionedTimestamp: z.date().nullish().catch(null),
});

// Names of attributes are plain text in our types, so only plain ones are taken.
const PLAIN_NAME = /^[\w ./:#%-]{1,255}$/;

/** A page of the time series that put an alarm on a query into ALARM. */
export async function askContributors(
  { clients }: AlarmDependencies,
  place: AwsPlace,
  alarmName: string,
  token: string | null,
  signal: AbortSignal,
): Promise<AlarmPage<AlarmContributor>> {
  const command = new DescribeAlarmContributorsCommand({
    AlarmName: alarmName,
    ...(token !== null && { NextToken: token }),
  });
  const output = await clients.withCloudWatch(place, (client) =>
    client.send(command, { abortSignal: signal }),
  );
  const page = pageSchema.parse(output);
  return {
    items: (page.AlarmContributors ?? []).map(parseContributor),
    nextToken: page.NextToken || null,
  };
}

function parseContributor(item: unknown): AlarmContributor | null {
  const parsed = contributorSchema.safeParse(item);
  if (!parsed.success) return null;
  const { ContributorAttributes, StateReason, StateTransitionedTimestamp } = parsed.data;
  return {
    attributes: Object.entries(ContributorAttributes)
      .filter(([name]) => PLAIN_NAME.test(name))
      .slice(0, ATTRIBUTES_MAX)
      .map(([name, value]) => ({ name, value: keptText(value) })),
    reason: keptText(StateReason ?? ''),
    transitionedAtMs: StateTransitionedTimestamp?.getTime() ?? null,
  };
}
