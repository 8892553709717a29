import { counted } from '../text/counted.ts';
import { hasVisibleText } from '../text/cut-text.ts';
import { listWords } from '../text/list-words.ts';
import { durationWords, utcWords } from '../text/time-words.ts';
import { sameActor } from './decision.ts';
import type { DocumentPlan, MissingFromDocument, StepDetour } from './document-parts.ts';
import type { Duration, StepDuration } from './durations.ts';
import { CRITERIA, type Criterion } from './evaluation.ts';
import type { RecordedEvent } from './events.ts';
import { fixReading } from './fix-reading.ts';
import { isUntested, leadingHypothesis } from './hypotheses.ts';
import { longestQuiet } from './longest-quiet.ts';
import { foldUntil } from './record.ts';
import { standingVerification } from './standing-verification.ts';
import type { IncidentState } from './state.ts';
import { INCIDENT_STEPS, stepNumber } from './steps.ts';

/** What the record says about the process under one criterion: facts, and no judgement of them. */
export interface ProcessFacts {
  readonly criterion: Criterion;
  readonly facts: readonly string[];
}

export interface ProcessRecord {
  readonly state: IncidentState;
  readonly events: readonly RecordedEvent[];
  readonly durations: readonly Duration[];
  readonly steps: readonly StepDuration[];
  readonly detours: readonly StepDetour[];
  readonly plans: readonly DocumentPlan[];
  readonly missing: readonly MissingFromDocument[];
}

type Facts = (record: ProcessRecord) => readonly string[];

const FACTS: Readonly<Record<Criterion, Facts>> = {
  effectiveness: effectivenessFacts,
  efficiency: efficiencyFacts,
  time: timeFacts,
  cost: costFacts,
  quality: qualityFacts,
  safety: safetyFacts,
};

export function processFacts(record: ProcessRecord): readonly ProcessFacts[] {
  return CRITERIA.map((criterion) => ({ criterion, facts: FACTS[criterion](record) }));
}

const times = (count: number): string => ['never', 'once', 'twice'][count] ?? `${count} times`;

function effectivenessFacts(record: ProcessRecord): readonly string[] {
  const { state } = record;
  const concluded = state.hypotheses.flatMap(({ tests }) => tests.filter((row) => row.verdict));
  const failedCount = state.verifications.filter(({ verified }) => !verified).length;
  const isVerified = standingVerification(state) !== null;
  return [
    ...(concluded.length === 0
      ? ['No hypothesis was tested to an end.']
      : [`${counted(concluded.length, 'verdict')} recorded. ${leadFact(record)}`]),
    ...(failedCount > 0 ? [`A solution was found not to work ${times(failedCount)}.`] : []),
    ...(isVerified && state.verifications.length === 1
      ? ['The first solution that was verified worked.']
      : []),
    ...(isVerified ? [] : ['No solution was verified to work at the end.']),
    ...(state.reopenings.length > 0
      ? [`The incident was reopened ${times(state.reopenings.length)}.`]
      : []),
  ];
}

/** Whether what was thought likeliest turned out to be it. */
function leadFact({ state, events }: ProcessRecord): string {
  const cause = state.hypotheses.findLast(({ status }) => status === 'confirmed');
  if (cause === undefined) return 'No cause was confirmed.';
  const first = events.find(
    ({ event }) =>
      (event.type === 'test-started' || event.type === 'test-concluded') &&
      event.hypothesisId === cause.hypothesisId,
  );
  const before = first === undefined ? null : foldUntil(events, first.version - 1);
  const name = `Hypothesis ${cause.number} was confirmed`;
  const when = `when it was ${cause.tests.slice(-1).some(isUntested) ? 'judged' : 'tested'}`;
  const lead = before === null ? null : leadingHypothesis(before);
  if (before === null || lead === null) return `${name}.`;
  if (before.hypotheses.length === 1) return `${name}; it was the only one ${when}.`;
  return lead.hypothesisId === cause.hypothesisId
    ? `${name}; it was the leading one ${when}.`
    : `${name}; ${when}, hypothesis ${lead.number} was the leading one.`;
}

function efficiencyFacts({ events, steps, detours }: ProcessRecord): readonly string[] {
  const quiet = longestQuiet(events);
  const longest = steps.toSorted((a, b) => b.ms - a.ms)[0];
  const back = detours.filter(({ direction }) => direction === 'back').length;
  const ahead = detours.length - back;
  const title = INCIDENT_STEPS.find(({ id }) => id === longest?.step)?.title ?? '';
  return [
    ...(longest === undefined || longest.ms === 0
      ? []
      : [
          `Most time went into step ${stepNumber(longest.step)} (${title}): ${durationWords(longest.ms)}.`,
        ]),
    ...(quiet === null
      ? []
      : [
          `The longest time without an entry by a person was ${durationWords(quiet.toMs - quiet.fromMs)}, from ${utcWords(quiet.fromMs)}. What people did then is not on record.`,
        ]),
    detours.length === 0
      ? 'No step was skipped or done again.'
      : `Off the straight path ${times(detours.length)}: ${back} back, ${ahead} ahead.`,
  ];
}

