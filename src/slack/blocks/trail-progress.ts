import { actions, tapButton } from './buttons.ts';
import type { MessageContent } from './message.ts';
import { line, quote, richText, typed } from './text.ts';

const QUESTION_CHARACTERS_MAX = 300;

/** That a lookup is still running, how far it is, and the way to end it. */
export function renderTrailProgress(lookup: {
  readonly question: string;
  readonly answerId: string;
  readonly incidentId: string | null;
  /** How far it is; null before the first page. */
  readonly progress: string | null;
}): MessageContent {
  const { question, answerId, incidentId, progress } = lookup;
  const aim = { incidentId, itemId: answerId };
  return {
    text: 'Still looking',
    blocks: [
      richText(
        line('⏳ ', typed(progress ?? 'Looking …', QUESTION_CHARACTERS_MAX)),
        quote(typed(question, QUESTION_CHARACTERS_MAX)),
      ),
      ...(answerId === '' ? [] : actions(tapButton('cancel-lookup', aim))),
    ],
  };
}
