import type { Button, KnownBlock, PlanBlock, TaskCardBlock } from '@slack/types';
import { type DurationId, incidentDurations } from '../../domain/incident/durations.ts';
import type { RecordedEvent } from '../../domain/incident/events.ts';
import { isUndecided } from '../../domain/incident/incident-alarms.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { INCIDENT_STEPS, stepNumber } from '../../domain/incident/steps.ts';
import { durationWords } from '../../domain/text/time-words.ts';
import { alarmLines } from './alarm-lines.ts';
import { actions, aimAt, formButton, linkButton, tapButton } from './buttons.ts';
import { rootButtons } from './incident-buttons.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { leadingLine, ownerLine } from './overview.ts';
import { actor, bold, date, line, type Part, plain, richText, typed } from './text.ts';
import { waitingPart } from './waiting-part.ts';
import { DRILL, notification, SEVERITY_WORDS, stepTitle } from './words.ts';

/** The one card of an incident: what is going on, at a glance, and the next tap. */
export function renderRoot(state: IncidentState, events: readonly RecordedEvent[]): MessageContent {
  return {
    text: notification(state, rootNotice(state)),
    blocks: [
      header(state),
      richText(
        leadingLine(state),
        ownerLine(state.ownerId),
        ...alarmLines(state),
        ...facts(state, events).map((fact) => line(fact)),
      ),
      stepPlan(state),
      ...actions(...rootButtons(state)),
      ...actions(...generalButtons(state)),
      ...actions(canvasButton(state)),
      footer(state),
    ],
  };
}

/** Few, because they wrap on a phone: the menu behind "More" has the others. */
function generalButtons(state: IncidentState): readonly (Button | null)[] {
  const aim = aimAt(state);
  const document = linkButton(slackLink(state.publication?.permalink ?? null), 'Read the document');
  if (state.status === 'closed') return [document, tapButton('publish-again', aim)];
  return [
    formButton('note', aim, { label: 'Note' }),
    tapButton('show-status', aim),
    tapButton('show-menu', aim, { label: 'More' }),
    document,
  ];
}

/** In a row of its own: Slack refuses two links in one, for they have the same id. */
function canvasButton({ status, publication }: IncidentState): Button | null {
  if (status !== 'closed') return null;
  return linkButton(slackLink(publication?.canvasLink ?? null), 'Open the canvas');
}

function rootNotice(state: IncidentState): string {
  if (isUndecided(state)) return 'an alarm fired; is it an incident?';
  return state.status === 'closed' ? 'closed' : stepTitle(state.step);
}

function header(state: IncidentState): KnownBlock {
  const severity = SEVERITY_WORDS[state.severity];
  const prefix = state.status === 'closed' ? '☑️ Closed' : `${severity.mark} ${severity.short}`;
  return {
    type: 'header',
    text: plain(
      `${state.isDrill ? `${DRILL} · ` : ''}${prefix} · ${state.title.replaceAll('\n', ' ')}`,
      BLOCK_LIMITS.headerCharactersMax,
    ),
  };
}

function facts(state: IncidentState, events: readonly RecordedEvent[]): Part[] {
  return [
    startFact(state),
    ...(state.status === 'closed'
      ? [closureFact(state), ...durationFact(events)]
      : waitingFacts(state)),
  ];
}

function startFact(state: IncidentState): Part {
  const opened: Part = ['opened ', date(state.openedAtMs), ' by ', actor(state.openedBy)];
  const told = state.ranking?.onset ?? null;
  if (state.startedAtMs === null) {
    const started: Part =
      told === null ? 'not known yet' : [date(told.earliestMs), ', as the alarms tell'];
    return [bold('Started:'), ' ', started, ' · ', opened];
  }
  return [bold('Started:'), ' ', date(state.startedAtMs), ' · ', opened];
}

function closureFact(state: IncidentState): Part {
  if (state.closure === null) return [bold('Closed')];
  const reason = state.closure.reason === null ? null : [' · ', typed(state.closure.reason, 300)];
  return [bold('Closed:'), ' ', date(state.closure.atMs), ' by ', actor(state.closure.by), reason];
}

const DURATION_LABELS = {
  detect: 'detected after',
  acknowledge: 'taken after',
  isolate: 'isolated after',
  mitigate: 'fixed after',
  resolve: 'verified after',
} as const satisfies Record<DurationId, string>;

function durationFact(events: readonly RecordedEvent[]): Part[] {
  const known = incidentDurations(events).flatMap(({ id, ms }) =>
    ms === null ? [] : [`${DURATION_LABELS[id]} ${durationWords(ms)}`],
  );
  return known.length === 0 ? [] : [[bold('It was'), ' ', known.join(', ')]];
}

function waitingFacts(state: IncidentState): Part[] {
  return [[bold('Waiting for:'), ' ', waitingPart(state)]];
}

function stepPlan(state: IncidentState): PlanBlock {
  const title = state.status === 'closed' ? 'The seven steps' : stepTitle(state.step);
  return { type: 'plan', title, tasks: INCIDENT_STEPS.map((row) => stepTask(state, row)) };
}

function stepTask(state: IncidentState, row: (typeof INCIDENT_STEPS)[number]): TaskCardBlock {
  const number = stepNumber(row.id);
  const status = stepStatus(state, row.id);
  const isSkipped = status === 'pending' && number < stepNumber(state.step);
  return {
    type: 'task_card',
    task_id: row.id,
    title: `${number}. ${row.title}${isSkipped ? ' (skipped)' : ''}`,
    status,
  };
}

function stepStatus(state: IncidentState, step: IncidentState['step']): TaskCardBlock['status'] {
  if (step === state.step) return state.status === 'closed' ? 'complete' : 'in_progress';
  const isBehind = stepNumber(step) < stepNumber(state.step);
  return isBehind && state.visits.some((visit) => visit.step === step) ? 'complete' : 'pending';
}

function footer(state: IncidentState): KnownBlock {
  const hint = 'Put 📌 on a message to keep it in the record.';
  const text = state.status === 'closed' ? state.incidentId : `${state.incidentId} · ${hint}`;
  return { type: 'context', elements: [plain(text, BLOCK_LIMITS.contextCharactersMax)] };
}
