import fc from 'fast-check';
import type { AvailableAction } from '../../src/domain/incident/available-actions.ts';
import type { IncidentCommand, IncidentCommandType } from '../../src/domain/incident/commands.ts';
import { planBasis } from '../../src/domain/incident/decide-plan.ts';
import { problemBasis } from '../../src/domain/incident/decide-problem.ts';
import { lastEdit } from '../../src/domain/incident/document-edits.ts';
import type { Actor } from '../../src/domain/incident/events.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import { INCIDENT_STEPS } from '../../src/domain/incident/steps.ts';
import { aCoverage, aTrailRecord } from './full-incident.ts';
import { ana, ben, bot, commands, openCommand, STARTED_AT_MS } from './incident-builders.ts';
import {
  alarmChange,
  gatheringId,
  hypothesisId,
  messageTs,
  orNull,
  planId,
  ranking,
  rating,
  similarId,
  statement,
  text,
  time,
  verdict,
  watched,
} from './part-arbitraries.ts';
import { aSimilarIncident } from './ranking-builders.ts';

type Fields<T extends IncidentCommandType> = {
  readonly [F in keyof Omit<Extract<IncidentCommand, { type: T }>, 'type'>]: fc.Arbitrary<
    Extract<IncidentCommand, { type: T }>[F]
  >;
};

const FIELDS: { readonly [T in IncidentCommandType]: Fields<T> } = {
  'open-incident': {
    incidentId: fc.constant('RT-2'),
    title: text,
    teamId: fc.constant('T1'),
    channelId: fc.constant('C1'),
    threadTs: fc.constant(null),
    sourcePermalink: orNull(text),
    startedAtMs: orNull(time),
    severity: fc.constantFrom('sev1', 'sev4'),
    alarmNames: fc.array(text, { maxLength: 2 }),
    resources: fc.array(text, { maxLength: 2 }),
    regions: fc.array(text, { maxLength: 2 }),
    gatheringId,
  },
  'record-alarm': {
    change: alarmChange,
    mergedFrom: orNull(fc.constant('RT-3')),
    gatheringId: orNull(gatheringId),
    gatherWindow: fc.record({ fromMs: time, toMs: time }),
  },
  'separate-alarm': { alarm: alarmChange, intoId: fc.constant('RT-4') },
  'accept-proposal': {},
  'decline-proposal': { reason: orNull(text) },
  'merge-incident': { intoId: fc.constantFrom('RT-2', 'RT-7K3F9') },
  'state-problem': {
    symptoms: text,
    affected: text,
    startedAtMs: orNull(time),
    recentChanges: text,
    drafted: fc.array(text, { maxLength: 3 }),
  },
  'isolate-component': { component: text, finding: text },
  'choose-playbook': {
    playbookId: fc.constantFrom('downtime', 'security', 'generic'),
    title: text,
    reason: text,
    isByHand: fc.boolean(),
  },
  'change-title': { title: text },
  'change-severity': { severity: fc.constantFrom('sev1', 'sev2', 'sev3') },
  'assign-owner': { ownerId: orNull(fc.constantFrom('UANA', 'UBEN', '')) },
  'move-to-step': {
    step: fc.constantFrom(...INCIDENT_STEPS.map((row) => row.id)),
    reason: orNull(text),
  },
  'add-note': { noteId: fc.constantFrom('note-1', 'note-2', 'note-3'), text },
  'capture-message': {
    channelId: fc.constant('C1'),
    messageTs,
    authorId: orNull(fc.constant('UCARLA')),
    text,
    permalink: orNull(text),
    writtenAtMs: time,
  },
  'edit-captured-message': { messageTs, text },
  'release-captured-message': { messageTs },
  'request-gathering': { gatheringId, fromMs: time, toMs: time },
  'finish-gathering': { gatheringId, summary: text },
  'record-evidence': {
    evidence: fc.oneof(
      statement,
      fc.record({
        evidenceId: fc.constantFrom('evidence-1', 'evidence-2'),
        gatheringId: fc.constant(null),
        kind: fc.constant('changes' as const),
        coverage: text.map((query) => aCoverage({ query })),
        records: fc.array(
          fc.record({ eventId: text, eventName: text, atMs: time }).map(aTrailRecord),
          { maxLength: 3 },
        ),
      }),
    ),
  },
  'propose-hypothesis': {
    hypothesisId,
    statement: text,
    likelihood: rating,
    impact: rating,
    evidenceIds: fc.array(fc.constantFrom('evidence-1', 'nonsense'), { maxLength: 1 }),
  },
  'rank-causes': { ranking },
  'note-similar': {
    similar: fc.uniqueArray(similarId, { maxLength: 3 }).map((ids) => ids.map(aSimilarIncident)),
  },
  'dismiss-similar': { similarId },
  'rate-hypothesis': { hypothesisId, likelihood: rating, impact: rating },
  'start-test': { hypothesisId, test: text },
  'conclude-test': { hypothesisId, verdict, finding: text },
  'revive-hypothesis': { hypothesisId, reason: text },
  'plan-solution': {
    planId,
    hypothesisId: orNull(hypothesisId),
    solution: text,
    risk: text,
    mitigation: text,
    rollback: text,
    resources: fc.array(text, { maxLength: 2 }),
    window: orNull(fc.record({ fromMs: time, toMs: orNull(time) })),
  },
  'approve-plan': { planId },
  'begin-window': { planId },
  'waive-approval': { planId, reason: text },
  'report-implemented': { planId, what: text },
  'roll-back': { planId, reason: text },
  'record-watch': {
    agreedMs: fc.constantFrom(1, 60_000),
    readings: fc.array(watched, { maxLength: 2 }),
    trouble: orNull(text),
  },
  'tick-check': { text, isDone: fc.boolean() },
  'verify-solution': { finding: text },
  'fail-verification': { finding: text },
  'escalate-incident': { to: text, reason: text },
  'document-findings': {
    rootCause: text,
    lessons: text,
    preventiveMeasures: fc.array(fc.record({ text, ownerId: orNull(fc.constant('UBEN')) }), {
      maxLength: 3,
    }),
  },
  'edit-document': {
    section: fc.constantFrom('root-cause', 'additions'),
    text,
    basis: fc.nat({ max: 3 }),
  },
  'evaluate-process': {
    effectiveness: text,
    efficiency: text,
    cost: text,
    quality: text,
    safety: text,
    basis: fc.nat({ max: 2 }),
  },
  'close-incident': { reason: orNull(text) },
  'reopen-incident': { reason: text },
  'relocate-incident': {
    channelId: fc.constantFrom('C1', 'C2', 'C3'),
    channelName: orNull(text),
    fromPermalink: orNull(text),
  },
  'send-nudge': {
    why: fc.constantFrom('no-owner', 'quiet'),
    talkedAtMs: orNull(time),
  },
  'snooze-nudges': { untilMs: time },
  'stop-nudges': {},
  'record-publication': {
    ofVersion: fc.nat({ max: 50 }),
    permalink: orNull(text),
    canvasLink: orNull(text),
  },
  'redact-record': { reason: text, places: fc.nat({ max: 9 }) },
  'abandon-work': { task: text, reason: text },
};

