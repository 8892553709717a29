import { isUndecided } from '../../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { agoWords } from '../../domain/text/time-words.ts';
import { fitMessage } from './fit-message.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { actor, line, link, type Part, richText, sentenceToRichText } from './text.ts';

/** Another open incident of the channel that may be about the same. */
export interface OpenedBefore {
  readonly state: IncidentState;
  readonly why: 'same-alarm' | 'just-now';
  /** To its card; null: Slack gives none. */
  readonly permalink: string | null;
}

/** For whoever has opened an incident: that it is there, and what may be the same. */
export function renderOpened(
  { incidentId, sentence }: { readonly incidentId: string; readonly sentence: string },
  other: OpenedBefore | null,
  nowMs: number,
): MessageContent {
  return fitMessage({
    text: `${incidentId} is open`,
    blocks: [
      richText(
        line(sentenceToRichText(sentence)),
        other === null ? null : line('⚠️ ', ...otherParts(other, nowMs)),
      ),
    ],
  });
}

function otherParts({ state, why, permalink }: OpenedBefore, nowMs: number): readonly Part[] {
  const { openedBy, openedAtMs } = state;
  const forWhat = why === 'same-alarm' ? ', for the same alarm' : '';
  const next = isUndecided(state)
    ? 'If it is the same trouble, tap Merge there: it becomes part of this one.'
    : 'If it is the same trouble, go on there and close this one.';
  return [
    link(slackLink(permalink), state.incidentId),
    ' was opened here by ',
    openedBy.kind === 'bot' ? 'an alarm' : actor(openedBy),
    ` ${agoWords(openedAtMs, nowMs)}${forWhat}. ${next}`,
  ];
}
