import type { KnownBlock, RichTextSection } from '@slack/types';
import type { IncidentState, RecalledIncident } from '../../domain/incident/state.ts';
import { actions, linkButton, tapButton } from './buttons.ts';
import { outcomeLines } from './incident-list.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { actor, bold, date, line, type Part, richText, typed } from './text.ts';
import { countOf, notification } from './words.ts';

/** Earlier incidents that look like this one, each with what it was and what fixed it. */
export function renderSimilar(state: IncidentState): MessageContent {
  const shown = state.similar.filter(({ dismissed }) => dismissed === null);
  const dismissed = state.similar.filter((row) => row.dismissed !== null);
  return {
    text: notification(state, `${countOf(shown.length, 'earlier incident')} like this one`),
    blocks: [
      richText(
        line('🗂️ ', bold('It looks like')),
        ...(shown.length === 0 ? [line('nothing on record any more.')] : []),
      ),
      ...shown.flatMap((row) => similarBlocks(state, row)),
      ...(dismissed.length === 0
        ? []
        : [richText(...dismissed.map((row) => line(asideWords(row))))]),
    ],
  };
}

function similarBlocks(state: IncidentState, row: RecalledIncident): KnownBlock[] {
  return [
    richText(
      line(bold(row.incidentId), ' ', typed(row.title), ' · ', date(row.openedAtMs)),
      line('Why: ', typed(row.reasons.join('; '))),
      ...(row.isOpen ? [line(bold('Open now'), ', too: it may be the same trouble.')] : []),
      ...knownLines(row),
    ),
    ...actions(
      linkButton(slackLink(row.documentLink), 'Read the document'),
      tapButton('show-status', { incidentId: row.incidentId }, { label: 'Look at it' }),
      state.status === 'open'
        ? tapButton('dismiss-similar', { incidentId: state.incidentId, itemId: row.incidentId })
        : null,
    ),
  ];
}

function knownLines(row: RecalledIncident): RichTextSection[] {
  const known = outcomeLines(row);
  if (known.length > 0 || row.isOpen) return known;
  return [line('Its cause and its fix were not written down.')];
}

function asideWords({ incidentId, dismissed }: RecalledIncident): Part {
  return ['Set aside: ', incidentId, ', by ', actor(dismissed?.by ?? null)];
}