export const COMMAND_TYPES = Object.keys(FIELDS) as readonly IncidentCommandType[];

/** Any command, sensible or not: few ids, so that commands meet; nonsense ids and hostile texts. */
export const anyCommand: fc.Arbitrary<IncidentCommand> = fc
  .constantFrom(...COMMAND_TYPES)
  .chain((type) => {
    const fields = FIELDS[type] as Readonly<Record<string, fc.Arbitrary<unknown>>>;
    return fc.record(fields).map((values) => ({ type, ...values }) as IncidentCommand);
  });

export const anyActor: fc.Arbitrary<Actor> = fc.constantFrom(ana, ben, bot);

/** A move in a random incident: any command, or the n-th action that is offered at that moment. */
export type Move = { readonly actor: Actor; readonly waitMs: number } & (
  | { readonly kind: 'any'; readonly command: IncidentCommand }
  | { readonly kind: 'offered'; readonly index: number; readonly id: number }
);

const wait = fc.integer({ min: -1_000, max: 900_000 });

export const anyMoves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('any' as const),
      actor: anyActor,
      waitMs: wait,
      command: anyCommand,
    }),
    fc.record({
      kind: fc.constant('offered' as const),
      actor: anyActor,
      waitMs: wait,
      index: fc.nat({ max: 4 }),
      id: fc.nat({ max: 1_000_000 }),
    }),
  ),
  { maxLength: 60, size: 'max' },
);

const VALID: Readonly<Partial<Record<IncidentCommandType, object>>> = {
  'state-problem': commands.state,
  'isolate-component': commands.isolate,
  'propose-hypothesis': commands.propose,
  'start-test': commands.startTest,
  'conclude-test': commands.confirm,
  'plan-solution': { ...commands.plan, hypothesisId: null },
  'report-implemented': commands.implement,
  'verify-solution': commands.verify,
  'document-findings': commands.document,
  'close-incident': { reason: 'Not an incident.' },
  'edit-document': { section: 'additions' },
  'evaluate-process': { effectiveness: '', efficiency: '', cost: '', quality: '' },
  'add-note': { text: 'A note.' },
  'change-severity': { severity: 'sev1' },
  'move-to-step': { step: 'verify', reason: 'To try it.' },
  'request-gathering': { fromMs: STARTED_AT_MS, toMs: STARTED_AT_MS + 1 },
  'escalate-incident': { to: 'Network team', reason: 'We need help.' },
  'rate-hypothesis': { likelihood: 'low', impact: 'low' },
  'relocate-incident': { channelName: null, fromPermalink: null },
};

function basisOf(state: IncidentState, type: IncidentCommandType): number | string {
  if (type === 'plan-solution') return planBasis(state);
  if (type === 'state-problem') return problemBasis(state);
  if (type === 'evaluate-process') return state.evaluation?.revision ?? 0;
  return lastEdit(state.edits, 'additions')?.revision ?? 0;
}

const TEXTS_WITH_ID = [
  'symptoms',
  'component',
  'statement',
  'finding',
  'reason',
  'to',
  'rootCause',
] as const;

/** The command behind an offered action, with valid texts and ids made from `id`. */
export function commandFor(
  action: AvailableAction,
  id: number,
  state: IncidentState,
): IncidentCommand {
  const { itemId, command: type } = action;
  return {
    ...(VALID[type] ?? openCommand()),
    ...Object.fromEntries(TEXTS_WITH_ID.map((field) => [field, `A ${field} ${id}.`])),
    text: `A text ${id} at ${state.version}.`,
    safety: `A remark ${id} at ${state.version}.`,
    basis: basisOf(state, type),
    severity: state.severity === 'sev1' ? 'sev2' : 'sev1',
    step: state.step === 'verify' ? 'solve' : 'verify',
    channelId: state.channelId === 'C2' ? 'C3' : 'C2',
    noteId: `note-${id}`,
    ownerId: `U${id}`,
    gatheringId: `gathering-${id}`,
    hypothesisId: type === 'plan-solution' ? null : (itemId ?? `hypothesis-${id}`),
    planId: type === 'plan-solution' ? `plan-${id}` : (itemId ?? 'none'),
    type,
  } as unknown as IncidentCommand;
}
