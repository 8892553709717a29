import type { KnownBlock, RichTextElement, RichTextSection } from '@slack/types';
import { type FormatContext, formatWhen } from '../../domain/time/format-when.ts';
import type { TrailAnswer, TrailLead } from '../../domain/trail/answer.ts';
import { type Burst, burstOf, foldBursts } from '../../domain/trail/bursts.ts';
import type { CredentialChain } from '../../domain/trail/chain.ts';
import { CHANNEL_WORDS, KIND_WORDS, mfaWords } from '../../domain/trail/circumstance-words.ts';
import type { EndedBy } from '../../domain/trail/cut-short.ts';
import { normaliseEventName } from '../../domain/trail/event-name.ts';
import { CONFIDENCE_WORDS, plainReason } from '../../domain/trail/identity-words.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { tellingDetails } from '../../domain/trail/telling-names.ts';
import { MATCHES_PER_PAGE } from '../../flows/answer-trail.ts';
import { coverageBlocks, failureLines } from './coverage-text.ts';
import { countCharacters } from './fit-text.ts';
import { BLOCK_LIMITS } from './limits.ts';
import type { MessageContent } from './message.ts';
import { bold, line, list, type Part, plain, richText, show, typed } from './text.ts';
import { answerButtons, pageButtons } from './trail-buttons.ts';
import { doingParts, refusalPart } from './trail-items.ts';
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
const DETAILS_SHOWN_MAX = 4;
const NAMES_SHOWN_MAX = 3;
const UNDERSTOOD_CHARACTERS_MAX = 600;

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
  const count = countOf(coverage.recordCount, 'call');
  const text =
    lead === null ? 'No answer in what was checked' : `Found who did it: ${count} in all`;
  // What failed is told apart from what was done, also where a question is about both.
  const groups = {
    others: foldBursts(answer.others.flatMap(({ records }) => records)),
    attempts: foldBursts(answer.attempts.flatMap(({ records }) => records)),
  };
  // Slack refuses long messages; what the answer rests on must not be what is cut.
  const size = PAGE_SIZES.find((size) => fits(answer, groups, context, size)) ?? 0;
  return { text, blocks: renderBlocks(answer, groups, context, size) };
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
  return [
    richText(
      context.endedBy === 'itself' ? null : line(ENDED_WORDS[context.endedBy]),
      ...(lead === null || !isFirst ? [] : leadLines(lead, answer.chain, context)),
      isFirst ? null : line('Other matches of ', typed(answer.question, UNDERSTOOD_CHARACTERS_MAX)),
      notFound === null ? null : line('🔎 ', typed(notFound)),
      ...failureLines(coverage),
    ),
    ...groupBlocks('Also', groups.others, pages, context),
    ...groupBlocks('Failed attempts', groups.attempts, pages, context),
    understoodBlock(answer),
    ...coverageBlocks({ ...coverage, query: '' }),
    ...buttons(answer, pages, context),
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

function buttons(answer: TrailAnswer, pages: Pages, context: TrailAnswerContext): KnownBlock[] {
  const { answerId, page: asked } = context;
  if (answerId === null) return [];
  const aim = { ...context, answerId };
  if (asked === 0) return answerButtons(answer.lead, aim, pages.hasMore);
  return pageButtons(aim, { asked, shown: pages.page, hasMore: pages.hasMore });
}

function leadLines(
  lead: TrailLead,
  chain: CredentialChain | null,
  context: TrailAnswerContext,
): RichTextSection[] {
  return [
    line('👤 ', strong(show(lead.who.label)), ' ', ...actionParts(lead)),
    line(`${formatWhen(lead.atMs, context)} · `, ...circumstances(lead)),
    line('Sure who? ', bold(CONFIDENCE_WORDS[lead.who.confidence]), identityWords(lead)),
    ...(chain === null ? [] : chainLines(chain, lead)),
    ...detailLines(lead.record),
  ];
}

/** "through role A ← role B ← person": from the credentials used back to where they came from. */
function chainLines({ links, sentence }: CredentialChain, { who }: TrailLead): RichTextSection[] {
  const holders = links.filter(({ label }, index) => label !== links[index - 1]?.label);
  const isSure = who.confidence === 'high' || who.confidence === 'certain';
  const parts = holders.map(
    ({ label, roleName }, index): Part => [
      index === 0 ? '' : ' ← ',
      roleName !== null && label.startsWith(roleName) ? 'role ' : '',
      show(label),
    ],
  );
  return [
    ...(holders.length > 1 ? [line('🔗 through ', ...parts)] : []),
    ...(sentence === null || isSure ? [] : [line(typed(sentence))]),
  ];
}

/** The real name of the call stays in brackets behind the plain words. */
function actionParts({ record, failed }: TrailLead): Part[] {
  const burst = burstOf({ records: [record] });
  const isPlain = burst.doings.every((doing) => doing.isPlain);
  return [
    ...doingParts(burst, tellingDetails(record).slice(0, DETAILS_SHOWN_MAX)),
    isPlain ? ` (${normaliseEventName(record.eventName)})` : null,
    failed ? refusalPart(record) : null,
  ];
}

function circumstances(lead: TrailLead): Part[] {
  const { accountId } = lead.record;
  const mfa = mfaWords(lead.mfa, lead.who.kind);
  return [
    ...(lead.sourceAddress === null ? [] : ['from ', show(lead.sourceAddress), ' · ']),
    CHANNEL_WORDS[lead.channel],
    mfa === null ? null : ` · ${mfa}`,
    ` · ${lead.region}`,
    accountId === null ? null : ` · account ${accountId}`,
  ];
}

/** `: signed in through …`; what is not a person is named first. */
function identityWords({ who }: TrailLead): string {
  const kind = who.kind === 'human' ? '' : `, ${KIND_WORDS[who.kind]}`;
  return `${kind}: ${plainReason(who.reason)}`;
}

function detailLines(record: TrailRecord): RichTextSection[] {
  const details = tellingDetails(record);
  if (details.length === 0) return [];
  const shown = details.slice(0, DETAILS_SHOWN_MAX);
  return [
    line(
      ...shown.map(
        ({ label, value }, index): Part => [
          index === 0 ? '' : ' · ',
          typed(label, 60),
          ' ',
          show(value),
        ],
      ),
    ),
  ];
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

function strong(element: RichTextElement): RichTextElement {
  return element.type === 'text'
    ? { ...element, style: { ...element.style, bold: true } }
    : element;
}
