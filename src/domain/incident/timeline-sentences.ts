import type { AlarmChange } from '../alarm/alarm-change.ts';
import { listWords } from '../text/list-words.ts';
import { durationWords } from '../text/time-words.ts';
import { upperFirst } from '../text/upper-first.ts';
import { mention } from './decision.ts';
import { sectionTitle } from './document-edits.ts';
import { markDrafted } from './drafted-lines.ts';
import type { Actor, IncidentEventType } from './events.ts';
import type { Evidence, Statement } from './evidence.ts';
import type { EventOf } from './evolver.ts';
import { fixReading, fixWords } from './fix-reading.ts';
import { isUntested } from './hypotheses.ts';
import { findAlarm } from './incident-alarms.ts';
import { windowWords } from './plan-scope.ts';
import type { IncidentState } from './state.ts';
import { VERDICT_WORDS as STATEMENT_WORDS } from './statement.ts';
import { INCIDENT_STEPS, stepNumber } from './steps.ts';
import { tellMoves } from './tell-moves.ts';
import { currentWatch, isWatched } from './watch.ts';
import { withRanking } from './with-ranking.ts';

export type TimelineKind =
  | 'incident'
  | 'step'
  | 'problem'
  | 'evidence'
  | 'hypothesis'
  | 'solution'
  | 'escalation'
  | 'note'
  | 'message'
  | 'alarm'
  | 'change'
  | 'call'
  | 'trouble';

export interface TimelineEntry {
  readonly atMs: number;
  /** The last of several changes that are told as one; absent where there is one moment. */
  readonly untilMs?: number;
  /** Null for what AWS recorded and for messages whose author is unknown. */
  readonly actor: Actor | null;
  readonly kind: TimelineKind;
  /** Our words, with people as `<@U123>`; no foreign text. Without a period, to go before `detail`. */
  readonly sentence: string;
  /** Text that people or AWS wrote: make it harmless before showing it. */
  readonly detail: string | null;
  readonly link: string | null;
}

export type TimelineLine = Pick<TimelineEntry, 'kind' | 'sentence' | 'detail'>;

type Teller<T extends IncidentEventType> = (
  event: EventOf<T>,
  state: IncidentState,
) => TimelineLine | null;

function line(kind: TimelineKind, sentence: string, detail: string | null = null): TimelineLine {
  return { kind, sentence, detail: detail === '' ? null : detail };
}

function hypothesisName(state: IncidentState, hypothesisId: string): string {
  const found = state.hypotheses.find((row) => row.hypothesisId === hypothesisId);
  return found === undefined ? 'a hypothesis' : `hypothesis ${found.number}`;
}

function planName(state: IncidentState, planId: string): string {
  const index = state.plans.findIndex((row) => row.planId === planId);
  return index < 0 ? 'a plan' : `plan ${index + 1}`;
}

/** The one who asked, or who answered, is the entry's actor. */
function statementLine(statement: Statement, state: IncidentState): TimelineLine {
  const { answer, personId, question, evidenceId } = statement;
  if (answer === null) {
    const whom = mention({ kind: 'person', userId: personId });
    return line('evidence', `Asked ${whom} about a call that AWS recorded`, question);
  }
  const before = state.evidence.find((row) => row.evidenceId === evidenceId);
  const earlier = before?.kind === 'statement' ? before.answer : null;
  // What they said before stands above already.
  if (earlier?.verdict === answer.verdict && answer.comment !== null) {
    return line('evidence', 'Added to the answer about the call', answer.comment);
  }
  const said = answer.verdict === null ? '' : `: ${STATEMENT_WORDS[answer.verdict].said}`;
  return line(
    'evidence',
    `Answered about the call${said} (a statement, not proof)`,
    answer.comment,
  );
}

function alarmSentence(
  change: AlarmChange,
  mergedFrom: string | null,
  { alarms }: IncidentState,
): string {
  if (mergedFrom !== null) return `Alarm joined, merged from ${mergedFrom}`;
  if (change.to !== 'ALARM') return 'Alarm reported as OK again';
  return findAlarm(alarms, change) === undefined ? 'Alarm reported' : 'Alarm reported again';
}

