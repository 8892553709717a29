import type { RichTextSection } from '@slack/types';
import { leadingHypothesis } from '../../domain/incident/hypotheses.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { bold, date, line, mention, typed } from './text.ts';
import { HYPOTHESIS_WORDS, SEVERITY_WORDS, stepRow, stepTitle } from './words.ts';

const TITLE_CHARACTERS_MAX = 150;
const STATEMENT_CHARACTERS_MAX = 300;

/** `🟠 Checkout returns 5xx · RT-7K3F9`. */
export function titleLine(incident: {
  readonly incidentId: string;
  readonly title: string;
  readonly severity: IncidentState['severity'];
}): RichTextSection {
  const { mark, short } = SEVERITY_WORDS[incident.severity];
  const title = typed(incident.title.replaceAll('\n', ' '), TITLE_CHARACTERS_MAX);
  return line(`${mark} `, bold(short), ' ', title, ` · ${incident.incidentId}`);
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

export function leadingLine(state: IncidentState): RichTextSection | null {
  const leading = leadingHypothesis(state);
  if (leading === null) return null;
  const { mark, word } = HYPOTHESIS_WORDS[leading.status];
  const label = leading.status === 'confirmed' ? 'Cause:' : 'Leading hypothesis:';
  return line(
    bold(label),
    ` ${mark} ${leading.number}. `,
    typed(leading.statement, STATEMENT_CHARACTERS_MAX),
    ` (${word}, ${leading.likelihood} likelihood)`,
  );
}
