import {
  placedSlot,
  rootHere,
  slotOfStay,
  stayOf,
  threadHere,
} from '../../domain/incident/places.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage, Store, Work } from '../../ports.ts';
import { renderIncident } from '../blocks/render-incident.ts';
import { slotsForChannel } from '../blocks/slots-for-channel.ts';
import type { TokenWatch } from '../connect/token-watch.ts';
import { type SendDependencies, type SendOutcome, sendSlot } from './send-slot.ts';
import type { SlackFailure } from './slack-failure.ts';
import { type TellDependencies, tellPerson } from './tell-person.ts';
import { waitForSlack } from './wait-for-slack.ts';

export interface RenderDependencies extends SendDependencies, TellDependencies {
  readonly store: Store;
  readonly token: TokenWatch;
  readonly consoleUrl: string;
  readonly playbooks?: readonly Playbook[];
  /** Whether what the whole channel has to know is shown there, too. */
  readonly broadcasts: boolean;
}

const ROOT = 'root';
const THREAD_GONE =
  'The message that its thread began with was deleted, so nothing can be shown there any more. Nothing is lost: /triage export writes all of it into a document, and /triage move takes it to another channel.';

type RenderWork = Extract<Work, { kind: 'render' }>;

/**
 * Level-triggered: shows the newest state, whatever the work item was written for, and sends only
 * what differs from what was sent before.
 */
export async function renderWork(deps: RenderDependencies, work: RenderWork): Promise<WorkOutcome> {
  const state = await deps.store.readState(work.incidentId);
  if (state === null) return { kind: 'done' };
  const events = await deps.store.readEvents(work.incidentId);
  const messages = await deps.store.readMessages(work.incidentId);
  const stay = stayOf(state);
  const posted = new Map(messages.map((message) => [message.slot, message]));
  const root = rootHere(messages, state);
  const slots = renderIncident({
    state,
    events,
    nowMs: deps.nowMs(),
    consoleUrl: deps.consoleUrl,
    playbooks: deps.playbooks ?? [],
  });
  const forChannel = deps.broadcasts ? slotsForChannel(state, events, deps.nowMs()) : null;
  let threadTs = threadHere(messages, state);
  let laterMs: number | null = null;
  for (const content of slots) {
    const isRoot = content.slot === ROOT;
    const place = {
      incidentId: state.incidentId,
      channelId: state.channelId,
      threadTs: isRoot ? state.threadTs : threadTs,
      isBroadcast: forChannel?.has(content.slot) === true,
    };
    if (!isRoot && threadTs === null) break;
    const slot = placedSlot(content.slot, stay);
    const outcome = await sendSlot(deps, place, { ...content, slot }, posted.get(slot));
    const verdict = judge(outcome);
    if (verdict.kind === 'rate-limited') return { kind: 'later', delayMs: verdict.delayMs };
    if (verdict.kind === 'later') laterMs = Math.max(laterMs ?? 0, verdict.delayMs);
    if (verdict.kind === 'later' && isRoot) break;
    if (verdict.kind === 'thread-gone') return restartThread(deps, work, state, root);
    if (verdict.kind === 'stop') {
      return giveUp(deps, work, { state, threadTs }, verdict.failure);
    }
    if (verdict.kind === 'shown' && isRoot) threadTs = state.threadTs ?? verdict.message.ts;
  }
  if (laterMs !== null) return { kind: 'later', delayMs: laterMs };
  deps.token.accepted();
  return { kind: 'done' };
}

type Verdict =
  | Extract<SendOutcome, { kind: 'shown' | 'later' | 'rate-limited' | 'thread-gone' }>
  | { readonly kind: 'stop'; readonly failure: SlackFailure }
  /** This message cannot be shown, the others can. */
  | { readonly kind: 'skip' };

function judge(outcome: SendOutcome): Verdict {
  if (outcome.kind !== 'failed') return outcome;
  const { failure } = outcome;
  return STOPPING.has(failure.kind) ? { kind: 'stop', failure } : { kind: 'skip' };
}

/** What one message meets, all of them would meet. */
const STOPPING: ReadonlySet<SlackFailure['kind']> = new Set([
  'channel-closed',
  'credentials-refused',
  'scope-missing',
  'refused',
]);

/** The root was deleted: forget where everything was and post the session again, once. */
async function restartThread(
  deps: RenderDependencies,
  work: RenderWork,
  state: IncidentState,
  root: PostedMessage | undefined,
): Promise<WorkOutcome> {
  if (state.threadTs !== null || root === undefined) {
    await tellAffected(deps, work, { state, threadTs: null }, THREAD_GONE);
    return { kind: 'hopeless', reason: THREAD_GONE };
  }
  const messages = await deps.store.readMessages(state.incidentId);
  const here = messages.filter(({ slot }) => slotOfStay(slot, stayOf(state)) !== null);
  for (const message of here) {
    await deps.store.saveMessage({ ...message, ts: null, threadTs: null, sentAtMs: 0 });
  }
  return { kind: 'later', delayMs: 0 };
}

/** Null: the thread is gone, or not there yet. */
interface Shown {
  readonly state: IncidentState;
  readonly threadTs: string | null;
}

async function giveUp(
  deps: RenderDependencies,
  work: RenderWork,
  { state, threadTs }: Shown,
  failure: SlackFailure,
): Promise<WorkOutcome> {
  const pause = waitForSlack(deps.token, failure);
  if (pause !== null) return pause;
  const sentence =
    'sentence' in failure
      ? failure.sentence
      : `Slack refused to show this incident${failure.kind === 'refused' ? ` (${failure.code})` : ''}. Nothing is lost.`;
  await tellAffected(deps, work, { state, threadTs }, sentence);
  if (failure.kind === 'channel-closed') {
    // Nothing is broken: the session appears when the bot is invited or something else happens.
    deps.log.warn('an incident cannot be shown in its channel', { incidentId: state.incidentId });
    return { kind: 'done' };
  }
  return { kind: 'hopeless', reason: sentence };
}

/** Once, however many changes cannot be shown: evidence keeps coming in while nobody invites the bot. */
async function tellAffected(
  deps: RenderDependencies,
  work: RenderWork,
  { state, threadTs }: Shown,
  sentence: string,
): Promise<void> {
  const { incidentId, channelId, openedBy, ownerId } = state;
  const openedById = openedBy.kind === 'person' ? openedBy.userId : null;
  const userId = ownerId ?? openedById;
  if (userId === null) return;
  const isFirst = await deps.store.schedule([], `unshown:${incidentId}:${channelId}:${userId}`);
  if (!isFirst) return;
  await tellPerson(deps, {
    userId,
    channelId,
    threadTs,
    // It belongs to whoever opened it.
    replyUrl: userId === openedById ? work.replyUrl : null,
    sentence: `${incidentId} is recorded, but: ${sentence}`,
  });
}
