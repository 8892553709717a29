import type { RichTextSection } from '@slack/types';
import { leadingExplanation } from '../../domain/incident/leading-explanation.ts';
import type { Hypothesis, IncidentState } from '../../domain/incident/state.ts';
import { hypothesisItem } from './hypothesis-items.ts';
import { nothingLikelihood, standingPart } from './likelihood-part.ts';
import { basisParts } from './ranking-lines.ts';
import { bold, bolded, date, line, mention, type Part, typed } from './text.ts';
import { DRILL, HYPOTHESIS_WORDS, SEVERITY_WORDS, stepRow, stepTitle } from './words.ts';

const TITLE_CHARACTERS_MAX = 150;
const STATEMENT_CHARACTERS_MAX = 300;

/** `🟠 Checkout returns 5xx · RT-7K3F9`. */
export function titleLine(incident: {
  readonly incidentId: string;
  readonly title: string;
  readonly severity: IncidentState['severity'];
  readonly isDrill: boolean;
}): RichTextSection {
  const { mark, short } = SEVERITY_WORDS[incident.severity];
  const title = typed(incident.title.replaceAll('\n', ' '), TITLE_CHARACTERS_MAX);
  const drill = incident.isDrill ? [' ', bold(DRILL)] : null;
  return line(`${mark} `, bold(short), drill, ' ', title, ` · ${incident.incidentId}`);
}

export function ownerLine(ownerId: string | null): RichTextSection {
  return line(bold('Owner:'), ' ', ownerId === null ? 'nobody yet' : mention(ownerId));
}

/** Where it stands and what is asked next. */
export function stepLines(state: IncidentState): RichTextSection[] {
  if (state.status === 'closed') {
    return [line(bold('Closed'), state.closure === null ? null : [' ', date(state.closure.atMs)])];
  }
  return [line(bold(stepTitle(state.step)), '. ', stepRow(state.step).question)];
}

/** What explains it best so far; that nothing does is said as plainly as a cause. */
export function leadingLine(state: IncidentState): RichTextSection | null {
  const leading = leadingExplanation(state);
  if (leading === null) return null;
  if (leading.kind === 'nothing') return nothingLine(state, leading.next);
  const row = leading.hypothesis;
  const soFar = state.ranking?.isPartial === true ? ' so far' : '';
  const label: Part =
    row.status === 'confirmed'
      ? 'Cause:'
      : [`Leading hypothesis${soFar} (`, standingPart(state, row), '):'];
  return line(
    bolded(label),
    ` ${HYPOTHESIS_WORDS[row.status].mark} ${row.number}. `,
    typed(row.statement, STATEMENT_CHARACTERS_MAX),
  );
}

function nothingLine(state: IncidentState, next: Hypothesis | null): RichTextSection {
  const { ranking } = state;
  return line(
    bold('Nothing on record explains it so far'),
    ` (${nothingLikelihood(state)})`,
    ranking === null ? null : ['. Read: ', basisParts(ranking)],
    next === null ? null : ['. Next best: ', hypothesisItem(state, next)],
  );
}
