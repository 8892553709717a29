import type { RichTextElement, RichTextSection } from '@slack/types';
import { accountWords } from '../../domain/account-coverage.ts';
import type { Coverage } from '../../domain/coverage.ts';
import { type FormatContext, formatWhen } from '../../domain/time/format-when.ts';
import type { TrailAnswer, TrailLead } from '../../domain/trail/answer.ts';
import { burstOf } from '../../domain/trail/bursts.ts';
import type { CredentialChain } from '../../domain/trail/chain.ts';
import { CHANNEL_WORDS, KIND_WORDS, mfaWords } from '../../domain/trail/circumstance-words.ts';
import { normaliseEventName } from '../../domain/trail/event-name.ts';
import { CONFIDENCE_WORDS, plainReason } from '../../domain/trail/identity-words.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { tellingDetails } from '../../domain/trail/telling-names.ts';
import { signInLine } from './sign-in-line.ts';
import { bold, line, type Part, show, typed } from './text.ts';
import { doingParts, refusalPart } from './trail-items.ts';

const DETAILS_SHOWN_MAX = 4;

/** The sentence that answers and how sure it is; one record asked for by its id was explained above. */
export function answerLines(
  { chain, explains, coverage }: TrailAnswer,
  lead: TrailLead,
  context: FormatContext,
): RichTextSection[] {
  if (!explains) return leadLines(lead, { chain, coverage }, context);
  const isFollowed = lead.who.label !== lead.record.principal.label;
  return [
    ...(isFollowed
      ? [line('👤 Behind it: ', strong(show(lead.who.label)), identityWords(lead))]
      : []),
    ...(chain === null ? [] : chainLines(chain, lead, context)),
  ];
}

function leadLines(
  lead: TrailLead,
  { chain, coverage }: Pick<TrailAnswer, 'chain' | 'coverage'>,
  context: FormatContext,
): RichTextSection[] {
  return [
    line('👤 ', strong(show(lead.who.label)), ' ', ...actionParts(lead)),
    line(`${formatWhen(lead.atMs, context)} · `, ...circumstances(lead, coverage)),
    line('Sure who? ', bold(CONFIDENCE_WORDS[lead.who.confidence]), identityWords(lead)),
    ...(chain === null ? [] : chainLines(chain, lead, context)),
    ...detailLines(lead.record),
  ];
}

/** "through role A ← role B ← person": from the credentials used back to where they came from. */
function chainLines(
  chain: CredentialChain,
  { who }: TrailLead,
  context: FormatContext,
): RichTextSection[] {
  const { links, sentence } = chain;
  const signIn = signInLine(chain, context);
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
    ...(signIn === null ? [] : [signIn]),
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

function circumstances(lead: TrailLead, { targets }: Coverage): Part[] {
  const { accountId } = lead.record;
  const accountName = targets.find((target) => target.accountId === accountId)?.accountName ?? null;
  const mfa = mfaWords(lead.mfa, lead.who.kind);
  return [
    ...(lead.sourceAddress === null ? [] : ['from ', show(lead.sourceAddress), ' · ']),
    CHANNEL_WORDS[lead.channel],
    mfa === null ? null : ` · ${mfa}`,
    ` · ${lead.region}`,
    accountId === null ? null : [' · account ', typed(accountWords({ accountId, accountName }))],
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

function strong(element: RichTextElement): RichTextElement {
  return element.type === 'text'
    ? { ...element, style: { ...element.style, bold: true } }
    : element;
}
