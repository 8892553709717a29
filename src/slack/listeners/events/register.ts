import type { App } from '@slack/bolt';
import { openHome } from '../../../flows/refresh-home.ts';
import { capturedText } from '../../captured-text.ts';
import type { SlackContext } from '../../context.ts';
import {
  eventEnvelope,
  homeOpenedEvent,
  memberJoinedEvent,
  memberLeftEvent,
  mentionEvent,
  messageChangedEvent,
  messageDeletedEvent,
  reactionEvent,
  threadTalkEvent,
} from '../../payloads.ts';
import { onMemberJoined } from './member-joined.ts';
import { onMemberLeft } from './member-left.ts';
import { onMention } from './mention.ts';
import { onMessageChanged } from './message-changed.ts';
import { onThreadTalk } from './moved-once.ts';
import { onReactionAdded, onReactionRemoved } from './reaction.ts';

/**
 * Events are acknowledged when their listeners are done (`connect/late-acknowledgement.ts`). A throw
 * here reaches `app.error`, which logs it; retries of Slack are taken like first deliveries, the
 * dedupe id makes them harmless.
 */
export function registerEvents(app: App, context: SlackContext): void {
  app.event('app_home_opened', async ({ event, body }) => {
    const { user, tab } = homeOpenedEvent.parse(event);
    if (tab === 'home') await openHome(context, user, dedupeIdOf(body));
  });
  app.event('app_mention', async ({ event, body }) => {
    const { team_id: teamId } = eventEnvelope.parse(body);
    await onMention(context, mentionEvent.parse(event), teamId);
  });
  app.event('reaction_added', async ({ event, body }) => {
    await onReactionAdded(context, reactionEvent.parse(event), dedupeIdOf(body));
  });
  app.event('reaction_removed', async ({ event, body }) => {
    await onReactionRemoved(context, reactionEvent.parse(event), dedupeIdOf(body));
  });
  app.event('member_joined_channel', async ({ event, body }) => {
    await onMemberJoined(context, memberJoinedEvent.parse(event), dedupeIdOf(body));
  });
  app.event('member_left_channel', async ({ event, body }) => {
    await onMemberLeft(context, memberLeftEvent.parse(event), dedupeIdOf(body));
  });
  app.event('message', async ({ event, body }) => {
    if (event.subtype === undefined) {
      const said = threadTalkEvent.safeParse(event).data;
      if (said !== undefined) await onThreadTalk(context, said);
    }
    if (event.subtype === 'message_changed') {
      const { channel, message } = messageChangedEvent.parse(event);
      // Its own cards change all the time, and are on no timeline.
      if (message.user === context.botUserId) return;
      const { ts: messageTs, thread_ts } = message;
      const threadTs = thread_ts ?? null;
      // A message with replies is not deleted but emptied, so that its thread can stay.
      const text = message.subtype === 'tombstone' ? null : capturedText(message);
      const changed = { channelId: channel, messageTs, threadTs, text };
      await onMessageChanged(context, changed, dedupeIdOf(body));
    }
    if (event.subtype === 'message_deleted') {
      const deleted = messageDeletedEvent.parse(event);
      const { channel: channelId, deleted_ts: messageTs } = deleted;
      const threadTs = deleted.previous_message?.thread_ts ?? null;
      const changed = { channelId, messageTs, threadTs, text: null };
      await onMessageChanged(context, changed, dedupeIdOf(body));
    }
  });
}

/**
 * Slack has been seen to send one event again under a new `event_id`. What happened, to what and
 * when stays the same.
 */
function dedupeIdOf(body: unknown): string {
  const { team_id, event_id, event } = eventEnvelope.parse(body);
  if (event?.event_ts === undefined) return `event:${team_id}:${event_id}`;
  const { type, subtype, user, channel, event_ts, deleted_ts, message, item } = event;
  const about = [type, subtype, user, channel, item?.channel, item?.ts, deleted_ts, message?.ts];
  return `event:${team_id}:${event_ts}:${about.map((part) => part ?? '').join(':')}`;
}
