import {
  type Coverage,
  isAnswered,
  type TargetReport,
  withAccountNames,
} from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import {
  type FixWrites,
  fixIdOf,
  fixWindow,
  splitFixWrites,
} from '../domain/incident/fix-writes.ts';
import { LIMITS } from '../domain/incident/limits.ts';
import type { IncidentState, Plan } from '../domain/incident/state.ts';
import { counted } from '../domain/text/counted.ts';
import { isChange } from '../domain/trail/is-change.ts';
import { eachOnce, newestFirst } from '../domain/trail/newest-first.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import { mostTellingChanges } from '../domain/trail/telling-changes.ts';
import type {
  ActivitySource,
  AwsTarget,
  Directory,
  FlowDependencies,
  ScheduledWork,
  Store,
  TrailScope,
  Work,
} from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';
import { collectRecords } from './collect-records.ts';
import { GAPS } from './gather-changes.ts';
import { askerOf, placeGaps, readGuarded } from './gathering.ts';
import { judgeWrites } from './judge-writes.ts';
import { isWorse } from './read-again.ts';

type FixWork = Extract<Work, { kind: 'read-fix' }>;
type Changes = Extract<Evidence, { kind: 'changes' }>;

/** Most calls are there after five minutes; at the last look, all of the window have been delivered. */
const LOOK_DELAYS_MS: readonly number[] = [6 * 60_000, 18 * 60_000];

const LIMITS_OF_READING = {
  /** Ten calls in each account and Region. */
  recordsPerTargetMax: 500,
  timeMaxMs: 60_000,
  /** Of the kept ones: room for what else was seen must be left. */
  insideMax: 35,
} as const;

export interface FixDependencies extends FlowDependencies {
  readonly activity: ActivitySource;
  readonly people: Directory;
  scopeOf(channelId: string): TrailScope;
}

/**
 * Reads what was written while a plan was carried out and puts it on the record, in the plan and
 * outside of it. Nothing found is a result; where no account is asked about, there is none.
 */
export async function readFix(
  deps: FixDependencies,
  work: FixWork,
  signal: AbortSignal,
): Promise<void> {
  const state = await deps.store.readState(work.incidentId);
  const plan = state?.plans.find(({ planId }) => planId === work.planId);
  if (state == null || plan === undefined || state.status !== 'open') return;
  const scope = deps.scopeOf(state.channelId);
  if (fixWindow(plan) === null || scope.targets.length === 0) return;
  const now = await fixEvidence(deps, { state, plan, scope }, signal);
  signal.throwIfAborted();
  const before = fixOf(state, plan);
  if (before !== null) {
    if (isWorse(before, now)) return;
    await tellLate(deps, { state, work }, late(before, now), now.fix);
  }
  await actOnIncident(deps, {
    incidentId: state.incidentId,
    command: { type: 'record-evidence', evidence: now },
    actor: { kind: 'bot' },
    dedupeId: `fix-${plan.planId}-${work.look}`,
  });
}

/** Schedules the next look while something may still arrive; once, however often it is called. */
export async function scheduleNextFixLook(
  { store }: { readonly store: Pick<Store, 'readState' | 'schedule'> },
  work: FixWork,
  delaysMs: readonly number[] = LOOK_DELAYS_MS,
): Promise<void> {
  const delayMs = delaysMs[work.look];
  const state = await store.readState(work.incidentId);
  const plan = state?.plans.find(({ planId }) => planId === work.planId);
  if (delayMs === undefined || state == null || plan?.implementedAtMs == null) return;
  if (fixOf(state, plan)?.coverage.mayStillArriveAfterMs == null) return;
  const next: ScheduledWork = {
    workId: `fix-${plan.planId}-${work.look + 1}`,
    dueAtMs: plan.implementedAtMs + delayMs,
    work: { ...work, look: work.look + 1 },
  };
  await store.schedule([next], next.workId);
}

interface FixScene {
  readonly state: IncidentState;
  readonly plan: Plan;
  readonly scope: TrailScope;
}

function fixOf({ evidence }: IncidentState, { planId }: Plan): Changes | null {
  const found = evidence.find(({ evidenceId }) => evidenceId === fixIdOf(planId));
  return found?.kind === 'changes' ? found : null;
}

