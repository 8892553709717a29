import type { HeaderBlock, HomeView, KnownBlock, RichTextSection } from '@slack/types';
import { sameLead } from '../../domain/incident/same-lead.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { stepNumber } from '../../domain/incident/steps.ts';
import { listWords } from '../../domain/text/list-words.ts';
import type { Home } from '../../flows/read-home.ts';
import type { HomeList } from '../../flows/refresh-home.ts';
import type { ConnectionReport, IncidentSummary } from '../../ports.ts';
import { COMMANDS, HOME_ACTIONS } from '../ids.ts';
import { actions, homeButton, linkButton, tapButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { figureBlocks } from './home-figures.ts';
import { outcomeLines } from './incident-list.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { slackLink } from './links.ts';
import { leadingLine, titleLine } from './overview.ts';
import {
  bold,
  date,
  dateMarkup,
  line,
  list,
  mention,
  type Part,
  plain,
  richText,
  typed,
} from './text.ts';
import { STEPS_TOTAL } from './words.ts';

export const HOME_ROWS = { open: 5, documents: 4 } as const satisfies Record<HomeList, number>;

const CONNECTIONS_SHOWN_MAX = 12;
const WORDS_CHARACTERS_MAX = 250;

/** One page of a list that may be longer. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly page: number;
  /** How many follow. */
  readonly laterCount: number;
}

/** The page that was asked for, or the last one when the list has become shorter. */
export function pageOf<Row>(rows: readonly Row[], page: number, size: number): Page<Row> {
  const last = Math.max(0, Math.ceil(rows.length / size) - 1);
  const shown = Math.min(Math.max(0, page), last);
  const from = shown * size;
  const laterCount = Math.max(0, rows.length - from - size);
  return { rows: rows.slice(from, from + size), page: shown, laterCount };
}

/** An open incident, with what only its own record holds. */
export interface ShownIncident {
  readonly summary: IncidentSummary;
  /** Null: it cannot be read just now. */
  readonly state: IncidentState | null;
  readonly permalink: string | null;
}

export interface HomeContent {
  readonly home: Home;
  readonly open: Page<ShownIncident>;
  readonly documents: Page<IncidentSummary>;
  readonly connections: readonly ConnectionReport[];
}

/** What one person sees on the bot's Home tab. */
export function renderHome(content: HomeContent): HomeView {
  const { home, open, documents, connections } = content;
  const blocks: KnownBlock[] = [
    ...membershipBlocks(home),
    header('Open incidents'),
    ...(open.rows.length === 0 ? [richText(line(nothingOpen()))] : []),
    ...open.rows.flatMap((row) => incidentBlocks(row, open.rows, home.userId)),
    ...pageBlocks('open', open),
    header('Recent documents'),
    ...(documents.rows.length === 0 ? [richText(line(NO_DOCUMENTS))] : []),
    ...documents.rows.flatMap(documentBlocks),
    ...pageBlocks('documents', documents),
    header('The last 30 days'),
    ...figureBlocks(home.figures, home.weeks),
    header('My connections'),
    richText(...connectionLists(connections)),
    smallPrint(home),
  ];
  return { type: 'home', blocks: [...fitMessage({ text: '', blocks }).blocks] };
}

const NO_DOCUMENTS =
  'None yet. When an incident is closed, its record is written and found again here.';

function nothingOpen(): string {
  return `None in the channels that you and I are in. ${COMMANDS.triage} in a channel starts one.`;
}

function membershipBlocks({ channelIds }: Home): KnownBlock[] {
  if (channelIds !== null) return [];
  const words =
    'Slack does not tell me just now which channels you are in, so I show only incidents that you own or opened. Open this tab again in a minute.';
  return [richText(line('⚠️ ', words))];
}

function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, BLOCK_LIMITS.headerCharactersMax) };
}

function incidentBlocks(
  { summary, state, permalink }: ShownIncident,
  shown: readonly ShownIncident[],
  userId: string,
): KnownBlock[] {
  const aim = { incidentId: summary.incidentId };
  const { ownerId } = summary;
  const step = `step ${stepNumber(summary.step)} of ${STEPS_TOTAL}`;
  return [
    richText(
      titleLine(summary),
      line(ownerPart(ownerId, userId), ` · ${step} · opened `, date(summary.openedAtMs)),
      state === null ? null : leadingLine(state),
      state === null ? null : sameLeadLine(state, shown),
    ),
    ...actions(
      linkButton(slackLink(permalink), 'Open the thread'),
      ownerId === null ? tapButton('take-ownership', aim, { style: 'primary' }) : null,
      tapButton('show-status', aim),
    ),
  ];
}

function sameLeadLine(
  state: IncidentState,
  shown: readonly ShownIncident[],
): RichTextSection | null {
  const others = sameLead(
    state,
    shown.flatMap((row) => row.state ?? []),
  );
  return others.length === 0 ? null : line(`🔗 The same change leads in ${listWords(others)}`);
}

function ownerPart(ownerId: string | null, userId: string): Part {
  if (ownerId === null) return 'nobody owns it';
  return ownerId === userId ? bold('yours') : mention(ownerId);
}

function documentBlocks(summary: IncidentSummary): KnownBlock[] {
  const { profile } = summary;
  const known = outcomeLines(profile);
  return [
    richText(
      titleLine(summary),
      line('closed', profile.closedAtMs === null ? null : [' ', date(profile.closedAtMs)]),
      ...(known.length > 0 ? known : [line('Its cause and its fix were not written down.')]),
    ),
    ...actions(linkButton(slackLink(profile.documentLink), 'Read the document')),
  ];
}

function pageBlocks(list: HomeList, { page, laterCount }: Page<unknown>): KnownBlock[] {
  const atPage = (next: number) => `${list}|${next}`;
  const next =
    laterCount === 0
      ? null
      : homeButton(HOME_ACTIONS.next, `and ${laterCount} more`, atPage(page + 1));
  const back = page === 0 ? null : homeButton(HOME_ACTIONS.back, 'Back', atPage(page - 1));
  return actions(back, next);
}

const STATE_MARKS = { works: '✅', trouble: '⚠️', idle: '▫️' } as const satisfies Record<
  ConnectionReport['state'],
  string
>;

/** Trouble first: it must not be what is left out. */
function connectionLists(connections: readonly ConnectionReport[]) {
  const sorted = connections.toSorted(
    (a, b) => Number(b.state === 'trouble') - Number(a.state === 'trouble'),
  );
  const shown = sorted.slice(0, CONNECTIONS_SHOWN_MAX).map(connectionItem);
  const hidden = sorted.length - shown.length;
  return [list(hidden > 0 ? [...shown, `and ${hidden} more`] : shown)];
}

function connectionItem({ state, name, words, atMs }: ConnectionReport): Part {
  return [
    `${STATE_MARKS[state]} `,
    bold(name),
    ': ',
    typed(words, WORDS_CHARACTERS_MAX),
    atMs === null ? null : [', ', date(atMs)],
  ];
}

function smallPrint({ atMs, isPartial }: Home): KnownBlock {
  const partial = isPartial ? ' There are more than I look through: the oldest are left out.' : '';
  const text = `As of ${dateMarkup(atMs)}. Only incidents of channels that you are in, and your own. Figures count incidents from the day they were opened.${partial}`;
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}
