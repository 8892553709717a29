import type { IncidentState } from '../../domain/incident/state.ts';
import { actions, linkButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { line, richText } from './text.ts';

const SENTENCE =
  'The document in the thread tells everything that is on the record: nothing has changed since.';

/** Nothing to write: the way to what is written. */
export function renderDocumentCurrent({
  publication,
}: Pick<IncidentState, 'publication'>): MessageContent {
  const url = slackLink(publication?.permalink ?? null);
  return fitMessage({
    text: SENTENCE,
    blocks: [richText(line(SENTENCE)), ...actions(linkButton(url, 'Read the document'))],
  });
}
