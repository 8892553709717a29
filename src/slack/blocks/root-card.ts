import type { KnownBlock, PlanBlock, TaskCardBlock } from '@slack/types';
import { leadingHypothesis } from '../../domain/incident/hypotheses.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { INCIDENT_STEPS, stepNumber } from '../../domain/incident/steps.ts';
import { actions, linkButton } from './buttons.ts';
import { incidentButtons } from './incident-buttons.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { actor, bold, date, line, mention, type Part, plain, richText, typed } from './text.ts';
import { HYPOTHESIS_WORDS, notification, SEVERITY_WORDS, stepRow, stepTitle } from './words.ts';

const STATEMENT_CODE_POINTS_MAX = 300;

/** The one card of an incident: what is going on, at a glance, and the next tap. */
export function renderRoot(state: IncidentState): MessageContent {
  const { primary, secondary } = incidentButtons(state);
  const document = slackLink(state.publication?.permalink ?? null);
  return {
    text: notification(state, rootNotice(state)),
    blocks: [
      header(state),
      richText(...facts(state).map((fact) => line(fact))),
      stepPlan(state),
      ...actions(...primary),
      ...actions(...secondary, linkButton(document, 'Read the document')),
      footer(state),
    ],
  };
}

function rootNotice(state: IncidentState): string {
  return state.status === 'closed' ? 'closed' : stepTitle(state.step);
}

function header(state: IncidentState): KnownBlock {
  const severity = SEVERITY_WORDS[state.severity];
  const prefix = state.status === 'closed' ? '☑️ Closed' : `${severity.mark} ${severity.short}`;
  return {
    type: 'header',
    text: plain(
      `${prefix} · ${state.title.replaceAll('\n', ' ')}`,
      BLOCK_LIMITS.headerCharactersMax,
    ),
  };
}

function facts(state: IncidentState): Part[] {
  return [
    ownerFact(state),
    startFact(state),
    ...(state.status === 'closed' ? [closureFact(state)] : waitingFacts(state)),
    ...hypothesisFact(state),
  ];
}

function ownerFact(state: IncidentState): Part {
  return [bold('Owner:'), ' ', state.ownerId === null ? 'nobody yet' : mention(state.ownerId)];
}

function startFact(state: IncidentState): Part {
  const opened: Part = ['opened ', date(state.openedAtMs), ' by ', actor(state.openedBy)];
  if (state.startedAtMs === null) return [bold('Started:'), ' not known yet · ', opened];
  return [bold('Started:'), ' ', date(state.startedAtMs), ' · ', opened];
}

function closureFact(state: IncidentState): Part {
  if (state.closure === null) return [bold('Closed')];
  const reason = state.closure.reason === null ? null : [' · ', typed(state.closure.reason, 300)];
  return [bold('Closed:'), ' ', date(state.closure.atMs), ' by ', actor(state.closure.by), reason];
}

/** What the bot itself is busy with, and what is wrong with it. */
function waitingFacts(state: IncidentState): Part[] {
  const running = state.gatherings.find((gathering) => gathering.finishedAtMs === null);
  const waiting: Part =
    running === undefined
      ? ['people: ', stepRow(state.step).question]
      : ['evidence from AWS, asked for ', date(running.requestedAtMs)];
  return [[bold('Waiting for:'), ' ', waiting]];
}

function hypothesisFact(state: IncidentState): Part[] {
  const leading = leadingHypothesis(state);
  if (leading === null) return [];
  const { mark, word } = HYPOTHESIS_WORDS[leading.status];
  const label = leading.status === 'confirmed' ? 'Cause:' : 'Leading hypothesis:';
  return [
    [
      bold(label),
      ` ${mark} ${leading.number}. `,
      typed(leading.statement, STATEMENT_CODE_POINTS_MAX),
      ` (${word}, ${leading.likelihood} likelihood)`,
    ],
  ];
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
