import { z } from 'zod';

const LIMITS = {
  queuesMax: 20,
  topicsMax: 50,
  rulesMax: 200,
  starsMax: 10,
  togetherMinutesMax: 60,
} as const;

const TOGETHER = `must be a number of minutes, ${LIMITS.togetherMinutesMax} at most, or off`;

const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(?:\.fifo)?$/;
const QUEUE_NAME = /^[\w-]{1,80}(?:\.fifo)?$/;
/** https://docs.aws.amazon.com/general/latest/gr/sqs-service.html; a loopback address is a local AWS. */
const QUEUE_URL =
  /^(?:https:\/\/sqs(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?)\/\d{12}\/([\w-]{1,80}(?:\.fifo)?)$/;

/** Region and name of a queue, as its address says; the Region is null for a local address. */
export function readQueueUrl(url: string): {
  readonly region: string | null;
  readonly name: string;
} {
  const [, region = null, name = ''] = QUEUE_URL.exec(url) ?? [];
  return { region, name };
}

interface Parts {
  readonly regionName: z.ZodString;
  readonly accountReference: z.ZodString;
  readonly channelId: z.ZodString;
}

/** The section `alarms` of the configuration file. */
export function alarmsSection({ regionName, accountReference, channelId }: Parts) {
  const severity = z.enum(['sev1', 'sev2', 'sev3', 'sev4'], 'must be sev1, sev2, sev3 or sev4');
  const queue = z.strictObject({
    url: z
      .string()
      .regex(
        QUEUE_URL,
        'is not the URL of a queue, https://sqs.<Region>.amazonaws.com/<account id>/<name>',
      )
      .optional(),
    name: z
      .string()
      .regex(QUEUE_NAME, 'is not the name of a queue: 1 to 80 letters, digits, - or _')
      .optional(),
    region: regionName.optional(),
    account: accountReference.optional(),
  });
  const rule = z.strictObject({
    alarm: z
      .string()
      .min(1, 'is empty')
      .max(255, 'is longer than any alarm’s name')
      .refine((text) => text.split('*').length <= LIMITS.starsMax + 1, 'has too many *')
      .optional(),
    account: accountReference.optional(),
    region: regionName.optional(),
    channel: channelId.optional(),
    severity: severity.optional(),
    ignore: z.literal(true, 'can only be true; leave it out otherwise').optional(),
  });
  return z.strictObject({
    topics: z
      .array(
        z.string().regex(TOPIC_ARN, 'is not a topic, arn:aws:sns:<Region>:<account id>:<name>'),
      )
      .min(1, 'is empty: leave it out to take what any topic sends')
      .max(LIMITS.topicsMax)
      .optional(),
    queues: z.array(queue).max(LIMITS.queuesMax).optional(),
    rules: z.array(rule).max(LIMITS.rulesMax).optional(),
    channel: channelId.optional(),
    severity: severity.optional(),
    together: z
      .union(
        [z.literal('off'), z.number().positive(TOGETHER).max(LIMITS.togetherMinutesMax, TOGETHER)],
        TOGETHER,
      )
      .optional(),
  });
}

export type AlarmsSection = z.infer<ReturnType<typeof alarmsSection>>;
