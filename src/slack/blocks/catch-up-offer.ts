import type { IncidentState } from '../../domain/incident/state.ts';
import { actions, aimAt, tapButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import type { MessageContent } from './message.ts';
import { ownerLine, titleLine } from './overview.ts';
import { line, richText } from './text.ts';
import { stepTitle } from './words.ts';

/** For one person who has just come in: it can be read in a minute, and nobody else has to tell it. */
export function renderCatchUpOffer(state: IncidentState): MessageContent {
  return fitMessage({
    text: `${state.incidentId}: you come in later; here is where it stands`,
    blocks: [
      richText(
        line('👋 You come in later. This thread is about:'),
        titleLine(state),
        ownerLine(state.ownerId),
        line(`${stepTitle(state.step)}. What was found until now is one tap away:`),
      ),
      ...actions(tapButton('show-status', aimAt(state), { style: 'primary' })),
    ],
  });
}
