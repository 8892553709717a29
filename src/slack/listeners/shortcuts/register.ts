import type { App } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';
import { MESSAGE_SHORTCUTS } from '../../ids.ts';
import { type MessageShortcut, messageShortcutPayload } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { guarded } from '../guard.ts';
import { addToTimeline } from './add-to-timeline.ts';
import { startFromMessage } from './start-from-message.ts';

const SHORTCUTS: readonly {
  readonly callbackId: string;
  readonly run: (context: SlackContext, payload: MessageShortcut) => Promise<void>;
}[] = [
  { callbackId: MESSAGE_SHORTCUTS.startFromMessage, run: startFromMessage },
  { callbackId: MESSAGE_SHORTCUTS.addToTimeline, run: addToTimeline },
];

export function registerShortcuts(app: App, context: SlackContext): void {
  for (const { callbackId, run } of SHORTCUTS) {
    app.shortcut(callbackId, async ({ body, ack }) => {
      await ack();
      const payload = messageShortcutPayload.parse(body);
      await guarded(
        context,
        `shortcut ${callbackId}`,
        () => run(context, payload),
        ({ sentence }) =>
          tellPerson(context, {
            userId: payload.user.id,
            channelId: payload.channel.id,
            threadTs: payload.message.thread_ts ?? null,
            replyUrl: payload.response_url,
            sentence,
          }),
      );
    });
  }
}
