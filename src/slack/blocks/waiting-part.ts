import { approverWords } from '../../domain/incident/approval.ts';
import type { IncidentState, Plan } from '../../domain/incident/state.ts';
import { waitingFor } from '../../domain/incident/waiting-for.ts';
import { quoteShortly } from '../../domain/text/cut-text.ts';
import { actor, date, type Part, sentenceToRichText, typed } from './text.ts';
import { countOf, planWords, stepRow } from './words.ts';

/** What holds things up: a test, a plan, AWS, or the people and their next question. */
export function waitingPart(state: IncidentState): Part {
  const waiting = waitingFor(state);
  switch (waiting.kind) {
    case 'decision':
      return 'people: is this an incident?';
    case 'test':
      return ['the result of the test ', typed(quoteShortly(waiting.test.test))];
    case 'approval':
      return ['approval of the plan by ', approversPart(waiting.plan)];
    case 'implementation':
      return `the plan to be implemented (${planWords(waiting.plan).word})`;
    case 'verification':
      return 'somebody to verify that it works now';
    case 'evidence': {
      const { gatheringId, requestedAtMs } = waiting.gathering;
      const { ranking } = state;
      const isReading = ranking?.isPartial === true && ranking.gatheringId === gatheringId;
      return [
        'evidence from AWS, asked for ',
        date(requestedAtMs),
        isReading ? `, ${countOf(ranking.basis.recordCount, 'record')} read so far` : null,
      ];
    }
    case 'people':
      return ['people: ', stepRow(state.step).question];
  }
}

/** Who may approve it, other than the planner. */
export function approversPart({ need, by }: Pick<Plan, 'need' | 'by'>): Part {
  if (need.entitledIds.length === 0) return ['somebody other than ', actor(by)];
  const words = approverWords(need, by);
  return sentenceToRichText(`${words.charAt(0).toLowerCase()}${words.slice(1)}`);
}
