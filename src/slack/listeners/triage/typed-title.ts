import type { TriageError } from '../../../domain/triage/triage-command.ts';
import { sentenceContent } from '../../blocks/error.ts';
import { renderAsk, renderHelp } from '../../blocks/help.ts';
import type { MessageContent } from '../../blocks/message.ts';
import type { Tap } from '../actions/run.ts';
import { openHere } from './open-here.ts';
import { readLine } from './read-line.ts';
import type { TriageAnswer, Turn } from './turn.ts';

/** Who is asked answers within minutes, or types again. */
const KEPT_MS = 60 * 60_000;
const GONE = 'I do not have these words any more. Type them once more, in quotes.';

const keyOf = (titleId: string): string => `typed-title:${titleId}`;

/** Says what is wrong with a line. What may be a title is kept, for the button that opens it. */
export async function refuseLine(
  { context }: Turn,
  { sentence, suggestion, title }: TriageError,
): Promise<TriageAnswer> {
  if (suggestion === null && title === null) {
    return { kind: 'content', content: renderHelp(sentence) };
  }
  const titleId = title === null ? null : context.ids.next('title');
  if (title !== null && titleId !== null) {
    await context.store.saveCached(keyOf(titleId), title, KEPT_MS);
  }
  return { kind: 'content', content: renderAsk({ sentence, suggestion, title, titleId }) };
}

/** Opens what was typed, where it was typed; a second tap opens nothing more. */
export async function openTyped(tap: Tap, titleId: string): Promise<MessageContent | null> {
  const { context, who, payload } = tap;
  const title = await context.store.readCached(keyOf(titleId));
  if (title === null) return sentenceContent(GONE);
  const { request, timeZone } = await readLine(context, who, title);
  if (request.kind === 'error') return sentenceContent(request.sentence);
  if (request.kind !== 'open') return sentenceContent(GONE);
  const asker = { ...who, teamId: payload.team.id, timeZone, dedupeId: keyOf(titleId) };
  const answer = await openHere({ context, asker }, request.facts);
  return answer.kind === 'content' ? answer.content : null;
}
