import { lastEdit } from './document-edits.ts';
import type { IncidentEventType, RecordedEvent } from './events.ts';
import { ALARM_EVOLVERS } from './evolve-alarms.ts';
import { HYPOTHESIS_EVOLVERS } from './evolve-hypotheses.ts';
import { LOG_EVOLVERS } from './evolve-log.ts';
import { PLAN_EVOLVERS, withNeed } from './evolve-plans.ts';
import type { EventOf, Evolver, EvolversOf } from './evolver.ts';
import { proposalAfter } from './incident-alarms.ts';
import { momentsAfter, NO_MOMENTS } from './moments.ts';
import { NO_NUDGING, nudgingAfter } from './nudging.ts';
import type { IncidentState } from './state.ts';

type Opened = EventOf<'incident-opened'>;

type LaterEventType = Exclude<IncidentEventType, 'incident-opened'>;

const EVOLVERS: EvolversOf<LaterEventType> = {
  ...LOG_EVOLVERS,
  ...HYPOTHESIS_EVOLVERS,
  ...PLAN_EVOLVERS,
  ...ALARM_EVOLVERS,

  'problem-stated': (state, event, { actor, atMs }) => ({
    ...state,
    problem: {
      symptoms: event.symptoms,
      affected: event.affected,
      recentChanges: event.recentChanges,
      drafted: event.drafted,
      by: actor,
      atMs,
    },
    startedAtMs: event.startedAtMs ?? state.startedAtMs,
  }),
  'component-isolated': (state, event, { actor, atMs }) => ({
    ...state,
    isolation: { component: event.component, finding: event.finding, by: actor, atMs },
  }),
  'playbook-chosen': (state, { type: _type, ...playbook }, { actor }) => ({
    ...state,
    playbook: { ...playbook, by: actor },
  }),
  'title-changed': (state, event) => ({ ...state, title: event.title }),
  'severity-changed': (state, { severity, need }) => ({
    ...state,
    severity,
    plans: need === null ? state.plans : withNeed(state.plans, need),
  }),
  'owner-changed': (state, event) => ({ ...state, ownerId: event.ownerId }),
  'step-entered': (state, event, { atMs }) => ({
    ...state,
    step: event.step,
    visits: [
      ...state.visits.map((visit) =>
        visit.leftAtMs === null ? { ...visit, leftAtMs: atMs } : visit,
      ),
      { step: event.step, enteredAtMs: atMs, leftAtMs: null, reason: event.reason },
    ],
  }),
  'watch-checked': (state, { watch }) => ({ ...state, watch }),
  'check-ticked': (state, { text, isDone }, { actor, atMs }) => {
    const others = state.checks.filter((tick) => tick.text !== text);
    return { ...state, checks: isDone ? [...others, { text, by: actor, atMs }] : others };
  },
  'incident-moved': (state, event, { actor, atMs, version }) => ({
    ...state,
    channelId: event.channelId,
    threadTs: null,
    formerPlaces: [
      ...state.formerPlaces,
      {
        channelId: event.fromChannelId,
        threadTs: event.fromThreadTs,
        permalink: event.fromPermalink,
        leftVersion: version,
        leftAtMs: atMs,
        by: actor,
      },
    ],
  }),
  // What they change is `nudging`, which every event has its part in.
  'nudge-sent': (state) => state,
  'nudges-snoozed': (state) => state,
  'nudges-stopped': (state) => state,
  'findings-documented': (state, event, { actor, atMs }) => ({
    ...state,
    findings: {
      rootCause: event.rootCause,
      lessons: event.lessons,
      preventiveMeasures: event.preventiveMeasures,
      by: actor,
      atMs,
    },
  }),
  'document-edited': (state, { section, text }, { actor, atMs }) => {
    const revision = (lastEdit(state.edits, section)?.revision ?? 0) + 1;
    const others = state.edits.filter((edit) => edit.section !== section);
    return { ...state, edits: [...others, { section, text, revision, by: actor, atMs }] };
  },
  'process-evaluated': (state, { type: _type, ...remarks }, { actor, atMs }) => ({
    ...state,
    evaluation: {
      ...remarks,
      revision: (state.evaluation?.revision ?? 0) + 1,
      by: actor,
      atMs,
    },
  }),
  'incident-closed': (state, event, { actor, atMs }) => ({
    ...state,
    status: 'closed',
    closure: { reason: event.reason, by: actor, atMs },
  }),
  'incident-reopened': (state, event, { actor, atMs }) => ({
    ...state,
    status: 'open',
    closure: null,
    reopenings: [...state.reopenings, { reason: event.reason, by: actor, atMs }],
  }),
};

/** The bot's bookkeeping: it says nothing about people still working on the incident. */
const NO_ACTIVITY: readonly IncidentEventType[] = [
  'document-published',
  'work-abandoned',
  'alarm-changed',
  'causes-ranked',
  'similar-found',
  'watch-checked',
  'window-began',
  'nudge-sent',
  'nudges-snoozed',
  'nudges-stopped',
];

function applyLater<T extends LaterEventType>(
  type: T,
  event: EventOf<T>,
  state: IncidentState,
  recorded: RecordedEvent,
): IncidentState {
  const evolver: Evolver<T> = EVOLVERS[type];
  return evolver(state, event, recorded);
}

function openedState(event: Opened, recorded: RecordedEvent): IncidentState {
  const { actor, atMs, version } = recorded;
  const { type: _type, ...facts } = event;
  return {
    ...facts,
    version,
    status: 'open',
    ownerId: null,
    openedBy: actor,
    openedAtMs: atMs,
    lastActivityAtMs: atMs,
    nudging: { ...NO_NUDGING, activeAtMs: atMs },
    moments: momentsAfter(NO_MOMENTS, recorded),
    step: 'identify',
    formerPlaces: [],
    alarms: [],
    separated: [],
    proposal: null,
    playbook: null,
    visits: [],
    problem: null,
    isolation: null,
    notes: [],
    capturedMessages: [],
    gatherings: [],
    evidence: [],
    hypotheses: [],
    ranking: null,
    similar: [],
    plans: [],
    checks: [],
    verifications: [],
    watch: null,
    escalations: [],
    findings: null,
    edits: [],
    evaluation: null,
    closure: null,
    reopenings: [],
    publication: null,
    abandonedWork: [],
  };
}

/**
 * Folds one recorded event into the state. Facts only: whether it was allowed is `decide`'s
 * business. Throws RangeError for a log that does not begin with `incident-opened`.
 */
export function evolve(state: IncidentState | null, recorded: RecordedEvent): IncidentState {
  const { event, version, atMs } = recorded;
  if (event.type === 'incident-opened') {
    return state === null ? openedState(event, recorded) : { ...state, version };
  }
  if (state === null) {
    throw new RangeError(`The log begins with ${event.type} instead of incident-opened.`);
  }
  const isActivity = !NO_ACTIVITY.includes(event.type);
  const next = applyLater(event.type, event, state, recorded);
  return {
    ...next,
    proposal: proposalAfter(next.proposal, recorded),
    moments: momentsAfter(state.moments, recorded),
    nudging: nudgingAfter(state.nudging, recorded),
    version,
    lastActivityAtMs: isActivity ? Math.max(atMs, state.lastActivityAtMs) : state.lastActivityAtMs,
  };
}
