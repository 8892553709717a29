import { hasVisibleText } from '../text/cut-text.ts';
import { standingTicks } from './check-ticks.ts';
import { missingForClose } from './close-gate.ts';
import {
  type DocumentEdit,
  type EditableSection,
  editsIn,
  standingEdit,
} from './document-edits.ts';
import type {
  DocumentPlan,
  MissingDocumentPart,
  MissingFromDocument,
  PlanApproval,
  StepDetour,
} from './document-parts.ts';
import { type Duration, incidentDurations, type StepDuration, stepDurations } from './durations.ts';
import type { Evaluation } from './evaluation.ts';
import type { Actor, RecordedEvent, Severity } from './events.ts';
import type { Evidence } from './evidence.ts';
import { type ProcessFacts, processFacts } from './process-facts.ts';
import type { Hypothesis, IncidentState, Plan } from './state.ts';
import { type StepId, stepNumber } from './steps.ts';
import { buildTimeline, type TimelineEntry } from './timeline.ts';

export const DOCUMENT_SCHEMA_VERSION = 1;

export interface DocumentEvidence {
  /** 1 for the first one recorded; what the document calls it by. */
  readonly number: number;
  readonly link: string | null;
  readonly evidence: Evidence;
}

export interface IncidentDocument {
  readonly schemaVersion: typeof DOCUMENT_SCHEMA_VERSION;
  readonly incidentId: string;
  /** Version of the record that this tells; publishing the document does not raise it. */
  readonly ofVersion: number;
  /** Closed: the last activity, so that the same record gives the same bytes. Open: when it was made. */
  readonly asOfMs: number;
  readonly title: string;
  /** Practice, which the title says. */
  readonly isDrill: boolean;
  readonly status: 'open' | 'closed';
  readonly severity: Severity;
  readonly openedBy: Actor;
  readonly openedAtMs: number;
  readonly startedAtMs: number | null;
  readonly ownerId: string | null;
  readonly alarmNames: readonly string[];
  readonly resources: readonly string[];
  readonly regions: readonly string[];
  readonly threadLink: string | null;
  readonly sourceLink: string | null;
  /** Names of the people in the record, as far as they are known; by id. */
  readonly names: Readonly<Record<string, string>>;
  readonly problem: IncidentState['problem'];
  readonly isolation: IncidentState['isolation'];
  readonly timeline: readonly TimelineEntry[];
  readonly hypotheses: readonly Hypothesis[];
  /** The latest; null where nothing was ranked. */
  readonly ranking: IncidentState['ranking'];
  readonly plans: readonly DocumentPlan[];
  /** Of the alarms after the latest fix; null: none was watched. */
  readonly watch: IncidentState['watch'];
  /** What was ticked after the fix that stands. */
  readonly checks: IncidentState['checks'];
  readonly verifications: IncidentState['verifications'];
  readonly escalations: IncidentState['escalations'];
  readonly findings: IncidentState['findings'];
  /** Every edit by people, oldest first; of each section the last one stands. */
  readonly edits: readonly DocumentEdit[];
  readonly evidence: readonly DocumentEvidence[];
  readonly gatherings: IncidentState['gatherings'];
  readonly durations: readonly Duration[];
  readonly steps: readonly StepDuration[];
  readonly detours: readonly StepDetour[];
  /** What the record says about the process, by criterion. */
  readonly process: readonly ProcessFacts[];
  /** What people say about it; null: nobody did. */
  readonly evaluation: Evaluation | null;
  readonly closure: IncidentState['closure'];
  readonly reopenings: IncidentState['reopenings'];
  readonly abandonedWork: IncidentState['abandonedWork'];
  readonly missing: readonly MissingFromDocument[];
}

export interface DocumentInput {
  readonly state: IncidentState;
  readonly events: readonly RecordedEvent[];
  /** Names by Slack user id; somebody who is not in it is called by the id. */
  readonly names: ReadonlyMap<string, string>;
  readonly generatedAtMs: number;
  /** Links by message slot: `root` for the thread, `evidence-<evidenceId>` for a card. */
  readonly permalinks: ReadonlyMap<string, string>;
}

function approvalOf(plan: Plan, events: readonly RecordedEvent[]): PlanApproval | null {
  for (const { event, actor, atMs } of events) {
    if (event.type === 'plan-approved' && event.planId === plan.planId) {
      return { kind: 'approved', by: actor, atMs };
    }
    if (event.type === 'approval-waived' && event.planId === plan.planId) {
      return { kind: 'waived', by: actor, atMs, reason: event.reason };
    }
  }
  return null;
}

