import type { KnownBlock } from '@slack/types';
import type { Coverage } from '../../domain/coverage.ts';
import { type FormatContext, formatWhen } from '../../domain/time/format-when.ts';
import type { TrailAnswer } from '../../domain/trail/answer.ts';
import { type Burst, foldBursts } from '../../domain/trail/bursts.ts';
import { KIND_WORDS } from '../../domain/trail/circumstance-words.ts';
import type { EndedBy } from '../../domain/trail/cut-short.ts';
import { CONFIDENCE_WORDS } from '../../domain/trail/identity-words.ts';
import { MATCHES_PER_PAGE } from '../../flows/answer-trail.ts';
import { coverageBlocks, failureLines } from './coverage-text.ts';
import { countCharacters } from './fit-text.ts';
import { BLOCK_LIMITS } from './limits.ts';
import type { MessageContent } from './message.ts';
import { recordExplanation } from './record-explanation.ts';
import { bold, date, line, list, type Part, plain, richText, show, typed } from './text.ts';
import { answerButtons, pageButtons } from './trail-buttons.ts';
import { doingParts, refusalPart } from './trail-items.ts';
import { answerLines } from './trail-lead.ts';
import { countOf } from './words.ts';

export interface TrailAnswerContext extends FormatContext {
  /** The session it was asked in: the answer can be attached there. */
  readonly incidentId: string | null;
  /** The AWS console of the partition; null: no link. */
  readonly consoleUrl: string | null;
  /** Null for an answer that everybody sees: it has no buttons. */
  readonly answerId: string | null;
  /** Pages of other matches; 0 is the one with the answer. */
  readonly page: number;
  readonly endedBy: EndedBy;
}

/** Bursts on a page; as many as fit into one message, tried in this order. */
const PAGE_SIZES = [8, 4, 2, 1] as const;
const _DETAILS_SHOWN_MAX = 4;
const NAMES_SHOWN_MAX = 3;
const UNDERSTOOD_CHARACTERS_MAX = 600;
const ASSUMERS_SHOWN_MAX = 8;

const ENDED_WORDS = {
  person: '✋ You cancelled this before it was through. Found until then:',
  'time-limit': '⏱️ This took too long, so I stopped. Found until then:',
} as const satisfies Record<Exclude<EndedBy, 'itself'>, string>;

/** The other matches, cut into pages. */
interface Pages {
  readonly size: number;
  /** Counted from 0, and there: with fewer bursts than thought the last one. */
  readonly page: number;
  readonly hasMore: boolean;
}

/** The sentence that answers first, then the other calls, then what the answer rests on. */
export function renderTrailAnswer(
  answer: TrailAnswer,
  context: TrailAnswerContext,
): MessageContent {
  const { lead, coverage } = answer;
  const text = lead === null ? 'No answer in what was checked' : foundWords(coverage);
  // What failed is told apart from what was done, also where a question is about both.
  const groups = {
    others: foldBursts(answer.others.flatMap(({ records }) => records)),
    attempts: foldBursts(answer.attempts.flatMap(({ records }) => records)),
  };
  // Slack refuses long messages; what the answer rests on must not be what is cut.
  const size = PAGE_SIZES.find((size) => fits(answer, groups, context, size)) ?? 0;
  return { text, blocks: renderBlocks(answer, groups, context, size) };
}

/** A reading that was cut short counted only what it came to. */
function foundWords({ recordCount, targets }: Coverage): string {
  return targets.some(({ truncated }) => truncated)
    ? 'Found who did it; there are more calls'
    : `Found who did it: ${countOf(recordCount, 'call')} in all`;
}

/** Also the pages before this one, so that each begins where the one before it ended. */
function fits(
  answer: TrailAnswer,
  groups: Groups,
  context: TrailAnswerContext,
  size: number,
): boolean {
  const pages = Array.from({ length: context.page + 1 }, (_, page) => page);
  return pages.every((page) => {
    const blocks = renderBlocks(answer, groups, { ...context, page }, size);
    return countCharacters(blocks) <= BLOCK_LIMITS.messageCharactersMax;
  });
}

interface Groups {
  readonly others: readonly Burst[];
  readonly attempts: readonly Burst[];
}