async function fixEvidence(
  deps: FixDependencies,
  { state, plan, scope }: FixScene,
  signal: AbortSignal,
): Promise<Changes & { readonly fix: FixWrites }> {
  const nowMs = deps.clock.nowMs();
  const { fromMs, toMs } = windowOf(deps, plan, nowMs);
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(LIMITS_OF_READING.timeMaxMs)]);
  const readings = await Promise.all(
    scope.targets.map((target) => readTarget(deps, state, { target, fromMs, toMs }, inTime)),
  );
  const writes = eachOnce(readings.flatMap(({ records }) => records));
  const { fix, isEveryoneKnown } = await judgeWrites(deps.people, plan, writes);
  const deliveredUntilMs = nowMs - deps.activity.deliveryLagMs;
  const coverage: Coverage = {
    source: 'event-history',
    query: `writes while plan ${state.plans.indexOf(plan) + 1} was carried out`,
    fromMs,
    toMs,
    targets: withAccountNames(
      readings.map(({ report }) => report),
      scope.accountNames,
    ),
    recordCount: writes.length,
    skippedCount: readings.reduce((sum, { skippedCount }) => sum + skippedCount, 0),
    mayStillArriveAfterMs: toMs > deliveredUntilMs ? Math.max(fromMs, deliveredUntilMs) : null,
    gaps: [
      ...(isEveryoneKnown ? [] : ['who is behind some e-mail addresses (Slack could not tell)']),
      ...GAPS,
      ...placeGaps(scope),
    ],
  };
  const evidenceId = fixIdOf(plan.planId);
  const records = kept(writes, fix);
  return { kind: 'changes', evidenceId, gatheringId: null, records, coverage, fix };
}

/** Never before what Event history holds, and never after now: the next look reads the rest. */
function windowOf({ activity }: FixDependencies, plan: Plan, nowMs: number) {
  const window = fixWindow(plan) ?? { fromMs: plan.plannedAtMs, toMs: nowMs };
  const toMs = Math.min(window.toMs, nowMs);
  return { fromMs: Math.min(Math.max(window.fromMs, nowMs - activity.lookbackMaxMs), toMs), toMs };
}

interface TargetReading {
  readonly records: readonly TrailRecord[];
  readonly report: TargetReport;
  readonly skippedCount: number;
}

async function readTarget(
  deps: FixDependencies,
  state: IncidentState,
  asked: { readonly target: AwsTarget; readonly fromMs: number; readonly toMs: number },
  signal: AbortSignal,
): Promise<TargetReading> {
  const { target } = asked;
  let records: readonly TrailRecord[] = [];
  let report: TargetReport = { ...target, ...NOTHING, outcome: 'failed' };
  let skippedCount = 0;
  const trouble = await readGuarded(deps, target, async () => {
    const pages = deps.activity.readPages(
      {
        ...asked,
        asker: { userId: askerOf(state), urgency: 'background' },
        attribute: { key: 'ReadOnly', value: 'false' },
        recordsMax: LIMITS_OF_READING.recordsPerTargetMax,
      },
      signal,
    );
    const read = await collectRecords(pages, isChange);
    const { outcome, accountId, truncated, explanation } = read.end;
    ({ records } = read);
    ({ skippedCount } = read.end);
    const place = { accountId: accountId ?? target.accountId, region: target.region };
    const answer = isAnswered({ outcome }) && records.length === 0 ? 'nothing' : outcome;
    report = { ...place, outcome: answer, count: records.length, truncated, explanation };
  });
  return { records, skippedCount, report: trouble === null ? report : { ...report, ...trouble } };
}

const NOTHING = { count: 0, truncated: true, explanation: null } as const;

/** What is in the plan first, then what else tells most. */
function kept(writes: readonly TrailRecord[], fix: FixWrites): readonly TrailRecord[] {
  const { inside, outside } = splitFixWrites(writes, fix);
  const own = mostTellingChanges(inside, {
    startedAtMs: null,
    recordsMax: LIMITS_OF_READING.insideMax,
  });
  const others = mostTellingChanges(outside, {
    startedAtMs: null,
    recordsMax: LIMITS.evidenceRecordsMax - own.length,
  });
  return [...own, ...others].sort(newestFirst);
}

/** In the minutes that were open, and not on the card. */
function late({ records, coverage }: Changes, now: Changes): readonly TrailRecord[] {
  const shown = new Set(records.map(({ eventId }) => eventId));
  const afterMs = coverage.mayStillArriveAfterMs;
  if (afterMs === null || now.coverage.recordCount <= coverage.recordCount) return [];
  return now.records.filter(({ eventId, atMs }) => atMs >= afterMs && !shown.has(eventId));
}

/** The line before the card: after a crash in between, the second try must still find something new. */
async function tellLate(
  deps: FixDependencies,
  { state, work }: { readonly state: IncidentState; readonly work: FixWork },
  records: readonly TrailRecord[],
  fix: FixWrites,
): Promise<void> {
  if (records.length === 0) return;
  const number = state.plans.findIndex(({ planId }) => planId === work.planId) + 1;
  const place = state.evidence.findIndex(({ evidenceId }) => evidenceId === fixIdOf(work.planId));
  const { outside } = splitFixWrites(records, fix);
  const what = `${counted(records.length, 'more write')} made while plan ${number} was carried out`;
  const which = outside.length === 0 ? 'in the plan' : `${outside.length} outside of the plan`;
  const noteId = `late-fix-${work.planId}-${work.look}`;
  await actOnIncident(deps, {
    incidentId: state.incidentId,
    command: {
      type: 'add-note',
      noteId,
      text: `CloudTrail has now delivered ${what}, ${which}. The card of these writes has ${records.length === 1 ? 'it' : 'them'} (evidence ${place + 1} in the document).`,
    },
    actor: { kind: 'bot' },
    dedupeId: noteId,
  });
}
