import type { RecordedEvent } from '../../domain/incident/events.ts';
import type { Evidence } from '../../domain/incident/evidence.ts';
import { leadingExplanation } from '../../domain/incident/leading-explanation.ts';
import { movesSince } from '../../domain/incident/moves-since.ts';
import type { RankingOccasion } from '../../domain/incident/ranking.ts';
import { foldUntil } from '../../domain/incident/record.ts';
import { tellNumbered } from '../../domain/incident/tell-moves.ts';
import { nothingLikelihood, standingPart } from './likelihood-part.ts';
import { actor, bold, mention, type Part } from './text.ts';

/**
 * "After late events: strengthened: hypothesis 2 (31 % → 64 %)". Null for what is still being
 * read, for the first ranking, which the board tells whole, and where nothing moved.
 */
export function movesParts(recorded: RecordedEvent, events: readonly RecordedEvent[]): Part {
  const { event } = recorded;
  if (event.type !== 'causes-ranked' || event.ranking.isPartial) return null;
  const earlier = events.findLast((row) => row.version < recorded.version && isWhole(row));
  const before = earlier === undefined ? null : foldUntil(events, earlier.version);
  const now = foldUntil(events, recorded.version);
  if (before === null || now === null) return null;
  const told = tellNumbered(movesSince(now, before));
  if (told === null) return null;
  return ['⚖️ ', bold(told), '. ', occasionParts(event.ranking.occasion, recorded, events)];
}

/** Which of the explanations that are left comes first, as it was then. */
export function nowLeadsPart(recorded: RecordedEvent, events: readonly RecordedEvent[]): Part {
  const state = foldUntil(events, recorded.version);
  const leading = state === null ? null : leadingExplanation(state);
  if (state === null || leading === null) return null;
  if (leading.kind === 'nothing') {
    return [' Nothing else on record explains it so far', ` (${nothingLikelihood(state)}).`];
  }
  const { hypothesis } = leading;
  return [` Hypothesis ${hypothesis.number} leads now (`, standingPart(state, hypothesis), ').'];
}

function isWhole({ event }: RecordedEvent): boolean {
  return event.type === 'causes-ranked' && !event.ranking.isPartial;
}

type OccasionOf = (before: readonly RecordedEvent[]) => Part;

const OCCASIONS = {
  gathering: () => 'AWS was read again.',
  'late-events': () => 'Events arrived late.',
  alarms: () => 'The alarms say more now.',
  'attached-evidence': (before) => {
    const by = lastEvidence(before, ({ kind }) => kind === 'lookup')?.recorded.actor;
    return by === undefined ? 'Evidence was attached.' : [actor(by), ' attached evidence.'];
  },
  statement: (before) => {
    const said = lastEvidence(before, (row) => row.kind === 'statement' && row.answer !== null);
    return said?.evidence.kind === 'statement'
      ? [mention(said.evidence.personId), ' answered.']
      : 'A person answered.';
  },
} as const satisfies Record<RankingOccasion, OccasionOf>;

function occasionParts(
  occasion: RankingOccasion,
  { version }: RecordedEvent,
  events: readonly RecordedEvent[],
): Part {
  return OCCASIONS[occasion](events.filter((row) => row.version < version));
}

function lastEvidence(
  events: readonly RecordedEvent[],
  isWanted: (evidence: Evidence) => boolean,
): { readonly recorded: RecordedEvent; readonly evidence: Evidence } | undefined {
  const found = events.flatMap((recorded) => {
    const { event } = recorded;
    const isFound = event.type === 'evidence-recorded' && isWanted(event.evidence);
    return isFound ? [{ recorded, evidence: event.evidence }] : [];
  });
  return found.at(-1);
}
