import type { HomeView } from '@slack/types';
import { lastRoot } from '../../domain/incident/places.ts';
import { readHome } from '../../flows/read-home.ts';
import { readPages } from '../../flows/refresh-home.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { ConnectionReport, IncidentSummary, Work } from '../../ports.ts';
import { sentenceContent } from '../blocks/error.ts';
import { HOME_ROWS, pageOf, renderHome, type ShownIncident } from '../blocks/home.ts';
import type { SlackContext } from '../context.ts';
import { readPermalink } from './read-permalink.ts';
import { slackFailureOf } from './slack-failure.ts';
import { waitForSlack } from './wait-for-slack.ts';

export interface HomeWorkContext extends SlackContext {
  /** How the bot's own connections are doing, as far as they concern somebody in these channels. */
  readonly connections: (
    channelIds: ReadonlySet<string> | null,
  ) => Promise<readonly ConnectionReport[]>;
}

/** Level-triggered: publishes what one person may see now, whatever it was scheduled for. */
export async function homeWork(
  context: HomeWorkContext,
  { userId }: Extract<Work, { kind: 'home' }>,
): Promise<WorkOutcome> {
  const verdict = await context.access.check(userId, null);
  if (verdict.kind === 'refused') return publish(context, userId, refusedHome(verdict.sentence));
  const home = await readHome(context, userId);
  const pages = await readPages(context.store, userId);
  const open = pageOf(home.open, pages.open, HOME_ROWS.open);
  const view = renderHome({
    home,
    open: { ...open, rows: await Promise.all(open.rows.map((row) => shown(context, row))) },
    documents: pageOf(home.documents, pages.documents, HOME_ROWS.documents),
    connections: await context.connections(home.channelIds),
  });
  return publish(context, userId, view);
}

async function publish(
  context: SlackContext,
  userId: string,
  view: HomeView,
): Promise<WorkOutcome> {
  try {
    await context.clients.background.views.publish({ user_id: userId, view });
  } catch (error) {
    return outcomeOf(context, error);
  }
  context.token.accepted();
  return { kind: 'done' };
}

function refusedHome(sentence: string): HomeView {
  return { type: 'home', blocks: [...sentenceContent(sentence).blocks] };
}

async function shown(context: SlackContext, summary: IncidentSummary): Promise<ShownIncident> {
  const { incidentId } = summary;
  const state = await context.store.readState(incidentId);
  const messages = await context.store.readMessages(incidentId);
  const root = lastRoot(messages);
  const permalink = root === null ? null : await readPermalink(context, root.channelId, root.ts);
  return { summary, state, permalink };
}

/** Publishing again does no harm, so an unknown outcome is simply tried again. */
function outcomeOf(context: SlackContext, error: unknown): WorkOutcome {
  const failure = slackFailureOf(error);
  const pause = waitForSlack(context.token, failure);
  if (pause !== null) return pause;
  switch (failure.kind) {
    case 'unknown':
      throw error;
    case 'scope-missing':
      return { kind: 'hopeless', reason: failure.sentence };
    default:
      return { kind: 'hopeless', reason: refusedWords(failure) };
  }
}

function refusedWords(failure: { readonly kind: string; readonly code?: string }): string {
  return failure.code === 'not_enabled'
    ? 'The app has no Home tab. Compare with manifest.yml and install the app again.'
    : `Slack refused the Home tab (${failure.code ?? failure.kind}).`;
}
