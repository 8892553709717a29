import type { KnownBlock, RichTextSection } from '@slack/types';
import { stepNumber } from '../../domain/incident/steps.ts';
import type { IncidentProfile } from '../../domain/knowledge/profile.ts';
import type { IncidentSummary } from '../../ports.ts';
import { COMMANDS } from '../ids.ts';
import { actions, linkButton, tapButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { titleLine } from './overview.ts';
import { bold, copyable, date, line, mention, type Part, richText, typed } from './text.ts';
import { STEPS_TOTAL } from './words.ts';

export const INCIDENTS_SHOWN_MAX = 5;
/** A longer line stands there once, for a message holds no five of them. */
const COPIED_CHARACTERS_MAX = 1_000;

export interface ListedIncident {
  readonly summary: IncidentSummary;
  /** Of the root message, where it is known. */
  readonly permalink: string | null;
}

/** The most recent incidents with their buttons, so that nobody has to know an id. */
export function renderIncidentList(options: {
  /** Our own words above the list: `Open in this channel`. */
  readonly heading: string;
  readonly incidents: readonly ListedIncident[];
  /** What to type for one of them, so that nobody types anything twice. */
  readonly lineFor?: ((incidentId: string) => string | null) | undefined;
  readonly startAnother?: boolean | undefined;
}): MessageContent {
  if (options.incidents.length === 0) return renderEmptyList();
  const shown = options.incidents.slice(0, INCIDENTS_SHOWN_MAX);
  const lineOf = options.lineFor ?? (() => null);
  const isLong = (lineOf('RT-…') ?? '').length > COPIED_CHARACTERS_MAX;
  const hidden = options.incidents.length - shown.length;
  return fitMessage({
    text: options.heading,
    blocks: [
      richText(line(options.heading), isLong ? copyLine(lineOf('RT-…')) : null),
      ...shown.flatMap((row) =>
        incidentBlocks(row, isLong ? null : lineOf(row.summary.incidentId)),
      ),
      ...(hidden > 0 ? [richText(line(`and ${hidden} more`))] : []),
      ...(options.startAnother === true
        ? actions(tapButton('open-start-form', { incidentId: null }, { label: 'Start another' }))
        : []),
    ],
  });
}

function renderEmptyList(): MessageContent {
  return fitMessage({
    text: 'No incidents here',
    blocks: [
      richText(line('No incidents here. May it stay like that.')),
      ...actions(tapButton('open-start-form', { incidentId: null })),
    ],
  });
}

/** What it was and what fixed it, for who met it again. */
export function outcomeLines({
  rootCause,
  fix,
}: Pick<IncidentProfile, 'rootCause' | 'fix'>): RichTextSection[] {
  return [
    ...(rootCause === null ? [] : [line(bold('Root cause:'), ' ', typed(rootCause))]),
    ...(fix === null ? [] : [line(bold('Fixed by:'), ' ', typed(fix))]),
  ];
}

function copyLine(text: string | null): RichTextSection | null {
  return text === null ? null : line('To copy: ', copyable(`${COMMANDS.triage} ${text}`));
}

function incidentBlocks(
  { summary, permalink }: ListedIncident,
  typedFor: string | null,
): KnownBlock[] {
  const aim = { incidentId: summary.incidentId };
  const owner: Part = summary.ownerId === null ? 'nobody owns it' : mention(summary.ownerId);
  const where =
    summary.status === 'closed' ? 'closed' : `step ${stepNumber(summary.step)} of ${STEPS_TOTAL}`;
  return [
    richText(
      titleLine(summary),
      line(`${where} · `, owner, ' · opened ', date(summary.openedAtMs)),
      ...outcomeLines(summary.profile),
      copyLine(typedFor),
    ),
    ...actions(
      linkButton(slackLink(permalink), 'Open the thread'),
      tapButton('show-status', aim),
      ...(summary.status === 'open' ? [tapButton('show-menu', aim)] : []),
    ),
  ];
}
