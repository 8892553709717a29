import {
  type Actor,
  EVENT_SCHEMA_VERSION,
  type IncidentEvent,
  type RecordedEvent,
} from '../../src/domain/incident/events.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { anAlarmChange } from './alarm-builders.ts';
import { ana, ben, bot, eventsUpTo, MINUTE_MS } from './incident-builders.ts';
import { anAssessment, aRankedCause, aRanking } from './ranking-builders.ts';

const HYPOTHESES = 20;

/**
 * A log of at least so many events in which everything goes on and on that a line looks back for:
 * rankings that move, owners that change, tests that end, alarms that come and go, reminders.
 */
export function aLongLog(count: number): readonly RecordedEvent[] {
  const events = [...eventsUpTo('isolate')];
  const put = (actor: Actor, event: IncidentEvent): void => {
    const version = events.length + 1;
    const atMs = (events[0]?.atMs ?? 0) + version * MINUTE_MS;
    events.push({ schemaVersion: EVENT_SCHEMA_VERSION, version, atMs, actor, event });
  };
  for (let round = 0; events.length < count; round += 1) {
    for (const [actor, event] of roundOf(round)) put(actor, event);
  }
  return events;
}

type Entries = readonly (readonly [Actor, IncidentEvent])[];

function roundOf(round: number): Entries {
  const hypothesisId = `tested-${round % HYPOTHESES}`;
  const proposal: IncidentEvent = {
    type: 'hypothesis-proposed',
    hypothesisId,
    statement: `Cause ${round} of it all.`,
    likelihood: 'low',
    impact: 'low',
    evidenceIds: [],
  };
  return [
    ...(round < HYPOTHESES ? ([[ana, proposal]] satisfies Entries) : []),
    [bot, { type: 'causes-ranked', ranking: rankingOf(round), moves: [] }],
    [ben, { type: 'note-added', noteId: `note-${round}`, text: `Seen ${round} times.` }],
    [ana, { type: 'test-started', hypothesisId, test: 'Look whether it is so.' }],
    [ben, { type: 'test-concluded', hypothesisId, verdict: 'eliminated', finding: 'It is not.' }],
    [ana, { type: 'owner-changed', ownerId: round % 2 === 0 ? 'UBEN' : 'UANA' }],
    [bot, { type: 'alarm-changed', change: alarmOf(round), mergedFrom: null }],
    [bot, { type: 'nudge-sent', why: 'quiet' }],
    [ana, { type: 'severity-changed', severity: 'sev1', need: null }],
  ];
}

function rankingOf(round: number) {
  const isFirst = round % 2 === 0;
  return aRanking({
    occasion: round === 0 ? 'gathering' : 'late-events',
    nothing: anAssessment(0.1),
    causes: [
      aRankedCause({ eventId: 'e1', statement: 'Cause 1.', probability: isFirst ? 0.7 : 0.2 }),
      aRankedCause({ eventId: 'e2', statement: 'Cause 2.', probability: isFirst ? 0.2 : 0.7 }),
    ],
  });
}

function alarmOf(round: number) {
  const to = round % 2 === 0 ? ('ALARM' as const) : ('OK' as const);
  return anAlarmChange({ name: untrusted(`alarm-${round % 5}`), to });
}
