import type { Actor, RecordedEvent } from '../../domain/incident/events.ts';
import type { Evidence } from '../../domain/incident/evidence.ts';
import { leadingExplanation } from '../../domain/incident/leading-explanation.ts';
import { movesSince } from '../../domain/incident/moves-since.ts';
import type { RankingOccasion } from '../../domain/incident/ranking.ts';
import type { History } from '../../domain/incident/record.ts';
import { tellNumbered } from '../../domain/incident/tell-moves.ts';
import { nothingLikelihood, standingPart } from './likelihood-part.ts';
import { actor, bold, mention, type Part } from './text.ts';

/**
 * "After late events: strengthened: hypothesis 2 (31 % → 64 %)". Null for what is still being
 * read, for the first ranking, which the board tells whole, and where nothing moved.
 */
export function movesParts(recorded: RecordedEvent, history: History): Part {
  const { event } = recorded;
  if (event.type !== 'causes-ranked' || event.ranking.isPartial) return null;
  const earlier = history.lastBefore(recorded.version, isWhole);
  const before = earlier === undefined ? null : history.at(earlier.version);
  const now = history.at(recorded.version);
  if (before === null || now === null) return null;
  const told = tellNumbered(movesSince(now, before));
  if (told === null) return null;
  return [
    '⚖️ ',
    bold(told),
    '. ',
    OCCASIONS[event.ranking.occasion](evidenceBefore(recorded, history)),
  ];
}

/** Which of the explanations that are left comes first, as it was then. */
export function nowLeadsPart({ version }: RecordedEvent, history: History): Part {
  const state = history.at(version);
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

/** The last piece of evidence of the kind that is wanted, of those before a ranking. */
type LastEvidence = (isWanted: (evidence: Evidence) => boolean) => FoundEvidence | null;

interface FoundEvidence {
  readonly actor: Actor;
  readonly evidence: Evidence;
}

type OccasionOf = (last: LastEvidence) => Part;

const OCCASIONS = {
  gathering: () => 'AWS was read again.',
  'late-events': () => 'Events arrived late.',
  alarms: () => 'The alarms say more now.',
  'attached-evidence': (last) => {
    const by = last(({ kind }) => kind === 'lookup')?.actor;
    return by === undefined ? 'Evidence was attached.' : [actor(by), ' attached evidence.'];
  },
  statement: (last) => {
    const said = last((row) => row.kind === 'statement' && row.answer !== null)?.evidence;
    return said?.kind === 'statement'
      ? [mention(said.personId), ' answered.']
      : 'A person answered.';
  },
} as const satisfies Record<RankingOccasion, OccasionOf>;

function evidenceBefore({ version }: RecordedEvent, history: History): LastEvidence {
  return (isWanted) => {
    const found = history.lastBefore(
      version,
      ({ event }) => event.type === 'evidence-recorded' && isWanted(event.evidence),
    );
    return found?.event.type === 'evidence-recorded'
      ? { actor: found.actor, evidence: found.event.evidence }
      : null;
  };
}
