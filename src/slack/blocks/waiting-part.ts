import type { IncidentState } from '../../domain/incident/state.ts';
import { waitingFor } from '../../domain/incident/waiting-for.ts';
import { quoteShortly } from '../../domain/text/cut-text.ts';
import { actor, date, type Part, typed } from './text.ts';
import { countOf, stepRow } from './words.ts';

/** What holds things up: a test, a plan, AWS, or the people and their next question. */
export function waitingPart(state: IncidentState): Part {
  const waiting = waitingFor(state);
  switch (waiting.kind) {
    case 'decision':
      return 'people: is this an incident?';
    case 'test':
      return ['the result of the test ', typed(quoteShortly(waiting.test.test))];
    case 'approval':
      return ['approval of the plan by somebody other than ', actor(waiting.plan.by)];
    case 'implementation':
      return 'the approved plan to be implemented';
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
