import { byWhom } from '../../domain/incident/decision.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { actions, aimAt, formButton } from './buttons.ts';
import { sentenceContent } from './error.ts';
import type { MessageContent } from './message.ts';

/** For whoever begins again in the thread of an incident that is over. */
export function renderClosedHere(state: IncidentState, nowMs: number): MessageContent {
  const content = sentenceContent(closedWords(state, nowMs));
  return {
    ...content,
    blocks: [...content.blocks, ...actions(formButton('reopen', aimAt(state)))],
  };
}

export function closedWords(
  { incidentId, closure, proposal }: IncidentState,
  nowMs: number,
): string {
  const mergedInto = proposal?.mergedInto ?? null;
  const by = closure === null ? '' : ` ${byWhom(closure.by, closure.atMs, nowMs)}`;
  const part = mergedInto === null ? '' : ` It is part of ${mergedInto} now.`;
  return `${incidentId} was worked on in this thread and was closed${by}.${part} Reopen it if this belongs to it, or start another incident outside this thread.`;
}
