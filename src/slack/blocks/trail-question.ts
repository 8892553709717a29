import type { RichTextElement } from '@slack/types';
import { cutText } from '../../domain/text/cut-text.ts';
import { untrusted } from '../../domain/untrusted.ts';
import { actions, tapButton } from './buttons.ts';
import { cleanTyped } from './characters.ts';
import { sentenceContent } from './error.ts';
import type { MessageContent } from './message.ts';
import { line, type Part, quote, richText, show, typed } from './text.ts';

/** Around the mistake: enough to find it again in a long line. */
const AROUND_CHARACTERS_MAX = 120;
const MISTAKE_CHARACTERS_MAX = 200;
const SUGGESTION_CHARACTERS_MAX = 500;
const SENTENCE_CHARACTERS_MAX = 1_000;

export interface QuestionTrouble {
  readonly sentence: string;
  /** The part of the question it is about, as offsets; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly suggestion: string | null;
}

/** Why a question got no answer: the sentence, where the mistake is, and how to ask again. */
export function renderQuestionTrouble(
  { sentence, start, end, suggestion }: QuestionTrouble,
  asked: {
    readonly question: string;
    readonly answerId: string;
    readonly incidentId: string | null;
  },
): MessageContent {
  const { question, answerId, incidentId } = asked;
  const aim = { incidentId, itemId: answerId };
  const { text } = sentenceContent(sentence);
  const meant = suggestion === null ? null : typed(suggestion, SUGGESTION_CHARACTERS_MAX);
  return {
    text,
    blocks: [
      richText(
        line(...sentenceParts(sentence)),
        quote(...markedParts(question, start, end)),
        meant === null ? null : line('Meant like this? ', meant),
      ),
      ...(answerId === ''
        ? []
        : actions(
            meant === null ? null : tapButton('ask-suggested', aim, { style: 'primary' }),
            tapButton('edit-question', aim),
          )),
    ],
  };
}

/** The parser's sentence: what it quotes stands between backticks. */
function sentenceParts(sentence: string): Part[] {
  return cutText(sentence, SENTENCE_CHARACTERS_MAX)
    .split(/`([^`]*)`/)
    .map((piece, index) => (index % 2 === 0 ? piece : show(untrusted(piece))));
}

/** The line with the wrong part of it marked; the whole line is marked nowhere. */
function markedParts(question: string, start: number, end: number): Part[] {
  const isWhole = start <= 0 && end >= question.length;
  if (isWhole || end <= start) return [typed(question, 2 * AROUND_CHARACTERS_MAX)];
  const before = question.slice(Math.max(0, start - AROUND_CHARACTERS_MAX), start);
  const after = question.slice(end, end + AROUND_CHARACTERS_MAX);
  return [
    `${start > AROUND_CHARACTERS_MAX ? '…' : ''}${before}`,
    marked(question.slice(start, end)),
    `${after}${question.length > end + AROUND_CHARACTERS_MAX ? '…' : ''}`,
  ];
}

function marked(text: string): RichTextElement | null {
  const cleaned = cleanTyped(text, MISTAKE_CHARACTERS_MAX);
  return cleaned === '' ? null : { type: 'text', text: cleaned, style: { bold: true, code: true } };
}