function renderBlocks(
  answer: TrailAnswer,
  groups: Groups,
  context: TrailAnswerContext,
  size: number,
): KnownBlock[] {
  const { lead, notFound, coverage } = answer;
  const pages = pagesOf(answer, groups, context, size);
  const isFirst = pages.page === 0 && context.page === 0;
  const told = [
    context.endedBy === 'itself' ? null : line(ENDED_WORDS[context.endedBy]),
    ...(lead === null || !isFirst ? [] : answerLines(answer, lead, context)),
    isFirst ? null : line('Other matches of ', typed(answer.question, UNDERSTOOD_CHARACTERS_MAX)),
    notFound === null ? null : line('🔎 ', typed(notFound)),
    ...failureLines(coverage),
  ].filter((row) => row !== null);
  return [
    ...(lead !== null && answer.explains && isFirst ? [recordExplanation(lead.record)] : []),
    ...(told.length === 0 ? [] : [richText(...told)]),
    ...(answer.assumedBy === undefined
      ? groupBlocks('Also', groups.others, pages, context)
      : assumerBlocks(answer.assumedBy)),
    ...groupBlocks('Failed attempts', groups.attempts, pages, context),
    understoodBlock(answer),
    ...leftOutBlocks(answer),
    ...coverageBlocks({ ...coverage, query: '' }),
    ...buttons(answer, pages, context),
  ];
}

/** Everybody who began a session of a role; who did so most often comes first. */
function assumerBlocks(assumers: NonNullable<TrailAnswer['assumedBy']>): KnownBlock[] {
  if (assumers.length === 0) return [];
  const [shown, hidden] = [
    assumers.slice(0, ASSUMERS_SHOWN_MAX),
    assumers.length - ASSUMERS_SHOWN_MAX,
  ];
  const items = shown.map(
    ({ label, kind, confidence, sessionCount, lastAtMs }): Part => [
      show(label),
      kind === 'human' ? '' : ` (${KIND_WORDS[kind]})`,
      ` · ${countOf(sessionCount, 'session')}, the last `,
      date(lastAtMs),
      ` · sure: ${CONFIDENCE_WORDS[confidence].toLowerCase()}`,
    ],
  );
  return [
    richText(
      line(bold('Who assumed this role')),
      list(items),
      hidden > 0 ? line(`and ${hidden} more`) : null,
    ),
  ];
}

function pagesOf(
  { coverage }: TrailAnswer,
  { others, attempts }: Groups,
  { page: asked }: TrailAnswerContext,
  size: number,
): Pages {
  const last = Math.ceil(Math.max(others.length, attempts.length, 1) / Math.max(size, 1)) - 1;
  const page = Math.min(asked, last);
  // Reading stopped because there was enough for this page: the next one reads on.
  const isEnough = coverage.recordCount >= MATCHES_PER_PAGE * (asked + 1);
  const readsOn = isEnough && coverage.targets.some(({ truncated }) => truncated);
  return { size, page, hasMore: page < last || readsOn };
}

/** How the question was read, so that a misreading shows. */
function understoodBlock({ understood, matchedBy, sourceReason }: TrailAnswer): KnownBlock {
  const by = matchedBy === null ? '' : ` · found by ${matchedBy}`;
  const why = sourceReason === null ? '' : ` · ${sourceReason}`;
  const text = plain(`Understood: ${understood}${by}${why}`, UNDERSTOOD_CHARACTERS_MAX);
  return { type: 'context', elements: [text] };
}

function leftOutBlocks({ leftOut }: TrailAnswer): KnownBlock[] {
  return leftOut === null
    ? []
    : [{ type: 'context', elements: [plain(leftOut, UNDERSTOOD_CHARACTERS_MAX)] }];
}

function buttons(answer: TrailAnswer, pages: Pages, context: TrailAnswerContext): KnownBlock[] {
  const { answerId, page: asked } = context;
  if (answerId === null) return [];
  const aim = { ...context, answerId };
  if (asked === 0) return answerButtons(answer.lead, aim, pages.hasMore);
  return pageButtons(aim, { asked, shown: pages.page, hasMore: pages.hasMore });
}

function groupBlocks(
  heading: string,
  bursts: readonly Burst[],
  { page, size }: Pages,
  context: FormatContext,
): KnownBlock[] {
  const from = page * size;
  const shown = bursts.slice(from, from + size);
  if (bursts.length === 0 || (shown.length === 0 && size > 0)) return [];
  if (shown.length === 0) return [richText(line(bold(heading), `: ${bursts.length} more`))];
  const isWhole = shown.length === bursts.length;
  const which = isWhole ? null : ` · ${from + 1}–${from + shown.length} of ${bursts.length}`;
  const items = list(shown.map((burst) => groupItem(burst, context)));
  return [richText(line(bold(heading), which), items)];
}

function groupItem(burst: Burst, context: FormatContext): Part {
  const { newest, doings, eventNames, count } = burst;
  const told = [
    ...(doings.some(({ isPlain }) => isPlain) ? [eventNames.slice(0, NAMES_SHOWN_MAX)] : []),
    ...(doings.length === 1 ? [] : [`${count} calls`]),
  ].flat();
  return [
    `${formatWhen(newest.atMs, context)} `,
    show(newest.principal.label),
    ' ',
    ...doingParts(burst),
    told.length === 0 ? null : ` (${told.join(', ')})`,
    refusalPart(newest),
  ];
}
