import type { Decision, IncidentCommand } from '../../src/domain/incident/commands.ts';
import { decide } from '../../src/domain/incident/decide.ts';
import type { Actor, RecordedEvent } from '../../src/domain/incident/events.ts';
import { foldEvents, record } from '../../src/domain/incident/record.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';

export const MINUTE_MS = 60_000;
/** 2026-03-08 10:42 UTC */
export const STARTED_AT_MS = Date.UTC(2026, 2, 8, 10, 42);
export const OPENED_AT_MS = STARTED_AT_MS + 3 * MINUTE_MS;

export const ana: Actor = { kind: 'person', userId: 'UANA' };
export const ben: Actor = { kind: 'person', userId: 'UBEN' };
export const bot: Actor = { kind: 'bot' };

type CommandOf<T extends IncidentCommand['type']> = Extract<IncidentCommand, { type: T }>;

export function openCommand(
  changes: Partial<CommandOf<'open-incident'>> = {},
): CommandOf<'open-incident'> {
  return {
    type: 'open-incident',
    incidentId: 'RT-7K3F9',
    title: 'Checkout returns 5xx',
    teamId: 'T1',
    channelId: 'C1',
    threadTs: null,
    sourcePermalink: null,
    startedAtMs: STARTED_AT_MS,
    severity: 'sev2',
    alarmNames: [],
    resources: [],
    regions: ['eu-west-1'],
    gatheringId: 'gathering-1',
    ...changes,
  };
}

/** One working command of each kind that the straight path through the seven steps needs. */
export const commands = {
  open: openCommand(),
  own: { type: 'assign-owner', ownerId: 'UANA' },
  state: {
    type: 'state-problem',
    symptoms: 'Checkout answers 503 for one request in three.',
    affected: 'All customers in the EU shop.',
    startedAtMs: STARTED_AT_MS,
    recentChanges: 'A deployment at 10:30.',
  },
  isolate: { type: 'isolate-component', component: 'sg-0abc', finding: 'Port 443 is closed.' },
  propose: {
    type: 'propose-hypothesis',
    hypothesisId: 'hypothesis-1',
    statement: 'The security group no longer lets port 443 in.',
    likelihood: 'high',
    impact: 'high',
    evidenceIds: [],
  },
  startTest: {
    type: 'start-test',
    hypothesisId: 'hypothesis-1',
    test: 'Compare the rules with those of yesterday.',
  },
  confirm: {
    type: 'conclude-test',
    hypothesisId: 'hypothesis-1',
    verdict: 'confirmed',
    finding: 'The rule for 443 was removed at 10:41.',
  },
  plan: {
    type: 'plan-solution',
    planId: 'plan-1',
    hypothesisId: 'hypothesis-1',
    solution: 'Put the rule for 443 back.',
    risk: 'None beyond the state of yesterday.',
    mitigation: '',
    rollback: 'Remove the rule again.',
    resources: ['sg-0abc'],
    window: null,
  },
  approve: { type: 'approve-plan', planId: 'plan-1' },
  implement: { type: 'report-implemented', planId: 'plan-1', what: 'Rule restored by pipeline.' },
  verify: { type: 'verify-solution', finding: 'No 503 for ten minutes.' },
  document: {
    type: 'document-findings',
    rootCause: 'A clean-up job removed the rule.',
    lessons: 'The job needs a dry run.',
    preventiveMeasures: [{ text: 'Add a dry run to the job.', ownerId: 'UBEN' }],
  },
  close: { type: 'close-incident', reason: null },
} as const satisfies Record<string, IncidentCommand>;

/** Who says what on the straight path, in order. */
export const STRAIGHT_PATH: readonly (readonly [IncidentCommand, Actor])[] = [
  [commands.open, ana],
  [commands.own, ana],
  [commands.state, ana],
  [commands.isolate, ana],
  [commands.propose, ana],
  [commands.startTest, ana],
  [commands.confirm, ana],
  [commands.plan, ana],
  [commands.approve, ben],
  [commands.implement, ana],
  [commands.verify, ana],
  [commands.document, ana],
  [commands.close, ana],
];

/** Plays commands a minute apart and throws, with the sentence, when one is rejected. */
export function play(
  steps: readonly (readonly [IncidentCommand, Actor])[],
  earlier: readonly RecordedEvent[] = [],
  fromMs: number = (earlier.at(-1)?.atMs ?? OPENED_AT_MS - MINUTE_MS) + MINUTE_MS,
): readonly RecordedEvent[] {
  const events = [...earlier];
  for (const [index, [command, actor]] of steps.entries()) {
    const atMs = fromMs + index * MINUTE_MS;
    const decision = decide(foldEvents(events), command, actor, atMs);
    if (decision.kind === 'rejected') throw new Error(`${command.type}: ${decision.sentence}`);
    events.push(...record(decision.events, { fromVersion: events.length, atMs, actor }));
  }
  return events;
}

/** The straight path up to and including the command named. */
export function eventsUpTo(name: keyof typeof commands): readonly RecordedEvent[] {
  const last = STRAIGHT_PATH.findIndex(([command]) => command === commands[name]);
  return play(STRAIGHT_PATH.slice(0, last + 1));
}

export function stateOf(events: readonly RecordedEvent[]): IncidentState {
  const state = foldEvents(events);
  if (state === null) throw new Error('An incident needs at least one event.');
  return state;
}

/** What `decide` says to a command twenty seconds after the last event. */
export function answer(
  events: readonly RecordedEvent[],
  command: IncidentCommand,
  actor: Actor = ana,
): Decision {
  const atMs = (events.at(-1)?.atMs ?? OPENED_AT_MS) + 20_000;
  return decide(foldEvents(events), command, actor, atMs);
}