/** Each time more was found: CloudTrail delivers late. */
function fixLine(
  evidence: Extract<Evidence, { kind: 'changes' }>,
  state: IncidentState,
): TimelineLine | null {
  const before = state.evidence.find((row) => row.evidenceId === evidence.evidenceId);
  const reading = fixReading(evidence, state);
  const told = before === undefined ? null : fixReading(before, state);
  if (reading === null || (told !== null && fixWords(told) === fixWords(reading))) return null;
  return line('evidence', fixWords(reading));
}

const VERDICT_WORDS = {
  confirmed: 'confirmed',
  eliminated: 'eliminated',
  inconclusive: 'tested without a clear result',
} as const;

/** What each event says on the timeline; null: nothing (told elsewhere, or only bookkeeping). */
const TELLERS: { readonly [T in IncidentEventType]: Teller<T> } = {
  'incident-opened': (event) =>
    line(
      'incident',
      `${event.isDrill ? 'Drill' : 'Incident'} opened as ${event.severity.toUpperCase()}`,
      event.title,
    ),
  'incident-proposed': () => null,
  'alarm-changed': ({ change, mergedFrom }, state) =>
    line('alarm', alarmSentence(change, mergedFrom, state), `${change.name} (${change.region})`),
  'alarm-separated': ({ alarm, intoId }) =>
    line(
      'alarm',
      `Alarm taken out: it is worked on as ${intoId}`,
      `${alarm.name} (${alarm.region})`,
    ),
  'proposal-decided': ({ verdict }) =>
    verdict === 'accepted' ? line('incident', 'Accepted as an incident') : null,
  'problem-stated': (event) =>
    line('problem', 'Problem stated', markDrafted(event.symptoms, event)),
  'component-isolated': (event) => line('problem', 'Component in question named', event.component),
  'playbook-chosen': ({ title, reason, isByHand }) =>
    line(
      'incident',
      isByHand ? 'Playbook chosen by hand' : 'Playbook chosen by Redthread',
      `${title}. ${reason}`,
    ),
  'title-changed': (event) => line('incident', 'Title changed', event.title),
  'severity-changed': (event) =>
    line('incident', `Severity changed to ${event.severity.toUpperCase()}`),
  'owner-changed': (event) =>
    line(
      'incident',
      event.ownerId === null
        ? 'The incident has no owner any more'
        : `Owner is now ${mention({ kind: 'person', userId: event.ownerId })}`,
    ),
  'step-entered': (event) => {
    const title = INCIDENT_STEPS.find((row) => row.id === event.step)?.title ?? event.step;
    return line('step', `Step ${stepNumber(event.step)}: ${title}`, event.reason);
  },
  'note-added': (event) => line('note', 'Note', event.text),
  'message-captured': () => null,
  'captured-message-edited': () => null,
  'captured-message-released': () => null,
  'gathering-requested': () => null,
  'gathering-finished': (event) => line('evidence', 'Evidence gathered', event.summary),
  'evidence-recorded': ({ evidence }, state) => {
    if (evidence.kind === 'statement') return statementLine(evidence, state);
    if (evidence.kind === 'changes' && evidence.fix !== undefined) return fixLine(evidence, state);
    const isFirst = state.evidence.every((row) => row.evidenceId !== evidence.evidenceId);
    return evidence.gatheringId === null && isFirst
      ? line('evidence', 'Evidence attached', evidence.coverage.query)
      : null;
  },
  'hypothesis-proposed': (event, state) =>
    line(
      'hypothesis',
      `Hypothesis ${state.hypotheses.length + 1} proposed (likelihood ${event.likelihood}, impact ${event.impact})`,
      event.statement,
    ),
  'causes-ranked': ({ ranking, moves }, state) => {
    const at = { by: { kind: 'bot' }, atMs: 0 } as const;
    const told = tellMoves(moves, withRanking(state.hypotheses, ranking, at));
    return told === null ? null : line('hypothesis', told);
  },
  'similar-found': ({ similar }) => {
    const ids = listWords(similar.map(({ incidentId }) => incidentId));
    return similar.length === 0 ? null : line('incident', `Looks like ${ids}`);
  },
  'similar-dismissed': ({ similarId }) => line('incident', `Not like ${similarId} after all`),
  'hypothesis-rated': (event, state) =>
    line(
      'hypothesis',
      `${upperFirst(hypothesisName(state, event.hypothesisId))} rated: likelihood ${event.likelihood}, impact ${event.impact}`,
    ),
  'test-started': (event, state) => {
    const name = hypothesisName(state, event.hypothesisId);
    return isUntested(event)
      ? line('hypothesis', `${upperFirst(name)} judged on what is on record, without a test`)
      : line('hypothesis', `Test of ${name} started`, event.test);
  },
  'test-concluded': (event, state) =>
    line(
      'hypothesis',
      `${upperFirst(hypothesisName(state, event.hypothesisId))} ${VERDICT_WORDS[event.verdict]}`,
      event.finding,
    ),
  'hypothesis-revived': (event, state) =>
    line(
      'hypothesis',
      `${upperFirst(hypothesisName(state, event.hypothesisId))} revived`,
      event.reason,
    ),
  'solution-planned': ({ hypothesisId, window, solution }, state) => {
    const what =
      hypothesisId === null
        ? 'Mitigation planned'
        : `Solution planned for ${hypothesisName(state, hypothesisId)}`;
    const when = window === null ? '' : `, to go in ${windowWords(window)}`;
    return line('solution', `${what} (plan ${state.plans.length + 1}${when})`, solution);
  },
  'plan-approved': (event, state) =>
    line('solution', `${upperFirst(planName(state, event.planId))} approved`),
  'window-began': ({ planId }, state) => {
    const plan = state.plans.find((row) => row.planId === planId);
    const waits = plan?.status === 'planned' && plan.need.rule !== 'none';
    const how = waits ? ', and it still waits for approval' : '';
    return line('solution', `The window of ${planName(state, planId)} begins${how}`);
  },
  'approval-waived': (event, state) =>
    line(
      'solution',
      `${upperFirst(planName(state, event.planId))} goes ahead without approval`,
      event.reason,
    ),
  'solution-implemented': (event, state) =>
    line('solution', `${upperFirst(planName(state, event.planId))} implemented`, event.what),
  'solution-rolled-back': (event, state) =>
    line('solution', `${upperFirst(planName(state, event.planId))} rolled back`, event.reason),
  'watch-checked': ({ watch }) =>
    watch.outcome === 'quiet'
      ? line('solution', `The alarms have stayed OK for ${durationWords(watch.agreedMs)}`)
      : null,
  'check-ticked': ({ text, isDone }) =>
    line('solution', isDone ? 'Checked' : 'Not checked after all', text),
  'solution-verified': (event) => line('solution', 'Solution verified', event.finding),
  'verification-failed': (event) => line('solution', 'Verification failed', event.finding),
  // The facts that were sent along stand below, under the escalations.
  'incident-escalated': ({ to, reason }) =>
    line('escalation', 'Escalated', `${to}: ${reason.split('\n\n')[0]}`),
  'findings-documented': (event) => line('incident', 'Findings recorded', event.rootCause),
  'document-edited': ({ section, text }) => {
    const what = text === '' ? 'Took back the edit of' : 'Edited in the document';
    return line('incident', `${what}: ${sectionTitle(section)}`);
  },
  'process-evaluated': () => line('incident', 'Process evaluated'),
  'incident-closed': (event, state) =>
    line(
      'incident',
      currentWatch(state) !== null && isWatched(state)
        ? 'Incident closed while its alarms were still watched'
        : 'Incident closed',
      event.reason,
    ),
  'incident-reopened': (event) => line('incident', 'Incident reopened', event.reason),
  'incident-moved': ({ channelName }) =>
    line('incident', 'Moved to another channel', channelName === null ? null : `#${channelName}`),
  'nudge-sent': () => null,
  'nudges-snoozed': () => null,
  'nudges-stopped': () => line('incident', 'Reminders stopped'),
  'document-published': () => null,
  'record-redacted': ({ places, reason }) =>
    line(
      'incident',
      `Text was taken out of the record in ${places} ${places === 1 ? 'place' : 'places'}`,
      reason,
    ),
  'work-abandoned': (event) =>
    line('trouble', 'Something could not be done', `${event.task}: ${event.reason}`),
};

/** `state` is the one before the event. */
export function tellEvent<T extends IncidentEventType>(
  type: T,
  event: EventOf<T>,
  state: IncidentState,
): TimelineLine | null {
  const teller: Teller<T> = TELLERS[type];
  return teller(event, state);
}
