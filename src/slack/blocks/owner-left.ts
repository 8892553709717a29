import type { IncidentState } from '../../domain/incident/state.ts';
import { actions, aimAt, formButton, linkButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { titleLine } from './overview.ts';
import { channel, line, richText } from './text.ts';
import { notification } from './words.ts';

/** How the ids of the bot's notes about it begin. */
export const OWNER_LEFT_NOTE = 'owner-left';

/** To an owner who has left the channel: they may not see any more what becomes of it. */
export function renderOwnerLeft(state: IncidentState, permalink: string | null): MessageContent {
  return fitMessage({
    text: notification(state, 'you have left its channel, and own it'),
    blocks: [
      richText(
        line('You have left ', channel(state.channelId), ', and still own what is open there:'),
        titleLine(state),
        line('Hand it over, or go back. The thread says that you have left.'),
      ),
      ...actions(
        formButton('owner', aimAt(state), { label: 'Hand over', style: 'primary' }),
        linkButton(slackLink(permalink), 'Open the thread'),
      ),
    ],
  });
}
