import type { RichTextQuote, RichTextSection } from '@slack/types';
import type { Statement } from '../../domain/incident/evidence.ts';
import {
  isSecuritySign,
  NO_PROOF,
  SECURITY_SIGN,
  VERDICT_WORDS,
} from '../../domain/incident/statement.ts';
import { burstOf } from '../../domain/trail/bursts.ts';
import { CHANNEL_WORDS } from '../../domain/trail/circumstance-words.ts';
import { normaliseEventName } from '../../domain/trail/event-name.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import type { Untrusted } from '../../domain/untrusted.ts';
import { bold, date, italic, line, mention, type Part, quote, show, typed } from './text.ts';
import { doingParts, refusalPart } from './trail-items.ts';

export const VERDICT_MARKS = { planned: '✅', mistake: '↩️', 'not-me': '⚠️' } as const;

type Element = RichTextSection | RichTextQuote;

/** "**stopped** i-0abc (StopInstances)", with the refusal where there was one. */
export function callParts(record: TrailRecord): Part[] {
  const burst = burstOf({ records: [record] });
  const isPlain = burst.doings.every((doing) => doing.isPlain);
  return [
    ...doingParts(burst),
    isPlain ? ` (${normaliseEventName(record.eventName)})` : null,
    refusalPart(record),
  ];
}

/** Who it was for AWS, what, when in the reader's time zone, and from where. */
export function callLines(recordedAs: Untrusted, record: TrailRecord): Element[] {
  const { sourceAddress, channel, region, accountId } = record;
  return [
    line('👤 ', show(recordedAs), ' ', ...callParts(record)),
    line(
      date(record.atMs, 'second'),
      ...(sourceAddress === null ? [] : [' · from ', show(sourceAddress)]),
      ` · ${CHANNEL_WORDS[channel]} · ${region}`,
      accountId === null ? null : ` · account ${accountId}`,
    ),
  ];
}

export function statementHeading({ personId, answer }: Statement): Part {
  return answer === null
    ? ['💬 ', bold('Asked'), ' ', mention(personId), ', no answer yet']
    : ['💬 ', bold('Statement'), ' of ', mention(personId)];
}

export function statementFindings(statement: Statement): Element[] {
  const { records, recordedAs, askedBy, askedAtMs, question } = statement;
  const [record] = records;
  return [
    ...(record === undefined ? [] : callLines(recordedAs, record)),
    line(mention(askedBy), ' asked ', date(askedAtMs), ':'),
    quote(typed(question) ?? '–'),
    ...answerLines(statement),
  ];
}

/** What they said, and how far it may be trusted; nothing while there is no answer. */
export function answerLines(statement: Statement): Element[] {
  const { answer } = statement;
  if (answer === null) return [];
  return [
    line(...saidParts(statement), ' · ', date(answer.atMs)),
    ...(answer.comment === null ? [] : [quote(typed(answer.comment))]),
    line(italic(NO_PROOF)),
    ...(isSecuritySign(statement) ? [line('🔐 ', SECURITY_SIGN)] : []),
  ];
}

/** "⚠️ @noor: **Not me**" */
export function saidParts({ personId, answer }: Statement): Part[] {
  const verdict = answer?.verdict ?? null;
  return [
    verdict === null ? '📝 ' : `${VERDICT_MARKS[verdict]} `,
    mention(personId),
    verdict === null ? ' wrote' : [': ', bold(VERDICT_WORDS[verdict].button)],
  ];
}
