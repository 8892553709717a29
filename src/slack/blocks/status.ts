import type { IncidentBrief } from '../../domain/incident/brief.ts';
import { agoWords } from '../../domain/text/time-words.ts';
import { briefLines } from './brief.ts';
import { actions } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { allButtons } from './incident-buttons.ts';
import type { MessageContent } from './message.ts';
import { titleLine } from './overview.ts';
import { line, richText } from './text.ts';

const BUTTONS_MAX = 4;

/** For one person who comes in late: what it is, where it stands, what was found, what is missing. */
export function renderStatus(brief: IncidentBrief, nowMs: number): MessageContent {
  const { state } = brief;
  return fitMessage({
    text: `${state.incidentId}: where it stands`,
    blocks: [
      richText(
        titleLine(state),
        ...briefLines(brief, 'short'),
        line(`Last activity ${agoWords(state.lastActivityAtMs, nowMs)}.`),
      ),
      ...actions(...allButtons(state).slice(0, BUTTONS_MAX)),
    ],
  });
}
