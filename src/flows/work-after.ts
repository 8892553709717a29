import type { IncidentEvent } from '../domain/incident/events.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import { JUDGED_WITHOUT_TEST } from '../domain/incident/hypotheses.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import type { ScheduledWork } from '../ports.ts';

/** Bursts of evidence collapse into one rendering; a person's tap is shown at once. */
const RENDER_DELAY_MS = { person: 0, bot: 150 } as const;

export interface WorkContext {
  readonly incidentId: string;
  readonly nowMs: number;
  readonly by: 'person' | 'bot';
  /** After these events. */
  readonly status: IncidentState['status'];
  /** It was no incident, or is part of another one: nobody wrote a document of it. */
  readonly isSetAside?: boolean;
  /** Its alarms are watched: one that fires is looked at now, not with the next look. */
  readonly isWatched?: boolean;
  /** To tell the person who opened the incident when nothing can be posted. */
  readonly replyUrl: string | null;
}

/** What has to happen after these events were recorded; appended in the same atomic step. */
export function workAfter(
  events: readonly IncidentEvent[],
  context: WorkContext,
): readonly ScheduledWork[] {
  const { incidentId, nowMs } = context;
  const render: ScheduledWork = {
    workId: `render-${incidentId}`,
    dueAtMs: nowMs + RENDER_DELAY_MS[context.by],
    work: { kind: 'render', incidentId, replyUrl: context.replyUrl },
  };
  const more = events.flatMap((event): ScheduledWork[] => {
    switch (event.type) {
      // From the title at once; when people said what is wrong, by that; when the alarms are known, by them.
      case 'incident-opened':
      case 'problem-stated':
        return [recallWork(incidentId, nowMs)];
      case 'gathering-requested':
        return [
          {
            workId: `gather-${event.gatheringId}`,
            dueAtMs: nowMs,
            work: { kind: 'gather', incidentId, gatheringId: event.gatheringId, look: 0 },
          },
        ];
      case 'gathering-finished':
        return [
          {
            workId: `graph-${event.gatheringId}`,
            dueAtMs: nowMs,
            work: { kind: 'graph', incidentId, gatheringId: event.gatheringId },
          },
          recallWork(incidentId, nowMs),
        ];
      case 'evidence-recorded':
        return rankingAfter(event.evidence, context);
      case 'solution-verified':
      case 'verification-failed':
        return [
          {
            workId: `graph-after-${incidentId}-${nowMs}`,
            dueAtMs: nowMs,
            work: { kind: 'graph-after', incidentId, verifiedAtMs: nowMs },
          },
        ];
      case 'test-started':
        return event.test === JUDGED_WITHOUT_TEST ? [] : [testWork(incidentId, event, nowMs)];
      case 'solution-planned':
        return windowWork(event, context);
      case 'solution-implemented':
        return [fixWork(incidentId, event.planId, nowMs)];
      case 'incident-moved':
        return [leaveWork(incidentId, nowMs)];
      case 'owner-changed':
        return event.ownerId === null ? [] : [briefWork(incidentId, event.ownerId, nowMs)];
      case 'step-entered':
        return [
          nudgeWork(incidentId, nowMs),
          ...(event.step === 'verify' ? [watchWork(incidentId, nowMs)] : []),
        ];
      case 'alarm-changed':
        return event.change.to === 'ALARM' && context.isWatched === true
          ? [watchWork(incidentId, nowMs)]
          : [];
      // It may tell which alarms to watch only now: a watch without any has ended.
      case 'causes-ranked':
        return context.isWatched === true ? [watchWork(incidentId, nowMs)] : [];
      case 'document-edited':
      case 'process-evaluated':
      case 'record-redacted':
        // While it is open, the closing publishes them.
        return context.status === 'open' ? [] : [publishWork(incidentId, nowMs + EDIT_DELAY_MS)];
      // Also where it stays in the step it was closed in, and after reminders were stopped.
      case 'incident-reopened':
        return [nudgeWork(incidentId, nowMs)];
      case 'captured-message-edited':
      case 'captured-message-released':
        if (context.status === 'open' || context.isSetAside === true) return [];
        return [publishWork(incidentId, nowMs + EDIT_DELAY_MS)];
      case 'incident-closed':
        // What never was an incident, or is part of another one, has no story to tell.
        return isSetAside(events) ? [] : [publishWork(incidentId, nowMs)];
      default:
        return [];
    }
  });
  return [render, ...more];
}

