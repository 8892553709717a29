import type { Alarm } from '../domain/alarm/alarm.ts';
import { recordsBehind } from '../domain/incident/evidence.ts';
import { findHypothesis, testLookId } from '../domain/incident/hypotheses.ts';
import type { Hypothesis, IncidentState } from '../domain/incident/state.ts';
import { alarmsToWatch } from '../domain/incident/watch.ts';
import { quoteShortly } from '../domain/text/cut-text.ts';
import { listWords } from '../domain/text/list-words.ts';
import { utcWords } from '../domain/text/time-words.ts';
import type { TrailAnswer } from '../domain/trail/answer.ts';
import { tellingNames } from '../domain/trail/telling-names.ts';
import type { AlarmSource, FlowDependencies, TrailScope, Work } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import type { TrailReply } from './answer-trail.ts';
import { askerOf } from './gathering.ts';
import { targetOfPlace } from './scope.ts';

type TestWork = Extract<Work, { kind: 'look-for-test' }>;
type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

const READING_MAX_MS = 30_000;
const ALARMS_TOLD_MAX = 3;

export interface TestDependencies extends FlowDependencies {
  readonly alarms: AlarmSource;
  scopeOf(channelId: string): TrailScope;
  ask(work: TrailWork, signal: AbortSignal): Promise<TrailReply>;
}

/** What is read for one test, and which cause it is about. */
interface Testing {
  readonly state: IncidentState;
  readonly cause: NonNullable<Hypothesis['cause']>;
  /** "test 1 of hypothesis 2" */
  readonly name: string;
  readonly userId: string | null;
}

/**
 * The part of a test that only reads: what the alarms are now, and what was done since to what the
 * cause is about. Recorded as evidence and a note; the verdict stays with people.
 */
export async function lookForTest(
  deps: TestDependencies,
  { incidentId, hypothesisId }: TestWork,
  signal: AbortSignal,
): Promise<void> {
  const state = await deps.store.readState(incidentId);
  const hypothesis = state === null ? null : findHypothesis(state, hypothesisId);
  const index = hypothesis?.tests.findIndex(({ verdict }) => verdict === null) ?? -1;
  const by = hypothesis?.tests[index]?.by;
  // Without a recorded cause there is nothing that the bot would know how to read.
  if (state === null || hypothesis?.cause == null || by === undefined) return;
  // Where no account is asked about, there is nothing to read.
  if (deps.scopeOf(state.channelId).targets.length === 0) return;
  const name = `test ${index + 1} of hypothesis ${hypothesis.number}`;
  const userId = by.kind === 'person' ? by.userId : askerOf(state);
  const testing = { state, cause: hypothesis.cause, name, userId };
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(READING_MAX_MS)]);
  const answer = await callsSince(deps, testing, inTime);
  const alarms = await alarmsNow(deps, testing, inTime);
  signal.throwIfAborted();
  const lookId = testLookId(hypothesisId, index + 1);
  if (answer !== null) await attach(deps, testing, lookId, answer);
  const found = [alarms, answer === null ? null : callWords(answer)].filter((row) => row !== null);
  if (found.length === 0) return;
  await actOnIncident(deps, {
    incidentId,
    command: { type: 'add-note', noteId: lookId, text: `Read for ${name}: ${found.join(' ')}` },
    actor: { kind: 'bot' },
    dedupeId: `note-${lookId}`,
  });
}

/** Null: AWS recorded nothing that the cause names, or the question cannot be asked here. */
async function callsSince(
  deps: TestDependencies,
  { state, cause, userId }: Testing,
  signal: AbortSignal,
): Promise<TrailAnswer | null> {
  const resource = resourceOf(state, cause.eventIds);
  if (resource === null || userId === null) return null;
  const reply = await deps.ask(
    {
      kind: 'answer-trail',
      question: `touched "${resource}" since ${new Date(cause.atMs).toISOString()}`,
      deliver: 'as-evidence',
      userId,
      channelId: state.channelId,
      threadTs: state.threadTs,
      replyUrl: null,
      incidentId: state.incidentId,
      askedAtMs: deps.clock.nowMs(),
      answerId: '',
      page: 0,
      look: 0,
      about: 'question',
    },
    signal,
  );
  return reply.kind === 'answer' ? reply.answer : null;
}

/** Of the calls behind the cause, what the first that names anything is about. */
function resourceOf({ evidence }: IncidentState, eventIds: readonly string[]): string | null {
  return tellingNames(recordsBehind(evidence, eventIds))[0] ?? null;
}

async function attach(
  deps: TestDependencies,
  { state, name }: Testing,
  evidenceId: string,
  { understood, records, coverage }: TrailAnswer,
): Promise<void> {
  const question = `${name} · ${understood}`;
  const known = { kind: 'lookup', evidenceId, gatheringId: null } as const;
  await actOnIncident(deps, {
    incidentId: state.incidentId,
    command: { type: 'record-evidence', evidence: { ...known, question, records, coverage } },
    actor: { kind: 'bot' },
    dedupeId: `evidence-${evidenceId}`,
  });
}

/** Those that told of the trouble. Null: none is known. */
async function alarmsNow(
  { alarms, scopeOf }: TestDependencies,
  { state, userId }: Testing,
  signal: AbortSignal,
): Promise<string | null> {
  const places = alarmsToWatch(state).slice(0, ALARMS_TOLD_MAX);
  if (places.length === 0) return null;
  const scope = scopeOf(state.channelId);
  const asker = { userId, urgency: 'background' } as const;
  const told = await Promise.all(
    places.map(async (place) => {
      const target = targetOfPlace(scope, place);
      const request = { asker, names: [place.name] };
      const reading =
        target === null ? null : await alarms.readAlarms({ ...request, target }, signal);
      const alarm = reading?.items.find(({ name }) => name === place.name);
      return `${quoteShortly(place.name)} ${stateWords(alarm)}`;
    }),
  );
  return `now ${listWords(told)}.`;
}

function stateWords(alarm: Alarm | undefined): string {
  if (alarm === undefined) return 'could not be read';
  const since = alarm.transitionedAtMs;
  return `is ${alarm.state}${since === null ? '' : ` since ${utcWords(since)}`}`;
}

function callWords({ understood, coverage }: TrailAnswer): string {
  const { recordCount, fromMs } = coverage;
  const count = recordCount === 1 ? 'One call' : `${recordCount === 0 ? 'No' : recordCount} calls`;
  return `${count} since ${utcWords(fromMs)} (${understood}), on the card of this test.`;
}
