import type { IncidentEvent } from '../domain/incident/events.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { AppError } from '../errors.ts';
import type { FlowDependencies } from '../ports.ts';
import { appendDecision, type DecisionInput } from './append-decision.ts';
import { type PlaybookDependencies, playbookAtOpening } from './choose-playbook.ts';

/** Ids are short, so one may be taken; eight in a row are not. */
const SALTS_MAX = 8;

type OpenedEvent = Extract<IncidentEvent, { type: 'incident-opened' }>;

/** What is known at the opening, and who says so. */
export type OpenInput = Omit<OpenedEvent, 'type' | 'incidentId' | 'isDrill'> &
  Required<Omit<DecisionInput, 'incidentId' | 'command'>> & {
    /** The playbook that somebody asked for; null or absent: chosen by the title. */
    readonly playbookId?: string | null;
    /** Absent: it is real. */
    readonly isDrill?: boolean;
  };

type OpenDependencies = FlowDependencies & Partial<PlaybookDependencies>;

export type OpenOutcome =
  | { readonly kind: 'opened'; readonly state: IncidentState }
  | { readonly kind: 'rejected'; readonly sentence: string };

/** Opens exactly one incident for one input, however often Slack delivers it. */
export async function openIncident(deps: OpenDependencies, input: OpenInput): Promise<OpenOutcome> {
  for (let salt = 0; salt < SALTS_MAX; salt += 1) {
    const incidentId = deps.ids.incidentId(input.dedupeId, salt);
    const outcome = await openAs(deps, input, incidentId);
    if (outcome !== 'taken') return outcome;
  }
  throw new AppError('internal', 'No free incident id was found. Try again.');
}

async function openAs(
  deps: OpenDependencies,
  input: OpenInput,
  incidentId: string,
): Promise<OpenOutcome | 'taken'> {
  const { actor, dedupeId, replyUrl, playbookId = null, ...facts } = input;
  const playbooks = deps.playbooks ?? [];
  const command = {
    ...facts,
    playbook: playbookAtOpening({ playbooks }, { title: facts.title, playbookId }),
    type: 'open-incident' as const,
    incidentId,
    gatheringId: `${incidentId.toLowerCase()}-g1`,
  };
  const opening = { incidentId, command, actor, dedupeId, replyUrl };
  const outcome = await appendDecision(deps, opening, null);
  switch (outcome.kind) {
    case 'appended':
      return { kind: 'opened', state: outcome.state };
    case 'rejected':
      return { kind: 'rejected', sentence: outcome.sentence };
    case 'duplicate':
      return openedBefore(deps, input, incidentId);
    case 'conflict':
      return 'taken';
  }
}

/** The same input was recorded before; with a salted id when this one belongs to somebody else. */
async function openedBefore(
  deps: FlowDependencies,
  input: OpenInput,
  incidentId: string,
): Promise<OpenOutcome | 'taken'> {
  const state = await deps.store.readState(incidentId);
  if (state === null || state.channelId !== input.channelId) return 'taken';
  return { kind: 'opened', state };
}
