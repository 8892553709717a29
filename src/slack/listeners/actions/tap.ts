import type { IncidentCommand } from '../../../domain/incident/commands.ts';
import { firstGatheringWindow } from '../../../domain/incident/decide-opening.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { publishWork } from '../../../flows/work-after.ts';
import type { Work } from '../../../ports.ts';
import { renderMenu } from '../../blocks/menu.ts';
import { renderStatus } from '../../blocks/status.ts';
import type { SlackContext } from '../../context.ts';
import { buildStartForm } from '../../forms/start.ts';
import { decodeTarget, type TapId, type Target } from '../../ids.ts';
import type { BlockAction } from '../../payloads.ts';
import { type Addressee, tellPerson } from '../../send/tell-person.ts';
import { addresseeOf } from './addressee-of.ts';

const UNKNOWN_SESSION =
  'I do not know this incident any more. /triage list shows those that are open.';

interface Tap {
  readonly context: SlackContext;
  readonly payload: BlockAction;
  readonly target: Target;
  readonly who: Addressee;
  readonly dedupeId: string;
}

/** One row per button that acts at once. */
const TAPS: Readonly<Record<TapId, (tap: Tap) => Promise<void>>> = {
  'take-ownership': (tap) => command(tap, { type: 'assign-owner', ownerId: tap.payload.user.id }),
  'approve-plan': (tap) => command(tap, { type: 'approve-plan', planId: tap.target.itemId ?? '' }),
  'gather-again': async (tap) => {
    const { store, clock, ids } = tap.context;
    const state = await store.readState(tap.target.incidentId ?? '');
    const window = firstGatheringWindow(state?.startedAtMs ?? null, clock.nowMs());
    const gatheringId = ids.next('g');
    await command(tap, { type: 'request-gathering', gatheringId, ...window });
  },
  'publish-again': publishAgain,
  'show-status': showStatus,
  'show-menu': showMenu,
  'open-start-form': async ({ context, payload }) => {
    const view = buildStartForm({
      place: { channelId: payload.channel?.id ?? '', threadTs: null, sourcePermalink: null },
      prefill: {},
    });
    await context.clients.interactive.views.open({ trigger_id: payload.trigger_id, view });
  },
  'share-trail': (tap) => askAgain(tap, 'to-channel'),
  'attach-trail': (tap) => askAgain(tap, 'as-evidence'),
};

export async function onTap(
  context: SlackContext,
  payload: BlockAction,
  tap: TapId,
): Promise<void> {
  const target = decodeTarget(payload.actions[0]?.value ?? '');
  const who = addresseeOf(payload);
  if (target === null) {
    const sentence = 'I do not understand this button any more. Use /triage to go on.';
    await tellPerson(context, { ...who, sentence });
    return;
  }
  const dedupeId = `act:${payload.team.id}:${payload.trigger_id}`;
  await TAPS[tap]({ context, payload, target, who, dedupeId });
}

async function command(tap: Tap, incidentCommand: IncidentCommand): Promise<void> {
  const { context, target, who, dedupeId } = tap;
  const outcome = await actOnIncident(context, {
    incidentId: target.incidentId ?? '',
    command: incidentCommand,
    actor: { kind: 'person', userId: who.userId },
    dedupeId,
  });
  if (outcome.kind === 'rejected') {
    await tellPerson(context, { ...who, sentence: outcome.sentence });
  }
}

async function showStatus({ context, target, who }: Tap): Promise<void> {
  const { incidentId } = target;
  const state = incidentId === null ? null : await context.store.readState(incidentId);
  if (state === null) {
    await tellPerson(context, { ...who, sentence: UNKNOWN_SESSION });
    return;
  }
  await tellPerson(context, { ...who, content: renderStatus(state, context.clock.nowMs()) });
}

async function showMenu({ context, target, who }: Tap): Promise<void> {
  const { incidentId } = target;
  const state = incidentId === null ? null : await context.store.readState(incidentId);
  if (state === null) {
    await tellPerson(context, { ...who, sentence: UNKNOWN_SESSION });
    return;
  }
  await tellPerson(context, { ...who, content: renderMenu({ state, permalink: null }) });
}

async function publishAgain({ context, target, who, dedupeId }: Tap): Promise<void> {
  const { incidentId } = target;
  const state = incidentId === null ? null : await context.store.readState(incidentId);
  if (state === null) {
    await tellPerson(context, { ...who, sentence: UNKNOWN_SESSION });
    return;
  }
  const work = publishWork(state.incidentId, context.clock.nowMs());
  await context.store.schedule([work], dedupeId);
  context.wakeWorkers();
}

/** By event id: what was found is read again, so the button needs to carry nothing of it. */
async function askAgain(tap: Tap, deliver: 'to-channel' | 'as-evidence'): Promise<void> {
  const { context, target, who, dedupeId } = tap;
  const work: Work = {
    kind: 'answer-trail',
    question: `id:${target.itemId ?? ''} since 89d`,
    deliver,
    userId: who.userId,
    channelId: who.channelId,
    threadTs: who.threadTs,
    replyUrl: who.replyUrl,
    incidentId: target.incidentId,
    askedAtMs: context.clock.nowMs(),
  };
  const workId = context.ids.next('trail');
  await context.store.schedule([{ workId, dueAtMs: work.askedAtMs, work }], dedupeId);
  context.wakeWorkers();
}
