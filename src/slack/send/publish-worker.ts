import { z } from 'zod';
import { isDocumentCurrent } from '../../domain/incident/is-document-current.ts';
import { publicationWords } from '../../domain/incident/publication-words.ts';
import { actOnIncident } from '../../flows/act-on-incident.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import { writeDocument } from '../../flows/write-document.ts';
import type { PostedMessage, Work } from '../../ports.ts';
import type { SlackContext } from '../context.ts';
import { readPermalink } from './read-permalink.ts';
import { slackFailureOf } from './slack-failure.ts';

const LINKS_MAX = 20;
/** The card is on its way, or waits for the bot to be invited. The document is kept meanwhile. */
const NOT_YET_POSTED_DELAY_MS = 5_000;

/** Writes the document from the record, keeps it in the store, and uploads it into the thread. */
export async function publishWork(
  context: SlackContext,
  work: Extract<Work, { kind: 'publish' }>,
): Promise<WorkOutcome> {
  const state = await context.store.readState(work.incidentId);
  // Unknown, or a second run after a crash: the newest document is in the thread already.
  if (state === null || isDocumentCurrent(state)) return { kind: 'done' };
  const messages = await context.store.readMessages(work.incidentId);
  const links = await permalinksOf(context, messages);
  const document = await writeDocument(context, work.incidentId, links);
  if (document === null) return { kind: 'done' };
  const root = messages.find((message) => message.slot === 'root');
  if (root?.threadTs == null) return { kind: 'later', delayMs: NOT_YET_POSTED_DELAY_MS };
  const permalink = await upload(
    context,
    work.incidentId,
    { markdown: document.markdown, comment: publicationWords(state) },
    root.channelId,
    root.threadTs,
  );
  if (permalink.kind !== 'uploaded') return permalink;
  await actOnIncident(context, {
    incidentId: work.incidentId,
    command: {
      type: 'record-publication',
      ofVersion: document.ofVersion,
      permalink: permalink.permalink,
    },
    actor: { kind: 'bot' },
    dedupeId: `published:${work.incidentId}:${document.ofVersion}`,
  });
  return { kind: 'done' };
}

/** Links from the document into the thread; what Slack gives no link for stays without. */
async function permalinksOf(
  context: SlackContext,
  messages: readonly PostedMessage[],
): Promise<ReadonlyMap<string, string>> {
  const linked = messages
    .filter(({ slot }) => slot === 'root' || slot.startsWith('evidence-'))
    .slice(0, LINKS_MAX);
  const links = new Map<string, string>();
  for (const { slot, channelId, ts } of linked) {
    const link = ts === null ? null : await readPermalink(context, channelId, ts);
    if (link !== null) links.set(slot, link);
  }
  return links;
}

async function upload(
  context: SlackContext,
  incidentId: string,
  { markdown, comment }: { readonly markdown: string; readonly comment: string },
  channelId: string,
  threadTs: string,
): Promise<
  | { readonly kind: 'uploaded'; readonly permalink: string | null }
  | Exclude<WorkOutcome, { kind: 'done' }>
> {
  try {
    // No alt text: with one, Slack has been seen not to share the file into the channel.
    const answer = await context.clients.background.files.uploadV2({
      channel_id: channelId,
      thread_ts: threadTs,
      filename: `${incidentId}.md`,
      title: `${incidentId}: incident record`,
      initial_comment: comment,
      content: markdown,
    });
    return { kind: 'uploaded', permalink: permalinkOf(answer) };
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'rate-limited') return { kind: 'later', delayMs: failure.delayMs };
    if (failure.kind === 'credentials-refused') {
      context.token.refused(failure.sentence);
      return { kind: 'later', delayMs: context.token.retryMs };
    }
    if (failure.kind === 'channel-closed' || failure.kind === 'scope-missing') {
      return { kind: 'hopeless', reason: failure.sentence };
    }
    throw error;
  }
}

const uploadAnswer = z.object({
  files: z.array(z.object({ files: z.array(z.object({ permalink: z.string() })) })),
});

/** Null when Slack does not say: the file is there all the same. */
function permalinkOf(answer: unknown): string | null {
  const parsed = uploadAnswer.safeParse(answer);
  return parsed.data?.files[0]?.files[0]?.permalink ?? null;
}
