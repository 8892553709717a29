import type { IncidentEvent } from '../../domain/incident/events.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { MessageContent } from './message.ts';
import { bold, line, quote, richText, typed } from './text.ts';
import { notification } from './words.ts';

type Escalated = Extract<IncidentEvent, { type: 'incident-escalated' }>;

/** Whether more was written than the line in the thread shows. */
export function hasPreparedText({ reason }: Escalated): boolean {
  return reason.includes('\n\n');
}

/** The whole text, to be copied into a case or a message. */
export function renderEscalation(state: IncidentState, event: Escalated): MessageContent {
  return {
    text: notification(state, 'the text of the escalation'),
    blocks: [
      richText(
        line('📋 ', bold('To copy, for'), ' ', typed(event.to, 100)),
        quote(typed(event.reason)),
      ),
    ],
  };
}
