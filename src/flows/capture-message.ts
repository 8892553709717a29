import type { FlowDependencies } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import { findIncident, movedWords, type Place } from './find-incident.ts';

export interface CaptureInput {
  /** Where to look for the incident: the message's thread, else what is open in the channel. */
  readonly place: Place;
  readonly message: {
    readonly channelId: string;
    /** Slack's timestamp of the message: seconds, six decimals; also its id. */
    readonly messageTs: string;
    readonly authorId: string | null;
    readonly text: string;
    readonly permalink: string | null;
  };
  readonly actorId: string;
  readonly dedupeId: string;
}

export interface CaptureOutcome {
  /** `nowhere`: no incident is open there. */
  readonly kind: 'captured' | 'refused' | 'nowhere';
  readonly incidentId: string | null;
  /** For the person who asked. */
  readonly sentence: string;
  /** The channel where the incident goes on, when it was left behind here. */
  readonly movedTo?: string;
}

/** Puts a message of people on the incident's timeline, with its own time and author. */
export async function captureMessage(
  deps: FlowDependencies,
  input: CaptureInput,
): Promise<CaptureOutcome> {
  const found = await findIncident(deps, input.place);
  if (found.kind === 'moved') {
    const { incidentId } = found;
    const sentence = `${movedWords(found)} What is written here is no longer kept on its timeline.`;
    return { kind: 'refused', incidentId, sentence, movedTo: found.channelId };
  }
  if (found.kind === 'none') return { kind: 'nowhere', incidentId: null, sentence: NOWHERE };
  if (found.kind === 'several') return { kind: 'refused', incidentId: null, sentence: SEVERAL };
  const { incidentId } = found;
  const outcome = await actOnIncident(deps, {
    incidentId,
    command: {
      type: 'capture-message',
      ...input.message,
      writtenAtMs: Math.round(Number(input.message.messageTs) * 1_000),
    },
    actor: { kind: 'person', userId: input.actorId },
    dedupeId: input.dedupeId,
  });
  if (outcome.kind === 'rejected') {
    return { kind: 'refused', incidentId, sentence: outcome.sentence };
  }
  const isNew = outcome.kind === 'duplicate' || outcome.events.length > 0;
  const sentence = isNew
    ? `Added to the timeline of ${incidentId}.`
    : `This is on the timeline of ${incidentId} already.`;
  return { kind: 'captured', incidentId, sentence };
}

const NOWHERE =
  'No incident is open here, so there is no timeline to put this on. Open one with /triage.';
const SEVERAL =
  'Several incidents are open here, so this is on no timeline yet. Put 📌 on a message inside the thread of the one you mean.';