function timeFacts({ durations }: ProcessRecord): readonly string[] {
  const msOf = (id: Duration['id']) => durations.find((row) => row.id === id)?.ms ?? null;
  const [detectMs, resolveMs] = [msOf('detect'), msOf('resolve')];
  return [
    resolveMs === null
      ? 'How long it took is not known: the start, or a verification that lasted, is missing.'
      : `${durationWords(resolveMs)} from the start of the problem to the verified solution.`,
    ...(detectMs === null
      ? []
      : [`${durationWords(detectMs)} went by before the incident was opened.`]),
  ];
}

function costFacts({ events }: ProcessRecord): readonly string[] {
  const people = new Set(
    events.flatMap(({ actor }) => (actor.kind === 'person' ? [actor.userId] : [])),
  );
  return [
    `${counted(people.size, 'person', 'people')} put something on the record.`,
    'How many hours that took them, and what it cost in money, is not known.',
  ];
}

function qualityFacts({ state, plans, missing, events }: ProcessRecord): readonly string[] {
  const standing = plans.findLast(({ status }) => status === 'implemented');
  const checkCount = state.checks.length;
  const isComplete = missing.length === 0;
  const edits = events.filter(({ event }) => event.type === 'document-edited').length;
  return [
    isComplete
      ? 'Nothing that the method asks for is missing from the record.'
      : `Missing from the record: ${listWords(missing.map(({ name }) => name))}.`,
    ...(standing === undefined ? [] : [planFact(standing)]),
    ...(checkCount === 0 ? [] : [`${counted(checkCount, 'check')} ticked after a fix.`]),
    ...(edits === 0 ? [] : [`The document was edited ${times(edits)}.`]),
  ];
}

function planFact({ number, risk, rollback }: DocumentPlan): string {
  const lacking = [
    ...(hasVisibleText(risk) ? [] : ['a risk']),
    ...(hasVisibleText(rollback) ? [] : ['a way back']),
  ];
  return lacking.length === 0
    ? `Plan ${number}, which stands, says its risk and the way back.`
    : `Plan ${number}, which stands, lacks ${listWords(lacking)}.`;
}

function safetyFacts(record: ProcessRecord): readonly string[] {
  const wentIn = record.plans.filter(({ implementedAtMs }) => implementedAtMs !== null);
  if (wentIn.length === 0) return ['No plan went in.'];
  const back = wentIn.filter(({ status }) => status === 'rolled-back');
  return [
    ...approvalFacts(wentIn),
    ...record.state.evidence.flatMap((row) => fixFact(row, record.state)),
    back.length === 0
      ? 'Nothing was rolled back.'
      : `${plansWords(back)} ${back.length === 1 ? 'was' : 'were'} rolled back.`,
  ];
}

/** In one sentence for all plans of which the same is true. */
function approvalFacts(plans: readonly DocumentPlan[]): readonly string[] {
  const byWords = Map.groupBy(plans, approvalWords);
  return [...byWords].map(
    ([words, rows]) => `${plansWords(rows)} ${rows.length === 1 ? 'was' : 'were'} ${words}.`,
  );
}

function approvalWords({ approval, by, need }: DocumentPlan): string {
  if (approval?.kind === 'waived') {
    return 'not approved by another person: that was waived, with a reason';
  }
  if (approval !== null) {
    return sameActor(approval.by, by)
      ? 'approved by nobody but the planner'
      : 'approved by another person before going in';
  }
  return need.rule === 'none'
    ? 'not approved by anybody; none was asked for at this severity'
    : 'not approved by anybody';
}

function plansWords(plans: readonly DocumentPlan[]): string {
  return `${plans.length === 1 ? 'Plan' : 'Plans'} ${listWords(plans.map(({ number }) => String(number)))}`;
}

function fixFact(
  evidence: IncidentState['evidence'][number],
  state: IncidentState,
): readonly string[] {
  const reading = fixReading(evidence, state);
  if (reading === null) return [];
  const { planName, outsideCount, mayStillArrive } = reading;
  const late = mayStillArrive ? ' CloudTrail may still have delivered some after that.' : '';
  if (outsideCount === 0 && mayStillArrive) {
    return [
      `When CloudTrail was last read, no write outside of ${planName} was there, and not all had been delivered.`,
    ];
  }
  return outsideCount === 0
    ? [`CloudTrail shows no write outside of ${planName} while it was carried out.`]
    : [
        `CloudTrail shows ${counted(outsideCount, 'write')} outside of ${planName} while it was carried out, by whomever and for whatever reason.${late}`,
      ];
}
