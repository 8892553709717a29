import type { IncidentBrief } from '../../domain/incident/brief.ts';
import { tellProblem } from '../../domain/incident/drafted-lines.ts';
import type { Hypothesis, IncidentState, Plan } from '../../domain/incident/state.ts';
import { listWords } from '../../domain/text/list-words.ts';
import type { Untrusted } from '../../domain/untrusted.ts';
import {
  activeLines,
  BRIEF_LIMITS,
  type BriefLength,
  escalationLines,
  nextTestLine,
  openLines,
  ruledOutLines,
  type Section,
  unansweredLines,
} from './brief-lists.ts';
import { actions, aimAt, linkButton, tapButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { leadingLine, ownerLine, stepLines, titleLine } from './overview.ts';
import { actor, bold, date, line, mention, type Part, richText, show, typed } from './text.ts';
import { waitingPart } from './waiting-part.ts';
import { watchLines } from './watch-lines.ts';
import { countOf, notification, planWords, stepTitle } from './words.ts';

/** What the new owner gets: all that is needed to go on, with a way into the thread. */
export function renderBrief(options: {
  readonly brief: IncidentBrief;
  /** Who made them the owner; null: they took it themselves. */
  readonly handedOverBy: string | null;
  readonly permalink: string | null;
}): MessageContent {
  const { brief, handedOverBy, permalink } = options;
  const { state } = brief;
  const by: Part = handedOverBy === null ? null : [', handed over by ', mention(handedOverBy)];
  return fitMessage({
    text: notification(state, 'you own it now'),
    blocks: [
      richText(line('👤 ', bold('You own this incident now'), by, '.'), titleLine(state)),
      richText(...briefLines(brief, 'long')),
      ...actions(
        linkButton(slackLink(permalink), 'Open the thread'),
        tapButton('show-menu', aimAt(state)),
      ),
    ],
  });
}

/** Under the heading: the same facts in the same order, more or less of each. */
export function briefLines(brief: IncidentBrief, length: BriefLength): readonly Section[] {
  const { state } = brief;
  const isLong = length === 'long';
  return [
    ...(isLong ? [] : [ownerLine(state.ownerId)]),
    onsetLine(brief),
    ...(isLong ? [stepLine(brief)] : stepLines(state)),
    brief.waiting === null ? null : line(bold('Waiting for:'), ' ', waitingPart(state)),
    ...problemLines(brief, length),
    ...(isLong ? scopeLines(brief) : []),
    leadingLine(state),
    ...openLines(brief, length),
    ...ruledOutLines(brief, length),
    nextTestLine(brief, length),
    ...planLines(brief, length),
    ...watchSection(brief, length),
    ...unansweredLines(brief, length),
    ...escalationLines(brief, length),
    ...(isLong ? activeLines(brief) : []),
    missingLine(brief),
  ];
}

function onsetLine({ onset, state }: IncidentBrief): Section {
  const opened: Part = [' · opened ', date(state.openedAtMs), ' by ', actor(state.openedBy)];
  switch (onset.kind) {
    case 'told':
      return line(bold('Since:'), ' ', date(onset.atMs), opened);
    case 'alarms': {
      const isPoint = onset.latestMs - onset.earliestMs < 1_000;
      const until: Part = isPoint ? null : [' to ', date(onset.latestMs)];
      return line(
        bold('Since:'),
        ' ',
        date(onset.earliestMs),
        until,
        ', as the alarms tell',
        opened,
      );
    }
    case 'unknown':
      return line(bold('Since:'), ' not known yet', opened);
  }
}

function stepLine({ state, stepSinceMs }: IncidentBrief): Section {
  return state.status === 'closed'
    ? line(bold('Closed'))
    : line(bold(stepTitle(state.step)), ', since ', date(stepSinceMs));
}

function problemLines({ state }: IncidentBrief, length: BriefLength): Section[] {
  const { charactersMax } = BRIEF_LIMITS[length];
  if (state.problem === null) {
    return length === 'long' ? [line(bold('Problem:'), ' nobody has stated it yet')] : [];
  }
  const problem = tellProblem(state.problem);
  const affected = typed(problem.affected, charactersMax);
  const changes = typed(problem.recentChanges, charactersMax);
  return [
    line(bold('Problem:'), ' ', typed(problem.symptoms, charactersMax)),
    length === 'short' || affected === null ? null : line(bold('Affected:'), ' ', affected),
    length === 'short' || changes === null ? null : line(bold('Recent changes:'), ' ', changes),
  ];
}

function scopeLines({ scope, state }: IncidentBrief): Section[] {
  const { charactersMax } = BRIEF_LIMITS.long;
  const finding = typed(state.isolation?.finding ?? '', charactersMax);
  const names: readonly (readonly [string, Part])[] = [
    ['Alarms', namesPart(scope.alarms)],
    ['Resources', namesPart(scope.resources)],
    ['Regions', scope.regions.slice(0, BRIEF_LIMITS.long.namesMax).join(', ')],
  ];
  return [
    scope.component === null
      ? null
      : line(
          bold('Component:'),
          ' ',
          typed(scope.component, charactersMax),
          finding === null ? null : [': ', finding],
        ),
    ...names.flatMap(([label, part]) =>
      part === null || part === '' ? [] : [line(bold(`${label}:`), ' ', part)],
    ),
  ];
}

function namesPart(names: readonly Untrusted[]): Part {
  if (names.length === 0) return null;
  const shown = names.slice(0, BRIEF_LIMITS.long.namesMax);
  const hidden = names.length - shown.length;
  const parts = shown.map((name, index): Part => [index === 0 ? null : ', ', show(name)]);
  return [...parts, hidden > 0 ? ` and ${hidden} more` : null];
}

function planLines({ plan }: IncidentBrief, length: BriefLength): Section[] {
  if (plan === null) return [];
  const { charactersMax } = BRIEF_LIMITS[length];
  const { mark, word } = planWords(plan);
  const head = line(bold('Plan:'), ` ${mark} `, typed(plan.solution, charactersMax), ` (${word})`);
  if (length === 'short') return [head];
  const risk = typed(plan.risk, charactersMax);
  const rollback = typed(plan.rollback, charactersMax);
  return [
    head,
    risk === null ? null : line(bold('Risk:'), ' ', risk),
    rollback === null ? null : line(bold('Way back:'), ' ', rollback),
    line(approvalPart(plan)),
    plan.implementedAtMs === null
      ? null
      : line('Implemented by ', actor(plan.implementedBy), ' ', date(plan.implementedAtMs)),
  ];
}

function approvalPart(plan: Plan): Part {
  if (plan.waivedReason !== null) {
    return ['⚠️ Without approval by another person: ', typed(plan.waivedReason, 300)];
  }
  if (plan.approvedAtMs === null) {
    const yet =
      plan.need.rule === 'none' ? 'no approval is asked for' : 'not approved by anybody yet';
    return ['Planned by ', actor(plan.by), `, ${yet}`];
  }
  return ['Approved by ', actor(plan.approvedBy), ' ', date(plan.approvedAtMs)];
}

function watchSection({ watch, state }: IncidentBrief, length: BriefLength): Section[] {
  const visit = state.visits.findLast(({ step }) => step === 'verify');
  if (watch === null || visit === undefined) return [];
  const [headline, ...alarms] = watchLines(state, visit);
  return [
    line(bold('Watch after the fix')),
    headline ?? null,
    ...(length === 'long' ? alarms : []),
  ];
}

function missingLine({ missing }: IncidentBrief): Section {
  if (missing.length === 0) return null;
  return line(bold('Before it can be closed:'), ' ', listWords(missing.map(({ name }) => name)));
}

/** In one line of the thread: where it stands at the moment of the handoff. */
export function briefInShort(state: IncidentState): Part {
  const open = state.hypotheses.filter(({ status }: Hypothesis) => status !== 'eliminated').length;
  const ruledOut = state.hypotheses.length - open;
  return [
    stepTitle(state.step),
    `, ${countOf(open, 'open hypothesis', 'open hypotheses')}`,
    ruledOut === 0 ? null : `, ${ruledOut} ruled out`,
    state.watch?.outcome === 'watching' && state.step === 'verify' ? ', alarms are watched' : null,
    '. Waiting for ',
    waitingPart(state),
  ];
}
