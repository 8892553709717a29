import { trendGraph } from '../../domain/figures/weeks.ts';
import { type HomeDependencies, readHome } from '../../flows/read-home.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { GraphPainter, Work } from '../../ports.ts';
import { sentenceContent } from '../blocks/error.ts';
import type { SlackContext } from '../context.ts';
import { slackFailureOf } from './slack-failure.ts';
import { tellDirectly } from './tell-person.ts';
import { waitForSlack } from './wait-for-slack.ts';

const NOTHING_TO_DRAW =
  'There is nothing to draw: no incident that you may see was resolved lately.';
const WHAT_IT_SHOWS =
  'How long incidents took from the start to the verified fix, by the week in which they were opened. Only incidents of channels that you are in, and your own.';

export interface TrendContext
  extends HomeDependencies,
    Pick<SlackContext, 'clients' | 'log' | 'token'> {
  readonly painter: GraphPainter;
}

/**
 * Sends the picture of the trend to who asked for it. Slack documents image blocks with files of its
 * own for whoever posts them; a file that was uploaded and shared nowhere is its uploader's alone, and
 * publishing a Home tab shares none. So Home has the trend as text, and the picture comes by message.
 */
export async function sendTrend(
  context: TrendContext,
  { userId }: Extract<Work, { kind: 'send-trend' }>,
): Promise<WorkOutcome> {
  const { weeks, atMs } = await readHome(context, userId);
  const graph = trendGraph(weeks);
  if (graph === null) {
    await tellDirectly(context, userId, sentenceContent(NOTHING_TO_DRAW));
    return { kind: 'done' };
  }
  const png = await context.painter.paint(graph);
  const { channel } = await context.clients.background.conversations.open({ users: userId });
  if (channel?.id === undefined)
    return { kind: 'hopeless', reason: 'Slack opened no conversation.' };
  return upload(context, channel.id, { png, title: graph.title, atMs });
}

async function upload(
  { clients, token }: TrendContext,
  channelId: string,
  picture: { readonly png: Uint8Array; readonly title: string; readonly atMs: number },
): Promise<WorkOutcome> {
  try {
    await clients.background.files.uploadV2({
      channel_id: channelId,
      filename: `trend-${new Date(picture.atMs).toISOString().slice(0, 10)}.png`,
      title: picture.title,
      initial_comment: WHAT_IT_SHOWS,
      file: Buffer.from(picture.png),
    });
    return { kind: 'done' };
  } catch (error) {
    const pause = waitForSlack(token, slackFailureOf(error));
    // It may have arrived: a second try could show it twice, so the person decides.
    return pause ?? { kind: 'hopeless', reason: 'Slack did not confirm the picture.' };
  }
}
