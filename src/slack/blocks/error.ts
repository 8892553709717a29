import { fitMessage } from './fit-message.ts';
import type { MessageContent } from './message.ts';
import { line, plain, richText, sentenceToRichText } from './text.ts';

const CONTEXT_CHARACTERS_MAX = 300;
const NOTICE_CHARACTERS_MAX = 200;

/** One sentence for one person; people in it are written `<@U123>` and become mentions. */
export function sentenceContent(sentence: string): MessageContent {
  return fitMessage({
    text: noticeOf(sentence),
    blocks: [richText(line(sentenceToRichText(sentence)))],
  });
}

/** What went wrong, what to do next, and the id under which it stands in the log. */
export function renderError(error: {
  readonly sentence: string;
  readonly next: string | null;
  readonly reference: string | null;
}): MessageContent {
  return fitMessage({
    text: noticeOf(error.sentence),
    blocks: [
      richText(
        line('⚠️ ', sentenceToRichText(error.sentence)),
        error.next === null ? null : line(sentenceToRichText(error.next)),
      ),
      ...(error.reference === null
        ? []
        : [
            {
              type: 'context' as const,
              elements: [plain(`Reference: ${error.reference}`, CONTEXT_CHARACTERS_MAX)],
            },
          ]),
    ],
  });
}

/** Notifications are parsed as markup, so what could be markup is taken out. */
function noticeOf(sentence: string): string {
  const harmless = sentence
    .replaceAll(/<@[UW][A-Z0-9]+>/g, 'somebody')
    .replaceAll(/<!subteam\^S[A-Z0-9]+>/g, 'a user group')
    .replaceAll(/<#[CG][A-Z0-9]+>/g, 'another channel')
    .replaceAll(/[<>&*_~`]/g, ' ');
  return plain(harmless, NOTICE_CHARACTERS_MAX).text;
}