function detoursIn(events: readonly RecordedEvent[]): readonly StepDetour[] {
  const detours: StepDetour[] = [];
  let from: StepId | null = null;
  for (const { event, actor, atMs } of events) {
    if (event.type !== 'step-entered') continue;
    const distance = from === null ? 1 : stepNumber(event.step) - stepNumber(from);
    if (from !== null && distance !== 1) {
      const direction = distance < 1 ? 'back' : 'ahead';
      detours.push({ from, to: event.step, direction, atMs, by: actor, reason: event.reason });
    }
    from = event.step;
  }
  return detours;
}

/** Parts that people may write into the document itself. */
const WRITTEN_IN: { readonly [P in MissingDocumentPart]?: EditableSection } = {
  problem: 'problem',
  scope: 'impact',
  'root-cause': 'root-cause',
  lessons: 'lessons',
  'preventive-measures': 'preventive-measures',
};

function isEditedIn(part: MissingDocumentPart, { edits }: IncidentState): boolean {
  const section = WRITTEN_IN[part];
  return section !== undefined && standingEdit(edits, section) !== null;
}

function missingParts(state: IncidentState): readonly MissingFromDocument[] {
  const also: readonly (MissingFromDocument & { readonly isMissing: boolean })[] = [
    {
      part: 'owner',
      name: 'an owner',
      sentence: 'Nobody took ownership.',
      isMissing: state.ownerId === null,
    },
    {
      part: 'isolation-finding',
      name: 'how the component was narrowed down',
      sentence: 'Nobody has said how the component was narrowed down.',
      isMissing: state.isolation !== null && !hasVisibleText(state.isolation.finding),
    },
    {
      part: 'lessons',
      name: 'lessons',
      sentence: 'No lessons have been written down.',
      isMissing: state.findings === null || !hasVisibleText(state.findings.lessons),
    },
  ];
  return [...missingForClose(state), ...also.filter((row) => row.isMissing)]
    .filter(({ part }) => !isEditedIn(part, state))
    .map(({ part, name, sentence }) => ({ part, name, sentence }));
}

/** The bot's own bookkeeping (publications) makes no new version of the document. */
export function lastToldVersion(events: readonly RecordedEvent[]): number {
  return events.findLast(({ event }) => event.type !== 'document-published')?.version ?? 0;
}

function sortedNames(names: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...names].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The whole document as data: the JSON file, and what the Markdown is written from. */
export function buildDocument(input: DocumentInput): IncidentDocument {
  const { state, events, permalinks } = input;
  const asOfMs = state.status === 'open' ? input.generatedAtMs : state.lastActivityAtMs;
  const told = {
    durations: incidentDurations(events),
    steps: stepDurations(events, asOfMs),
    detours: detoursIn(events),
    plans: state.plans.map((plan, index) => ({
      ...plan,
      number: index + 1,
      approval: approvalOf(plan, events),
    })),
    missing: missingParts(state),
  };
  return {
    schemaVersion: DOCUMENT_SCHEMA_VERSION,
    incidentId: state.incidentId,
    ofVersion: lastToldVersion(events),
    asOfMs,
    title: state.title,
    isDrill: state.isDrill,
    status: state.status,
    severity: state.severity,
    openedBy: state.openedBy,
    openedAtMs: state.openedAtMs,
    startedAtMs: state.startedAtMs,
    ownerId: state.ownerId,
    alarmNames: state.alarmNames,
    resources: state.resources,
    regions: state.regions,
    threadLink: permalinks.get('root') ?? null,
    sourceLink: state.sourcePermalink,
    names: sortedNames(input.names),
    problem: state.problem,
    isolation: state.isolation,
    timeline: buildTimeline(events),
    hypotheses: state.hypotheses,
    ranking: state.ranking,
    plans: told.plans,
    watch: state.watch,
    checks: standingTicks(state),
    verifications: state.verifications,
    escalations: state.escalations,
    findings: state.findings,
    edits: editsIn(events),
    evidence: state.evidence.map((evidence, index) => ({
      number: index + 1,
      link: permalinks.get(`evidence-${evidence.evidenceId}`) ?? null,
      evidence,
    })),
    gatherings: state.gatherings,
    durations: told.durations,
    steps: told.steps,
    detours: told.detours,
    process: processFacts({ ...told, state, events }),
    evaluation: state.evaluation,
    closure: state.closure,
    reopenings: state.reopenings,
    abandonedWork: state.abandonedWork,
    missing: told.missing,
  };
}
