import type { ActionsBlock, KnownBlock, PlainTextOption } from '@slack/types';
import {
  type HypothesisAction,
  hypothesisActions,
} from '../../domain/incident/available-actions.ts';
import type { Hypothesis, IncidentState } from '../../domain/incident/state.ts';
import { mayBePerson } from '../../domain/trail/email-of.ts';
import type { FormId } from '../ids.ts';
import {
  actions,
  aimAt,
  formButton,
  formEntry,
  isAimable,
  overflowMenu,
  tapButton,
  tapEntry,
} from './buttons.ts';

const FORM_OF = {
  'conclude-test': 'verdict',
  'plan-solution': 'plan',
  'start-test': 'test',
  'revive-hypothesis': 'revive',
  'rate-hypothesis': 'rating',
} as const satisfies Partial<Record<HypothesisAction['command'], FormId>>;

/** Ways back and mere opinions are never among the few that are seen at once. */
const BEHIND_DOTS: ReadonlySet<FormId> = new Set<FormId>(['revive', 'rating']);

/** *Why?* and two more fit into one row of a phone, the others are behind the dots. */
const SHOWN_MAX = 2;

/**
 * What can be done about one hypothesis. The likeliest is tested or confirmed next, the others are
 * ruled out: that is what is seen at once.
 */
export function hypothesisButtons(
  state: IncidentState,
  row: Hypothesis,
  isLeading: boolean,
): KnownBlock[] {
  if (!isAimable(row.hypothesisId)) return [];
  const offered = hypothesisActions(state, row).map((action) => ({
    ...action,
    form: formOf(action),
  }));
  const wanted = isLeading ? offered : offered.toSorted((a, b) => outFirst(a) - outFirst(b));
  const shown = wanted.filter(({ form }) => !BEHIND_DOTS.has(form)).slice(0, SHOWN_MAX);
  const aim = aimAt(state, row.hypothesisId);
  const hidden = offered.filter((action) => !shown.includes(action));
  return actions(
    tapButton('show-why', aim),
    ...shown.map((action) => offeredButton(state, action, isLeading)),
    overflowMenu([
      ...hidden.map(({ form, label }) => formEntry(form, aim, label)),
      state.status === 'open' ? askEntry(state, row) : null,
    ]),
  );
}

type Offered = HypothesisAction & { readonly form: FormId };

function offeredButton(
  state: IncidentState,
  { form, label, itemId, primary }: Offered,
  isLeading: boolean,
): ActionsBlock['elements'][number] {
  const isNext = primary && isLeading;
  return formButton(form, aimAt(state, itemId), {
    label,
    ...(isNext ? { style: 'primary' as const } : {}),
  });
}

/** All that can be done about it, for the reasons' own screen. */
export function whyButtons(state: IncidentState, row: Hypothesis): KnownBlock[] {
  if (!isAimable(row.hypothesisId)) return [];
  const aim = aimAt(state, row.hypothesisId);
  return actions(
    ...hypothesisActions(state, row).map((action) =>
      formButton(formOf(action), aim, { label: action.label }),
    ),
  );
}

const outFirst = ({ form }: Offered): number => (form === 'rule-out' ? 0 : 1);

function formOf({ command, verdict }: HypothesisAction): FormId {
  if (verdict === 'confirmed') return 'confirm';
  if (verdict === 'eliminated') return 'rule-out';
  return FORM_OF[command as keyof typeof FORM_OF] ?? 'note';
}

/** Only where a person may be behind it. */
function askEntry(state: IncidentState, { cause }: Hypothesis): PlainTextOption | null {
  if (cause?.kind !== 'change' || !mayBePerson(cause.actor)) return null;
  const [eventId = ''] = cause.eventIds;
  return isAimable(eventId) ? tapEntry('ask-actor', aimAt(state, eventId)) : null;
}
