import type { KnownBlock, RichTextElement } from '@slack/types';
import type { Statement } from '../../domain/incident/evidence.ts';
import type { Inquiry, InquiryAsker } from '../../domain/incident/inquiry.ts';
import {
  isSecuritySign,
  NO_PROOF,
  SECURITY_SIGN,
  STATEMENT_VERDICTS,
  VERDICT_WORDS,
} from '../../domain/incident/statement.ts';
import type { TapId } from '../ids.ts';
import { actions, tapButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import type { MessageContent } from './message.ts';
import { answerLines, callLines, callParts, saidParts, VERDICT_MARKS } from './statement-items.ts';
import { bold, date, line, mention, type Part, plain, quote, richText, typed } from './text.ts';
import { DRILL, DRILL_WORDS } from './words.ts';

const SMALL_PRINT_CHARACTERS_MAX = 400;

export const VERDICT_TAPS = {
  planned: 'answer-planned',
  mistake: 'answer-mistake',
  'not-me': 'answer-not-me',
} as const satisfies Record<(typeof STATEMENT_VERDICTS)[number], TapId>;

/** The message to the person: what they are asked, by whom, about what, and the answers. */
export function renderActorQuestion(
  inquiry: Inquiry,
  statement: Statement,
  isDrill: boolean,
): MessageContent {
  const [asker] = inquiry.askers;
  const [record] = statement.records;
  return fitMessage({
    text: `${isDrill ? `${DRILL}: somebody` : 'Somebody'} asks you about a call in AWS`,
    blocks: [
      richText(
        ...(isDrill ? [line(bold(DRILL_WORDS), '. The call is real.')] : []),
        line('👋 ', ...askerParts(asker), ' asks you about a call in AWS:'),
        ...(record === undefined ? [] : callLines(statement.recordedAs, record)),
        quote(bold(statement.question)),
        ...ownAnswer(statement),
      ),
      ...answerButtons(inquiry.inquiryId, statement),
      smallPrint(
        asker?.incidentId == null
          ? `Your answer goes to whoever asks.`
          : `Your answer goes on the record of ${asker.incidentId} and is shown in its thread.`,
        statement.answer === null
          ? 'Nobody else can answer for you.'
          : 'You can still change it: the last answer counts.',
      ),
    ],
  });
}

/** "@ana, working on RT-7K3F9 in #incidents," */
function askerParts(asker: InquiryAsker | undefined): Part[] {
  if (asker === undefined) return ['Somebody'];
  const { userId, incidentId, channelId } = asker;
  const place = channelPart(channelId);
  if (incidentId !== null) {
    return [
      mention(userId),
      ', working on incident ',
      bold(incidentId),
      place === null ? null : [' in ', place],
      ',',
    ];
  }
  return [mention(userId), place === null ? null : [' in ', place]];
}

/** A direct conversation is no place that anybody else knows. */
function channelPart(channelId: string): RichTextElement | null {
  return /^[CG][A-Z0-9]{1,20}$/.test(channelId) ? { type: 'channel', channel_id: channelId } : null;
}

function ownAnswer({ answer }: Statement) {
  if (answer === null) return [];
  const { verdict, comment, atMs } = answer;
  const said = verdict === null ? null : bold(VERDICT_WORDS[verdict].button);
  return [
    line('Your answer: ', said ?? 'in your words', ' · ', date(atMs)),
    ...(comment === null ? [] : [quote(typed(comment))]),
  ];
}

function answerButtons(inquiryId: string, { answer }: Statement): KnownBlock[] {
  const aim = { incidentId: null, itemId: inquiryId };
  return actions(
    ...STATEMENT_VERDICTS.map((verdict) => {
      const label = `${VERDICT_MARKS[verdict]} ${VERDICT_WORDS[verdict].button}`;
      return tapButton(VERDICT_TAPS[verdict], aim, { label });
    }),
    tapButton('answer-comment', aim, {
      label: answer?.comment == null ? 'Comment…' : 'Change the comment…',
    }),
  );
}

/** For an asker whom no thread tells. */
export function renderAnswerFor(statement: Statement): MessageContent {
  const [record] = statement.records;
  return fitMessage({
    text: 'The person you asked about a call in AWS has answered',
    blocks: [
      richText(
        line('💬 You asked ', mention(statement.personId), ' about a call in AWS:'),
        ...(record === undefined ? [] : callLines(statement.recordedAs, record)),
        ...answerLines(statement),
      ),
    ],
  });
}

/** Once, when nothing came for a while. */
export function renderOverdue(statement: Statement, waitedMinutes: number): MessageContent {
  const [record] = statement.records;
  return fitMessage({
    text: 'No answer yet to what you asked about a call in AWS',
    blocks: [
      richText(
        line(
          '⌛ ',
          mention(statement.personId),
          ` has not answered in ${waitedMinutes} minutes whether this was them: `,
          ...(record === undefined ? [] : callParts(record)),
          '.',
        ),
        line(
          'I do not ask again. Reach them another way, or go on without: you hear from me when they answer.',
        ),
      ),
    ],
  });
}

/** Instead of a second question: what was asked and answered so far. */
export function askedBeforeParts(inquiry: Inquiry): Part[] {
  const [first] = inquiry.askers;
  const statement = inquiry.statement;
  const asked: Part = [
    mention(inquiry.personId),
    ' was asked about this call already',
    first === undefined ? null : [' by ', mention(first.userId), ', ', date(first.askedAtMs)],
    '. ',
  ];
  if (statement?.answer == null) return [asked, 'There is no answer yet.'];
  const { comment } = statement.answer;
  return [
    asked,
    'The answer: ',
    ...saidParts(statement),
    comment === null ? null : [': ', typed(comment, SMALL_PRINT_CHARACTERS_MAX)],
    `. ${NO_PROOF}`,
    isSecuritySign(statement) ? ` ${SECURITY_SIGN}` : null,
  ];
}

function smallPrint(...sentences: readonly string[]): KnownBlock {
  return { type: 'context', elements: [plain(sentences.join(' '), SMALL_PRINT_CHARACTERS_MAX)] };
}
