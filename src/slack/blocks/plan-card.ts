import type { KnownBlock, RichTextQuote, RichTextSection } from '@slack/types';
import type { IncidentState, Plan } from '../../domain/incident/state.ts';
import { actions, aimAt, formButton, tapButton } from './buttons.ts';
import type { MessageContent } from './message.ts';
import { actor, bold, date, line, type Part, quote, richText, typed } from './text.ts';
import { approversPart } from './waiting-part.ts';
import { notification, planWords } from './words.ts';

const PLAN_TEXT_CHARACTERS_MAX = 1_500;

/** A plan: what, what could go wrong, the way back, and who stands behind it. */
export function renderPlan(state: IncidentState, plan: Plan): MessageContent {
  const { mark, word } = planWords(plan);
  const isIn = plan.status === 'implemented';
  return {
    text: notification(state, `the plan is ${word}`),
    blocks: [
      richText(
        line(`${mark} `, bold('Plan'), forHypothesis(state, plan), `: ${word}`),
        ...(isIn ? wayBack(plan, state) : []),
        ...fact('Do', plan.solution),
        ...fact('Risk', plan.risk),
        ...fact('Kept small by', plan.mitigation),
        ...(isIn ? [] : fact('Way back', plan.rollback)),
        ...scopeLines(plan),
        ...history(plan).map((entry) => line(entry)),
      ),
      ...planButtons(state, plan),
    ],
  };
}

/** First, for whoever needs it has no time to look for it. */
function wayBack(
  { rollback }: Plan,
  { status }: IncidentState,
): (RichTextSection | RichTextQuote)[] {
  return [
    line('↩️ ', bold('If it makes things worse, the way back:')),
    quote(typed(rollback, PLAN_TEXT_CHARACTERS_MAX) ?? 'none was planned'),
    ...(status === 'open'
      ? [line('Redthread changes nothing in AWS: ', bold('Roll back'), ' records that you did.')]
      : []),
  ];
}

function forHypothesis(state: IncidentState, plan: Plan): Part {
  const hypothesis = state.hypotheses.find((row) => row.hypothesisId === plan.hypothesisId);
  return hypothesis === undefined ? null : ` for hypothesis ${hypothesis.number}`;
}

function fact(label: string, text: string): RichTextSection[] {
  if (text.trim() === '') return [];
  return [line(bold(`${label}:`), ' ', typed(text, PLAN_TEXT_CHARACTERS_MAX))];
}

const RESOURCES_SHOWN_MAX = 10;
const RESOURCE_CHARACTERS_MAX = 120;

function scopeLines({ resources, window }: Plan): RichTextSection[] {
  const shown = resources.slice(0, RESOURCES_SHOWN_MAX);
  const hidden = resources.length - shown.length;
  const names = shown.flatMap((name, index): Part[] => [
    index === 0 ? null : ', ',
    typed(name, RESOURCE_CHARACTERS_MAX),
  ]);
  return [
    ...(shown.length === 0
      ? []
      : [line(bold('Touches:'), ' ', names, hidden > 0 ? ` and ${hidden} more` : null)]),
    ...(window === null
      ? []
      : [
          line(
            bold('Window:'),
            ' ',
            date(window.fromMs),
            window.toMs === null ? ' on' : [' to ', date(window.toMs)],
          ),
        ]),
  ];
}

function history(plan: Plan): Part[] {
  return [
    ['Planned by ', actor(plan.by), ' ', date(plan.plannedAtMs)],
    ...(plan.status === 'planned' ? [waiting(plan)] : []),
    ...(plan.waivedReason === null ? [] : [waived(plan.waivedReason)]),
    ...(plan.approvedAtMs === null || plan.waivedReason !== null
      ? []
      : [['Approved by ', actor(plan.approvedBy), ' ', date(plan.approvedAtMs)]]),
    ...(plan.implementedAtMs === null ? [] : [implemented(plan, plan.implementedAtMs)]),
    ...(plan.rolledBackAtMs === null
      ? []
      : [
          [
            'Rolled back ',
            date(plan.rolledBackAtMs),
            ': ',
            typed(plan.rolledBackReason ?? '', 500),
          ],
        ]),
  ];
}

/** Only those who may: whoever is named is called. */
function waiting({ need, by }: Plan): Part {
  return need.rule === 'none'
    ? 'No approval is asked for at this severity'
    : ['Waits for approval by ', approversPart({ need, by })];
}

function waived(reason: string): Part {
  return ['⚠️ Without approval by another person: ', typed(reason, 500)];
}

function implemented(plan: Plan, atMs: number): Part {
  const what = typed(plan.implementedWhat ?? '', 500);
  return [
    'Implemented by ',
    actor(plan.implementedBy),
    ' ',
    date(atMs),
    what === null ? null : [': ', what],
  ];
}

/**
 * While the incident is open, every plan that is in can be rolled back, whatever was planned since;
 * a replaced or rolled back one cannot be acted on.
 */
export function planButtons(state: IncidentState, plan: Plan): KnownBlock[] {
  if (state.status !== 'open') return [];
  const aim = aimAt(state, plan.planId);
  switch (plan.status) {
    case 'planned':
      if (plan.need.rule === 'none') {
        return actions(formButton('implemented', aim, { style: 'primary' }));
      }
      return actions(
        tapButton('approve-plan', aim, { style: 'primary' }),
        formButton('waiver', aim),
      );
    case 'approved':
      return actions(formButton('implemented', aim, { style: 'primary' }));
    case 'implemented':
      return actions(
        tapButton('roll-back', aim, { style: 'danger' }),
        formButton('roll-back', aim),
      );
    case 'rolled-back':
    case 'replaced':
      return [];
  }
}
