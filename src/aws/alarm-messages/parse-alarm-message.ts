import { z } from 'zod';
import type { AlarmChange } from '../../domain/alarm/alarm-change.ts';
import { parseEventBridge } from './event-bridge.ts';
import { parseNotification } from './notification.ts';

const LIMITS = {
  /** SQS carries a mebibyte; what CloudWatch says of an alarm is a few kilobytes. */
  charactersMax: 300_000,
  /** A message in a message in a message is nobody's alarm. */
  envelopesMax: 2,
} as const;

/** What a message turned out to be. Nothing in it is followed: addresses in it stay unread. */
export type AlarmMessage =
  | { readonly kind: 'alarm'; readonly change: AlarmChange }
  /** Understood, and not about an alarm's state. */
  | { readonly kind: 'other'; readonly what: string }
  /** Not understood; `why` holds nothing of its content. */
  | { readonly kind: 'unreadable'; readonly why: string };

const envelopeSchema = z.object({
  Type: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
});

/**
 * Reads EventBridge's "CloudWatch Alarm State Change" and CloudWatch's own notification, each as it
 * is or in an envelope of SNS. Of an envelope from another topic than these (null: all are known)
 * nothing else is read. Total: any text gives an answer.
 */
export function parseAlarmMessage(
  body: string,
  topics: readonly string[] | null = null,
): AlarmMessage {
  if (body.length > LIMITS.charactersMax) return unreadable('it is too long');
  let text = body;
  let topicArn: string | null = null;
  for (let depth = 0; depth <= LIMITS.envelopesMax; depth += 1) {
    const parsed = parseObject(text);
    if (parsed === null) return unreadable('it is no JSON object');
    const envelope = envelopeSchema.safeParse(parsed);
    if (!envelope.success) return parseBare(parsed, topicArn);
    if (topics?.includes(envelope.data.TopicArn) === false) {
      return unreadable('it comes from a topic of SNS that alarms.topics does not name');
    }
    if (envelope.data.Type !== 'Notification') {
      return unreadable('an SNS topic asks for a confirmation, which the bot never gives');
    }
    topicArn = envelope.data.TopicArn;
    text = envelope.data.Message;
  }
  return unreadable('it is wrapped too often');
}

function parseBare(parsed: object, topicArn: string | null): AlarmMessage {
  return (
    parseEventBridge(parsed) ??
    parseNotification(parsed, topicArn) ??
    unreadable('it is neither an event of EventBridge nor a notification of CloudWatch')
  );
}

function unreadable(why: string): AlarmMessage {
  return { kind: 'unreadable', why };
}

function parseObject(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : null;
  } catch {
    return null;
  }
}
