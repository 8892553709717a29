import { createHash } from 'node:crypto';
import { z } from 'zod';
import { WEBHOOK_EVENTS } from '../domain/webhook/events.ts';
import type { WebhookTarget } from '../ports.ts';

const LIMITS = { webhooksMax: 10, channelsMax: 500, urlCharactersMax: 2_000 } as const;
const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

const SECRET = 'WEBHOOK_SIGNING_SECRET';

export interface WebhooksConfig {
  readonly targets: readonly WebhookTarget[];
  readonly signingSecret: string;
}

/** What is wrong never repeats the address: there may be a secret in it. */
const webhookUrl = z
  .string('must be the address to post to, https://…')
  .max(LIMITS.urlCharactersMax, 'is too long for an address')
  .refine(URL.canParse, { error: 'is not an address like https://…', abort: true })
  .refine((text) => isSafe(new URL(text)), {
    error: 'must begin with https:// (http:// only for a loopback address)',
  })
  .refine((text) => new URL(text).username === '' && new URL(text).password === '', {
    error: 'must hold no user name and password: the receiver checks the signature',
  });

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

/** The section `webhooks` of the configuration file. */
export function webhooksSection(channelId: z.ZodString) {
  const webhook = z.strictObject({
    url: webhookUrl,
    events: z
      .array(z.enum(WEBHOOK_EVENTS, `must be ${WEBHOOK_EVENTS.join(', ')}`))
      .min(1, 'is empty: leave it out for all')
      .optional(),
    channels: z
      .array(channelId)
      .min(1, 'is empty: leave it out for all')
      .max(LIMITS.channelsMax)
      .optional(),
  });
  return z
    .array(webhook, 'must be a list, as in "webhooks: [{url: https://…}]"')
    .max(LIMITS.webhooksMax, `has more than ${LIMITS.webhooksMax}`);
}

export interface WebhooksSettling {
  /** Absent where it was left out. */
  readonly section: z.infer<ReturnType<typeof webhooksSection>> | undefined;
  readonly signingSecret: string | null;
  /** Something was said about one of the two already. */
  readonly isSaid: boolean;
  readonly complain: (problem: string) => void;
}

/** Null: nobody is told anything. */
export function settleWebhooks(settling: WebhooksSettling): WebhooksConfig | null {
  const { section = [], signingSecret, isSaid, complain } = settling;
  const urls = section.map(({ url }) => new URL(url).href);
  for (const [index, url] of urls.entries()) {
    const first = urls.indexOf(url);
    if (first < index) complain(`webhooks.${index}: has the same url as webhooks.${first}`);
  }
  if (section.length === 0 && signingSecret !== null && !isSaid) {
    complain(`${SECRET} is set, but there is no section webhooks: it says where to send what`);
  }
  if (section.length === 0) return null;
  if (signingSecret === null) {
    if (!isSaid) complain(`webhooks: ${SECRET} is missing: what is sent is signed with it`);
    return null;
  }
  const targets = section.map(({ url, events, channels }) => ({
    key: createHash('sha256').update(new URL(url).href).digest('hex').slice(0, 16),
    url,
    events: events ?? WEBHOOK_EVENTS,
    channelIds: channels ?? null,
  }));
  return { targets, signingSecret };
}
