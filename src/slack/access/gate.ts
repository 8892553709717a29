import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt';
import type { RefusalReason } from '../../domain/access/decide-access.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { SlackContext } from '../context.ts';
import { tellTapper } from '../listeners/actions/answer-tap.ts';
import { onFirstField } from '../listeners/views/submit-form.ts';
import { blockActionPayload, viewSubmissionPayload } from '../payloads.ts';
import { tellPerson } from '../send/tell-person.ts';
import { askedBy, type Request } from './asked-by.ts';
import { recordRefusal } from './record-refusal.ts';

type Arrived = AllMiddlewareArgs & AnyMiddlewareArgs;

interface Refused {
  readonly reason: RefusalReason;
  readonly sentence: string;
}

/**
 * Stands before every listener: each request is checked when it arrives, whatever button or form
 * it came from. Who is refused hears it alone; it is logged and on the audit log.
 */
export function registerGate(app: App, context: SlackContext): void {
  app.use(async (arrived) => {
    const asked = askedBy(arrived.body);
    if (asked.kind === 'open') return arrived.next();
    if (asked.kind === 'unknown') {
      context.log.warn('something of an unknown shape came from Slack and was left out');
      return;
    }
    const { request } = asked;
    const verdict = await context.access.check(request.userId, request.channelId);
    if (verdict.kind === 'allowed') return arrived.next();
    await answer(context, arrived as Arrived, request, verdict);
    await recordRefusal(context, request, verdict.reason);
  });
}

async function answer(
  context: SlackContext,
  arrived: Arrived,
  request: Request,
  { sentence }: Refused,
): Promise<void> {
  const ack = 'ack' in arrived ? (arrived.ack as (answer?: unknown) => Promise<void>) : null;
  const { userId, threadTs, replyUrl, way } = request;
  if (way === 'command') {
    const { text, blocks } = sentenceContent(sentence);
    await ack?.({ response_type: 'ephemeral', text, blocks: [...blocks] });
    return;
  }
  const submitted = viewSubmissionPayload.safeParse(arrived.body);
  if (way === 'view' && submitted.success) {
    // The form stays open, so that nothing typed is lost.
    const { errors } = onFirstField(submitted.data, sentence);
    await ack?.({ response_action: 'errors', errors: { ...errors } });
    return;
  }
  await ack?.();
  const tapped = blockActionPayload.safeParse(arrived.body);
  if (way === 'tap' && tapped.success) {
    return tellTapper(context, tapped.data, sentenceContent(sentence));
  }
  const channelId = request.channelId ?? userId;
  await tellPerson(context, { userId, channelId, threadTs, replyUrl, sentence });
}
