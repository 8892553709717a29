import { ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { AlarmTag } from '../../domain/alarm/alarm.ts';
import { keptText } from '../../domain/trail/kept-text.ts';
import type { AwsPlace } from '../clients.ts';
import type { AlarmDependencies, AlarmPage } from './alarm-pages.ts';

const answerSchema = z.object({ Tags: z.array(z.unknown()).nullish() });

const tagSchema = z.object({ Key: z.string().min(1), Value: z.string().nullish() });

/** The tags of one alarm; there is one page. An alarm that was deleted meanwhile has none. */
export async function askTags(
  { clients }: AlarmDependencies,
  place: AwsPlace,
  alarmArn: string,
  signal: AbortSignal,
): Promise<AlarmPage<AlarmTag>> {
  const command = new ListTagsForResourceCommand({ ResourceARN: alarmArn });
  const output = await clients
    .withCloudWatch(place, (client) => client.send(command, { abortSignal: signal }))
    .catch((error: unknown) => {
      if (isGone(error)) return {};
      throw error;
    });
  const { Tags } = answerSchema.parse(output);
  return { items: (Tags ?? []).map(parseTag), nextToken: null };
}

function isGone(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException';
}

function parseTag(item: unknown): AlarmTag | null {
  const parsed = tagSchema.safeParse(item);
  if (!parsed.success) return null;
  return { key: keptText(parsed.data.Key), value: keptText(parsed.data.Value ?? '') };
}
