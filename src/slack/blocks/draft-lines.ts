import type { Button, RichTextList, RichTextSection } from '@slack/types';
import { isUndecided } from '../../domain/incident/incident-alarms.ts';
import { draftIdOf, draftProblem, type ProblemDraft } from '../../domain/incident/problem-draft.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { aimAt, tapButton } from './buttons.ts';
import { bold, line, list, typed } from './text.ts';

/** Something that an alarm shows, as long as nobody has stated the problem. */
function offeredDraft(state: IncidentState): ProblemDraft | null {
  if (state.status !== 'open' || state.step !== 'identify' || state.problem !== null) return null;
  const draft = draftProblem(state);
  return draft.isMeasured ? draft : null;
}

/** What the button next to it would state. */
export function draftLines(state: IncidentState): (RichTextSection | RichTextList)[] {
  const draft = offeredDraft(state);
  if (draft === null) return [];
  const { symptoms, affected, recentChanges } = draft;
  const items = [
    ...symptoms.map((text) => typed(text)),
    ...affected.map((text) => [bold('Affected: '), typed(text)]),
    ...recentChanges.map((text) => [bold('Changed recently: '), typed(text)]),
  ];
  return [line(bold('What is known so far:')), list(items)];
}

/** One tap on a phone; the form has the same texts, to be changed. */
export function stateDraftedButton(state: IncidentState): Button | null {
  // Whether it is an incident at all comes first.
  const draft = isUndecided(state) ? null : offeredDraft(state);
  return draft === null ? null : tapButton('state-drafted', aimAt(state, draftIdOf(draft)));
}
