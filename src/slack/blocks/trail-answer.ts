import type { KnownBlock, RichTextElement, RichTextSection } from '@slack/types';
import { type FormatContext, formatWhen } from '../../domain/time/format-when.ts';
import type { CallGroup, TrailAnswer, TrailLead } from '../../domain/trail/answer.ts';
import { type Burst, burstOf, foldBursts } from '../../domain/trail/bursts.ts';
import type { CredentialChain } from '../../domain/trail/chain.ts';
import { CHANNEL_WORDS, KIND_WORDS, mfaWords } from '../../domain/trail/circumstance-words.ts';
import { normaliseEventName } from '../../domain/trail/event-name.ts';
import { CONFIDENCE_WORDS, plainReason } from '../../domain/trail/identity-words.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { tellingDetails } from '../../domain/trail/telling-names.ts';
import { decodeTarget, encodeTarget } from '../ids.ts';
import { actions, linkButton, tapButton } from './buttons.ts';
import { coverageBlocks, failureLines } from './coverage-text.ts';
import { countCharacters } from './fit-text.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { recordLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { bold, line, list, type Part, richText, show, typed } from './text.ts';
import { doingParts, refusalPart } from './trail-items.ts';
import { countOf } from './words.ts';

export interface TrailAnswerContext extends FormatContext {
  /** The session it was asked in: the answer can be attached there. */
  readonly incidentId: string | null;
  /** The AWS console of the partition; null: no link. */
  readonly consoleUrl: string | null;
  /** False for an answer that everybody sees already. */
  readonly withButtons: boolean;
}

/** As many as fit into one message, tried in this order. */
const GROUPS_SHOWN_MAX = [8, 4, 2, 1] as const;
const DETAILS_SHOWN_MAX = 4;
const NAMES_SHOWN_MAX = 3;

/** The sentence that answers first, then the other calls, then what the answer rests on. */
export function renderTrailAnswer(
  answer: TrailAnswer,
  context: TrailAnswerContext,
): MessageContent {
  const { lead, coverage } = answer;
  const count = countOf(coverage.recordCount, 'call');
  const text =
    lead === null ? 'No answer in what was checked' : `Found who did it: ${count} in all`;
  // Slack refuses long messages; what the answer rests on must not be what is cut.
  const attempts = GROUPS_SHOWN_MAX.map((shownMax) => renderBlocks(answer, context, shownMax));
  const fits = attempts.find(
    (blocks) => countCharacters(blocks) <= BLOCK_LIMITS.messageCharactersMax,
  );
  return { text, blocks: fits ?? renderBlocks(answer, context, 0) };
}

function renderBlocks(
  answer: TrailAnswer,
  context: TrailAnswerContext,
  shownMax: number,
): KnownBlock[] {
  const { lead, notFound, coverage } = answer;
  return [
    richText(
      ...(lead === null ? [] : leadLines(lead, answer.chain, context)),
      notFound === null ? null : line('🔎 ', typed(notFound)),
      ...failureLines(coverage),
    ),
    ...groupBlocks('Also', answer.others, shownMax, context),
    ...groupBlocks('Failed attempts', answer.attempts, shownMax, context),
    ...coverageBlocks(coverage),
    ...(lead !== null && context.withButtons ? buttons(lead, context) : []),
  ];
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
  groups: readonly CallGroup[],
  shownMax: number,
  context: FormatContext,
): KnownBlock[] {
  if (groups.length === 0) return [];
  // What failed is told apart from what was done, also where a question is about both.
  const bursts = foldBursts(groups.flatMap(({ records }) => records));
  const shown = bursts.slice(0, shownMax);
  const hidden = bursts.length - shown.length;
  if (shown.length === 0) return [richText(line(bold(heading), `: ${hidden} more`))];
  const items = list(shown.map((burst) => groupItem(burst, context)));
  return [richText(line(bold(heading)), items, hidden > 0 ? line(`and ${hidden} more`) : null)];
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

/** Temporary credentials are one session; a long-term key's calls of weeks are no session. */
function isSession(keyId: string | null): keyId is string {
  return keyId !== null && /^ASIA[A-Z0-9]{12,40}$/.test(keyId);
}

/** An event id that does not fit into a button's value gives no buttons, never broken ones. */
function buttons(lead: TrailLead, { incidentId, consoleUrl }: TrailAnswerContext): KnownBlock[] {
  const keyId = lead.record.accessKeyId;
  const aim = { incidentId, itemId: lead.record.eventId };
  if (decodeTarget(encodeTarget(aim)) === null) return [];
  return actions(
    tapButton('share-trail', aim),
    incidentId === null ? null : tapButton('attach-trail', aim),
    isSession(keyId) ? tapButton('whole-session', { incidentId, itemId: keyId }) : null,
    linkButton(recordLink(consoleUrl, lead.record), 'Open in the console'),
  );
}
