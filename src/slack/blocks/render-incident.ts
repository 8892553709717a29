import type { KnownBlock } from '@slack/types';
import type { RecordedEvent } from '../../domain/incident/events.ts';
import { isOfStorm } from '../../domain/incident/incident-alarms.ts';
import { createHistory, type History } from '../../domain/incident/record.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { stepNumber } from '../../domain/incident/steps.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { renderBoard } from './board.ts';
import { arrivalFirst, carriedOver } from './carried-over.ts';
import { toConservative } from './conservative.ts';
import { hasPreparedText, renderEscalation } from './escalation-card.ts';
import { renderEvidence } from './evidence-card.ts';
import { fitMessage } from './fit-message.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { renderLine } from './lines.ts';
import type { MessageContent, SlotContent } from './message.ts';
import { renderNudge } from './nudge-card.ts';
import { renderPlan } from './plan-card.ts';
import { renderRoot } from './root-card.ts';
import { renderSimilar } from './similar-card.ts';
import { renderStep } from './step-card.ts';
import { renderStorm } from './storm-card.ts';
import { plain } from './text.ts';
import { DRILL_WORDS } from './words.ts';

export interface IncidentToRender {
  readonly state: IncidentState;
  /** The log, oldest first; what is newer than the state is left out. */
  readonly events: readonly RecordedEvent[];
  readonly nowMs: number;
  /** The AWS console of the partition, for links to records; null or absent: no links. */
  readonly consoleUrl?: string | null;
  /** All there are; absent: cards show nothing of playbooks but the name of the chosen one. */
  readonly playbooks?: readonly Playbook[];
}

/** What every card is drawn from. */
interface Scene {
  readonly state: IncidentState;
  readonly history: History;
  readonly consoleUrl: string | null;
  readonly playbooks: readonly Playbook[];
}

type Started = readonly [slot: string, content: () => MessageContent];

/**
 * The whole incident as Slack messages, in the order in which they are posted. The same state and
 * events give the same slots whatever the time: what has not changed is not sent again.
 */
export function renderIncident(incident: IncidentToRender): readonly SlotContent[] {
  const { state } = incident;
  const events = incident.events.filter((recorded) => recorded.version <= state.version);
  const scene: Scene = {
    state,
    history: createHistory(events),
    consoleUrl: incident.consoleUrl ?? null,
    playbooks: incident.playbooks ?? [],
  };
  const contents = new Map<string, MessageContent>();
  const isShownHere = carriedOver(state);
  let visitCount = 0;
  for (const [index, recorded] of events.entries()) {
    if (recorded.event.type === 'step-entered') visitCount += 1;
    const lines = startedLine(scene, index);
    for (const [slot, content] of [...lines, ...startedCards(scene, recorded, visitCount)]) {
      if (contents.has(slot) || !isShownHere(slot, recorded.version)) continue;
      contents.set(slot, content());
    }
  }
  return arrivalFirst(state, [...contents]).map(([slot, content]) =>
    toSlot(slot, marked(state, slot, content)),
  );
}

function startedLine({ state, history }: Scene, index: number): readonly Started[] {
  const { events } = history;
  const recorded = events[index];
  if (recorded === undefined) return [];
  const isReopening =
    recorded.event.type === 'step-entered' && events[index - 1]?.event.type === 'incident-reopened';
  const content = isReopening ? null : renderLine(state, recorded, history);
  return content === null ? [] : [[`line-${recorded.version}`, () => content]];
}

/** The messages that this event is the first to need, showing what they should show now. */
function startedCards(
  scene: Scene,
  recorded: RecordedEvent,
  visitCount: number,
): readonly Started[] {
  const { state, history, consoleUrl } = scene;
  const { event, version } = recorded;
  switch (event.type) {
    case 'incident-opened':
      return [['root', () => renderRoot(state, history.events)]];
    case 'step-entered':
      return stepSlot(scene, visitCount - 1);
    case 'evidence-recorded': {
      const { evidenceId } = event.evidence;
      const evidence = state.evidence.find((row) => row.evidenceId === evidenceId);
      if (evidence === undefined) return [];
      return [[`evidence-${evidenceId}`, () => renderEvidence(state, evidence, consoleUrl)]];
    }
    case 'alarm-changed':
      return isOfStorm(state, event.change) ? [['storm', () => renderStorm(state)]] : [];
    case 'hypothesis-proposed':
    case 'causes-ranked':
      return [['board', () => renderBoard(state)]];
    case 'similar-found':
      return [['similar', () => renderSimilar(state)]];
    case 'solution-planned': {
      const plan = state.plans.find((row) => row.planId === event.planId);
      return plan === undefined ? [] : [[`plan-${plan.planId}`, () => renderPlan(state, plan)]];
    }
    case 'nudge-sent':
      return [[`nudge-${version}`, () => renderNudge(state, recorded, history)]];
    case 'incident-escalated':
      return hasPreparedText(event)
        ? [[`escalation-${version}`, () => renderEscalation(state, event)]]
        : [];
    default:
      return [];
  }
}

/** `step-2-1`: the first visit to step 2. Going back makes a new card, so the thread stays a story. */
function stepSlot({ state, playbooks }: Scene, index: number): readonly Started[] {
  const visit = state.visits[index];
  if (visit === undefined) return [];
  const nth = state.visits.slice(0, index + 1).filter((row) => row.step === visit.step).length;
  return [[`step-${stepNumber(visit.step)}-${nth}`, () => renderStep(state, visit, playbooks)]];
}

/** Every card of a drill says so; lines are too short to be taken for more than they are. */
function marked(state: IncidentState, slot: string, content: MessageContent): MessageContent {
  if (!state.isDrill || slot.startsWith('line-')) return content;
  const mark: KnownBlock = {
    type: 'context',
    elements: [plain(DRILL_WORDS, BLOCK_LIMITS.contextCharactersMax)],
  };
  return { ...content, blocks: [mark, ...content.blocks] };
}

function toSlot(name: string, content: MessageContent): SlotContent {
  return { slot: name, ...fitMessage(content), conservative: toConservative(content) };
}
