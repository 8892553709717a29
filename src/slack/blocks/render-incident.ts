import type { RecordedEvent } from '../../domain/incident/events.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { toConservative } from './conservative.ts';
import { fitMessage } from './fit-message.ts';
import type { MessageContent, SlotContent } from './message.ts';
import { renderRoot } from './root-card.ts';

export interface IncidentToRender {
  readonly state: IncidentState;
  /** The log the state was folded from, oldest first. */
  readonly events: readonly RecordedEvent[];
  readonly nowMs: number;
  /** The AWS console of the partition, for links to records; null or absent: no links. */
  readonly consoleUrl?: string | null;
}

/**
 * The whole incident as Slack messages, in the order in which they are posted. The same state and
 * events give the same slots: what the digest says is unchanged is not sent again.
 */
export function renderIncident({ state }: IncidentToRender): readonly SlotContent[] {
  return [slot('root', renderRoot(state))];
}

function slot(name: string, content: MessageContent): SlotContent {
  return { slot: name, ...fitMessage(content), conservative: toConservative(content) };
}