/** Whoever plans into a window that is open already needs no reminder of it. */
function windowWork(
  { planId, window }: Extract<IncidentEvent, { type: 'solution-planned' }>,
  { incidentId, nowMs }: WorkContext,
): ScheduledWork[] {
  if (window === null || window.fromMs <= nowMs) return [];
  const work = { kind: 'begin-window', incidentId, planId } as const;
  return [{ workId: `window-${planId}`, dueAtMs: window.fromMs, work }];
}

function testWork(
  incidentId: string,
  { hypothesisId }: Extract<IncidentEvent, { type: 'test-started' }>,
  dueAtMs: number,
): ScheduledWork {
  const work = { kind: 'look-for-test', incidentId, hypothesisId } as const;
  return { workId: `test-${incidentId}-${hypothesisId}`, dueAtMs, work };
}

function fixWork(incidentId: string, planId: string, dueAtMs: number): ScheduledWork {
  const work = { kind: 'read-fix', incidentId, planId, look: 0 } as const;
  return { workId: `fix-${planId}-0`, dueAtMs, work };
}

function watchWork(incidentId: string, dueAtMs: number): ScheduledWork {
  return { workId: `watch-${incidentId}`, dueAtMs, work: { kind: 'watch', incidentId } };
}

function leaveWork(incidentId: string, dueAtMs: number): ScheduledWork {
  const work = { kind: 'leave-channel', incidentId } as const;
  return { workId: `leave-${incidentId}`, dueAtMs, work };
}

/** Begins with the first step, and again with a reopening; goes on by itself. */
function nudgeWork(incidentId: string, dueAtMs: number): ScheduledWork {
  return { workId: `nudge-${incidentId}`, dueAtMs, work: { kind: 'nudge', incidentId } };
}

/** Whoever takes it first needs none; that is for the worker to see, which has the record. */
function briefWork(incidentId: string, ownerId: string, dueAtMs: number): ScheduledWork {
  const work = { kind: 'brief', incidentId, ownerId } as const;
  return { workId: `brief-${incidentId}-${ownerId}`, dueAtMs, work };
}

function recallWork(incidentId: string, dueAtMs: number): ScheduledWork {
  return { workId: `recall-${incidentId}`, dueAtMs, work: { kind: 'recall', incidentId } };
}

/** Several pieces of evidence in a row are ranked together. */
const RANK_DELAY_MS = 1_500;

/** What people attach and what the person behind a change says speaks for or against causes. */
function rankingAfter(evidence: Evidence, { incidentId, nowMs }: WorkContext): ScheduledWork[] {
  const isAnswer = evidence.kind === 'statement' && evidence.answer?.verdict != null;
  if (evidence.kind !== 'lookup' && !isAnswer) return [];
  const occasion = isAnswer ? 'statement' : 'attached-evidence';
  return [
    {
      workId: `rank-${occasion}-${incidentId}`,
      dueAtMs: nowMs + RANK_DELAY_MS,
      work: { kind: 'rank', incidentId, gatheringId: null, occasion },
    },
  ];
}

function isSetAside(events: readonly IncidentEvent[]): boolean {
  return events.some(({ type }) => type === 'proposal-decided');
}

/** Who edits one section often edits the next one, too. */
const EDIT_DELAY_MS = 3_000;

/** Writing, keeping and uploading the document. */
export function publishWork(incidentId: string, nowMs: number): ScheduledWork {
  return { workId: `publish-${incidentId}`, dueAtMs: nowMs, work: { kind: 'publish', incidentId } };
}
