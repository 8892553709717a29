import type { RichTextList, RichTextSection } from '@slack/types';
import type { IncidentBrief, RuledOut } from '../../domain/incident/brief.ts';
import { hypothesisItem } from './hypothesis-items.ts';
import { nothingLikelihood } from './likelihood-part.ts';
import { actor, bold, date, line, list, mention, type Part, typed } from './text.ts';
import { countOf, HYPOTHESIS_WORDS } from './words.ts';

/** `long` for who takes the incident over, `short` for who wants to know where it stands. */
export type BriefLength = 'long' | 'short';

/** What is shown of each; the thread has the rest. */
export const BRIEF_LIMITS = {
  long: { itemsMax: 8, charactersMax: 500, namesMax: 10 },
  short: { itemsMax: 5, charactersMax: 200, namesMax: 5 },
} as const satisfies Record<BriefLength, object>;

export type Section = RichTextSection | RichTextList | null;

export function openLines({ open, state }: IncidentBrief, length: BriefLength): Section[] {
  const nothing = length === 'long' ? nothingLikelihood(state) : null;
  const rest =
    nothing === null ? [] : [[`0. Nothing that was looked at explains it (${nothing})`] as Part];
  if (open.length + rest.length === 0) {
    return length === 'long' ? [line(bold('Open hypotheses:'), ' none yet')] : [];
  }
  const items = open.map((row) => hypothesisItem(state, row));
  return listOf(countOf(open.length, 'open hypothesis', 'open hypotheses'), items, length, rest);
}

export function ruledOutLines({ ruledOut }: IncidentBrief, length: BriefLength): Section[] {
  return listOf(
    'Ruled out',
    ruledOut.map((row) => ruledOutPart(row, length)),
    length,
  );
}

function ruledOutPart({ hypothesis, last }: RuledOut, length: BriefLength): Part {
  const { charactersMax } = BRIEF_LIMITS[length];
  const why = typed(last?.finding ?? '', charactersMax);
  return [
    `${HYPOTHESIS_WORDS.eliminated.mark} ${hypothesis.number}. `,
    typed(hypothesis.statement, 200),
    why === null ? null : [': ', why],
    last === null || last.concludedBy === null ? null : [' (', actor(last.concludedBy), ')'],
  ];
}

export function nextTestLine({ nextTest }: IncidentBrief, length: BriefLength): Section {
  if (nextTest === null) return null;
  const { hypothesis, test } = nextTest;
  const how = typed(test ?? '', BRIEF_LIMITS[length].charactersMax);
  return line(
    bold('Next test:'),
    ` hypothesis ${hypothesis.number}`,
    how === null ? ', nobody has said how yet' : [': ', how],
  );
}

export function unansweredLines({ unanswered }: IncidentBrief, length: BriefLength): Section[] {
  const items = unanswered.map(
    (row): Part => [
      mention(row.personId),
      ' was asked by ',
      mention(row.askedBy),
      ' ',
      date(row.askedAtMs),
      ': ',
      typed(row.question, 150),
    ],
  );
  return listOf('No answer yet', items, length);
}

export function escalationLines({ escalations }: IncidentBrief, length: BriefLength): Section[] {
  const items = escalations.map(
    (row): Part => [
      typed(row.to, 100),
      ' by ',
      actor(row.by),
      ' ',
      date(row.atMs),
      ': ',
      typed(row.reason, BRIEF_LIMITS[length].charactersMax),
    ],
  );
  return listOf('Escalated to', items.toReversed(), length);
}

export function activeLines({ active }: IncidentBrief): Section[] {
  const items = active.map(
    ({ userId, lastAtMs, eventCount }): Part => [
      mention(userId),
      `, ${countOf(eventCount, 'entry', 'entries')}, last `,
      date(lastAtMs),
    ],
  );
  return listOf('Who was active', items, 'long');
}

/** Nothing at all for an empty list; what does not fit is counted. `last` is always shown. */
function listOf(
  heading: string,
  items: readonly Part[],
  length: BriefLength,
  last: readonly Part[] = [],
): Section[] {
  if (items.length + last.length === 0) return [];
  const shown = items.slice(0, BRIEF_LIMITS[length].itemsMax);
  const hidden = items.length - shown.length;
  const more = hidden > 0 ? [`and ${hidden} more in the thread`] : [];
  return [line(bold(heading)), list([...shown, ...more, ...last])];
}
