import fc from 'fast-check';
import type { AvailableAction } from '../../src/domain/incident/available-actions.ts';
import type { IncidentCommand, IncidentCommandType } from '../../src/domain/incident/commands.ts';
import type { Actor } from '../../src/domain/incident/events.ts';
import { LIMITS } from '../../src/domain/incident/limits.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import { INCIDENT_STEPS } from '../../src/domain/incident/steps.ts';
import { untrusted } from '../../src/domain/untrusted.ts';
import { anAlarmChange } from './alarm-builders.ts';
import { aCoverage, aTrailRecord } from './full-incident.ts';
import { ana, ben, bot, commands, openCommand, STARTED_AT_MS } from './incident-builders.ts';
import { aRankedCause, aRanking, aSimilarIncident } from './ranking-builders.ts';

export const HOSTILE_TEXTS: readonly string[] = [
  '',
  '   ',
  '\u200b\u2060',
  '\u202Egnp.exe',
  '<!channel> <@UANA> <https://evil.example|click>',
  '# heading\n- list\n1. one\n> quote\n---\n===\n```\ncode',
  '[a](javascript:alert(1)) ![b](https://evil.example/x.png)',
  '<script>alert(1)</script>|cell|\\`*_{}',
  'https://evil.example/?a=1&b=2 www.evil.example me@evil.example',
  '\ud800 lone',
  'x'.repeat(LIMITS.textCharactersMax + 1),
];

const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
);
const hypothesisId = fc.constantFrom('hypothesis-1', 'hypothesis-2', 'hypothesis-3', 'nonsense');
const planId = fc.constantFrom('plan-1', 'plan-2', 'nonsense');
const gatheringId = fc.constantFrom('gathering-1', 'gathering-2', 'nonsense');
const messageTs = fc.constantFrom('1.1', '1.2', '1.3');
const rating = fc.constantFrom('high' as const, 'medium' as const, 'low' as const);
const verdict = fc.constantFrom(
  'confirmed' as const,
  'eliminated' as const,
  'inconclusive' as const,
);
const time = fc.integer({ min: STARTED_AT_MS - 1_000_000, max: STARTED_AT_MS + 1_000_000 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const alarmChange = fc
  .record({
    name: fc.constantFrom('alarm-1', 'alarm-2').map(untrusted),
    to: fc.constantFrom('OK' as const, 'ALARM' as const, 'INSUFFICIENT_DATA' as const),
    atMs: time,
    reason: text.map(untrusted),
  })
  .map(anAlarmChange);

/** A question to one of the two who act, with any answer: whoever records it may not be them. */
const statement = fc.record({
  evidenceId: fc.constantFrom('statement-1', 'statement-2'),
  gatheringId: fc.constant(null),
  kind: fc.constant('statement' as const),
  coverage: text.map((query) => aCoverage({ query })),
  recordedAs: text.map(untrusted),
  personId: fc.constantFrom('UANA', 'UBEN'),
  askedBy: fc.constant('UANA'),
  askedAtMs: time,
  question: text,
  records: fc.constant([aTrailRecord()]),
  answer: orNull(
    fc.record({
      verdict: orNull(fc.constantFrom('planned' as const, 'mistake' as const, 'not-me' as const)),
      comment: orNull(text),
      atMs: time,
    }),
  ),
});

const watched = fc.record({
  accountId: fc.constant(null),
  region: fc.constant('eu-west-1'),
  name: fc.constantFrom('checkout-5xx', 'latency').map(untrusted),
  state: fc.constantFrom('OK' as const, 'ALARM' as const, 'INSUFFICIENT_DATA' as const),
  sinceMs: time,
});

const similarId = fc.constantFrom('RT-5', 'RT-6', 'RT-7');

const ranking = fc
  .array(
    fc.record({
      causeId: fc.constantFrom('cause-1', 'cause-2', 'cause-3'),
      eventId: fc.constantFrom('e1', 'e2', 'e3'),
      statement: text,
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 4 },
  )
  .map((rows) => aRanking({ causes: rows.map(aRankedCause) }));

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
  'accept-proposal': {},
  'decline-proposal': { reason: orNull(text) },
  'merge-incident': { intoId: fc.constantFrom('RT-2', 'RT-7K3F9') },
  'state-problem': {
    symptoms: text,
    affected: text,
    startedAtMs: orNull(time),
    recentChanges: text,
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
  },
  'approve-plan': { planId },
  'waive-approval': { planId, reason: text },
  'report-implemented': { planId, what: text },
  'roll-back': { planId, reason: text },
  'record-watch': {
    agreedMs: fc.constantFrom(1, 60_000),
    readings: fc.array(watched, { maxLength: 2 }),
    trouble: orNull(text),
  },
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
  'close-incident': { reason: orNull(text) },
  'reopen-incident': { reason: text },
  'record-publication': { ofVersion: fc.nat({ max: 50 }), permalink: orNull(text) },
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
  'add-note': { text: 'A note.' },
  'change-severity': { severity: 'sev1' },
  'move-to-step': { step: 'verify', reason: 'To try it.' },
  'request-gathering': { fromMs: STARTED_AT_MS, toMs: STARTED_AT_MS + 1 },
  'escalate-incident': { to: 'Network team', reason: 'We need help.' },
  'rate-hypothesis': { likelihood: 'low', impact: 'low' },
};

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
    severity: state.severity === 'sev1' ? 'sev2' : 'sev1',
    step: state.step === 'verify' ? 'solve' : 'verify',
    noteId: `note-${id}`,
    ownerId: `U${id}`,
    gatheringId: `gathering-${id}`,
    hypothesisId: type === 'plan-solution' ? null : (itemId ?? `hypothesis-${id}`),
    planId: type === 'plan-solution' ? `plan-${id}` : (itemId ?? 'none'),
    type,
  } as unknown as IncidentCommand;
}
