import type { IncidentState } from '../../domain/incident/state.ts';
import { AWS_SUPPORT } from '../ids.ts';
import { actions, aimAt, formButton, linkButton, tapButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { menuButtons } from './incident-buttons.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { ownerLine, stepLines, titleLine } from './overview.ts';
import { line, richText, sentenceToRichText } from './text.ts';

/** Everything that can be done now with the one incident that is open here. */
export function renderMenu(options: {
  readonly state: IncidentState;
  /** Of the root message, where it is known. */
  readonly permalink: string | null;
}): MessageContent {
  const { state } = options;
  const rows = menuButtons(state);
  return fitMessage({
    text: `${state.incidentId}: what you can do now`,
    blocks: [
      richText(titleLine(state), ownerLine(state.ownerId), ...stepLines(state)),
      ...rows.slice(0, -1).flatMap((row) => actions(...row)),
      ...actions(
        linkButton(slackLink(options.permalink), 'Open the thread'),
        tapButton('show-status', aimAt(state)),
        tapButton('open-start-form', aimAt(state), { label: 'Start another' }),
        state.status === 'open'
          ? formButton('escalation', aimAt(state, AWS_SUPPORT), { label: 'Ask AWS Support' })
          : null,
      ),
      ...actions(...(rows.at(-1) ?? [])),
    ],
  });
}

/** No incident is open here: the one thing to do is to start one. */
export function renderEmptyMenu(
  /** Sentences about those that were here, with channels as `<#C123>`. */
  movedAway: readonly string[] = [],
): MessageContent {
  return fitMessage({
    text: 'No incident is open here',
    blocks: [
      richText(
        line('No incident is open in this channel.'),
        ...movedAway.map((sentence) => line(sentenceToRichText(sentence))),
      ),
      ...actions(tapButton('open-start-form', { incidentId: null }, { style: 'primary' })),
    ],
  });
}
